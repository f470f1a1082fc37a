/*
 * charset: which characters the octets of a text stand for (articles: B7, B12; RFC
 * 2046, 4.1.2). A reader has one terminal, and here it is in UTF-8. charset-name.c says
 * what a name means; begin with charset_open and charset_text.
 *
 *     printf 'Content-Type: text/plain; charset=iso-8859-1\n\nCr\352pes\n' |
 *     build/mime-decode      Crêpes
 */
#include "message/charset.h"

#include "wire/utf8.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char windows[] = "windows-1252";

void charset_open(struct charset *charset, const char *name, size_t length)
{
	char key[CHARSET_NAME];

	*charset = (struct charset){.found = CHARSET_UNDECIDED, .is_declared = true};
	if (!charset_name_read(name, length, charset->name)) {
		snprintf(charset->name, sizeof charset->name, "unreadable");
		return;
	}
	switch (charset_name_open(charset->name, &charset->converter, charset->read_as)) {
	case CHARSET_NONE:
		charset->is_declared = false;
		charset->is_known = true;
		break;
	case CHARSET_UTF_8:
		charset->is_declared = false;
		charset->is_known = true;
		charset->found = CHARSET_STRAIGHT;
		break;
	case CHARSET_OTHER:
		charset->is_known = true;
		charset->found = CHARSET_CONVERTED;
		charset->unit = charset_name_unit(charset->name);
		charset_name_key(charset->name, key);
		shift_start(&charset->shift, key);
		break;
	case CHARSET_ALIEN:
		break;
	}
}

void charset_mark(struct charset *charset, char mark)
{
	charset->mark = mark;
	if (charset->found != CHARSET_STRAIGHT)
		return;
	/* UTF-8 is converted to itself, for what is wrong in it to be seen. */
	charset->converter = iconv_open("UTF-8", "UTF-8");
	if (charset->converter != (iconv_t)-1)
		charset->found = CHARSET_CONVERTED;
	charset->unit = 1;
}

/* UTF-8 that is being written. */
struct room {
	char *to;
	size_t left;
};

/* Writes octets that belong together, unless there is no room for them. */
static void put(struct room *room, const char *octets, size_t length)
{
	if (length > room->left)
		return;
	memcpy(room->to, octets, length);
	room->to += length;
	room->left -= length;
}

static void drop(struct charset *charset, size_t count)
{
	charset->held -= count;
	memmove(charset->octets, charset->octets + count, charset->held);
}

/* The first octets held belong to no character. */
static void write_wrong(struct charset *charset, struct room *room)
{
	size_t count = charset->unit < charset->held ? charset->unit : charset->held;
	char text[sizeof "\\xNN"];

	charset->wrong += count;
	if (charset->mark != '\0')
		put(room, &charset->mark, 1);
	for (size_t i = 0; charset->mark == '\0' && i < count; i++) {
		snprintf(text, sizeof text, "\\x%02x", (unsigned char)charset->octets[i]);
		put(room, text, sizeof text - 1);
	}
	drop(charset, count);
}

/*
 * Converts the octets held, but for a character that has only begun, unless the
 * text is at its end.
 */
static void convert(struct charset *charset, struct room *room, bool is_end)
{
	while (charset->held > 0) {
		char *next = charset->octets;
		size_t left = charset->held;
		size_t result =
			iconv(charset->converter, &next, &left, &room->to, &room->left);
		int why = result == (size_t)-1 ? errno : 0;

		drop(charset, charset->held - left);
		if (why == EINVAL && !is_end && charset->held < sizeof charset->octets)
			return;
		if (why == E2BIG)
			charset->held = 0;
		else if (why != 0)
			write_wrong(charset, room);
	}
}

/*
 * Decides what the octets held are, if one is above 127. Others may have a character cut
 * at their end, and then that waits. Returns how many are written as they are.
 */
static size_t decide(struct charset *charset, bool is_end)
{
	struct utf8 utf8 = {0};
	bool is_wrong = false, has_character = false;

	for (size_t i = 0; i < charset->held && !is_wrong; i++) {
		enum utf8_found found =
			utf8_next(&utf8, (unsigned char)charset->octets[i]);

		is_wrong = found == UTF8_WRONG;
		if (found == UTF8_CHARACTER && utf8.count > 1)
			has_character = true;
	}
	bool is_cut = utf8.count != utf8.length;
	if (is_wrong || (is_cut && is_end)) {
		char meant[CHARSET_NAME];

		if (charset_name_open(windows, &charset->converter, meant) ==
			CHARSET_OTHER)
			charset->found = CHARSET_CONVERTED;
		charset->unit = 1;
		return 0;
	}
	if (has_character)
		charset->found = CHARSET_STRAIGHT;
	return has_character || !is_cut ? charset->held : charset->held - utf8.count;
}

/* Writes of the octets held what can be written. */
static void write_held(struct charset *charset, struct room *room, bool is_end)
{
	if (charset->found == CHARSET_UNDECIDED) {
		size_t count = decide(charset, is_end);

		put(room, charset->octets, count);
		drop(charset, count);
	}
	if (charset->found == CHARSET_CONVERTED)
		convert(charset, room, is_end);
}

/* Holds as many of the octets as there is room for. Returns how many it took. */
static size_t hold(struct charset *charset, const char *octets, size_t length)
{
	char *to = charset->octets + charset->held;
	size_t room = sizeof charset->octets - charset->held;

	if (charset->shift.begin != NULL) {
		size_t count = room - SHIFT_HELD < length ? room - SHIFT_HELD : length;

		charset->held += shift_text(&charset->shift, octets, count, to);
		return count;
	}
	size_t count = room < length ? room : length;
	memcpy(to, octets, count);
	charset->held += count;
	return count;
}

/* The octets from here on that are the same in UTF-8. ASCII is passed over by eights. */
static size_t straight(const struct charset *charset, const char *octets, size_t length)
{
	const uint64_t high = 0x8080808080808080; /* the eighth bit of each */
	uint64_t eight = 0;
	size_t count = 0;

	if (charset->held > 0 || charset->found == CHARSET_CONVERTED)
		return 0;
	if (charset->found == CHARSET_STRAIGHT)
		return length;
	while (length - count >= sizeof eight && (eight & high) == 0) {
		memcpy(&eight, octets + count, sizeof eight);
		count += (eight & high) == 0 ? sizeof eight : 0;
	}
	while (count < length && (unsigned char)octets[count] < 0x80)
		count++;
	return count;
}

static void end_text(struct charset *charset, struct room *room)
{
	if (charset->shift.begin != NULL)
		charset->held +=
			shift_end(&charset->shift, charset->octets + charset->held);
	write_held(charset, room, true);
	/* Some hold back a letter till they know that no accent follows it. */
	if (charset->found == CHARSET_CONVERTED)
		iconv(charset->converter, NULL, NULL, &room->to, &room->left);
}

size_t charset_text(
	struct charset *charset, const char *octets, size_t length, char *to, size_t size)
{
	struct room room = {to, size};

	if (octets == NULL)
		end_text(charset, &room);
	while (length > 0) {
		size_t count = straight(charset, octets, length);

		put(&room, octets, count < room.left ? count : room.left);
		octets += count;
		length -= count;
		if (length == 0)
			break;
		count = hold(charset, octets, length);
		octets += count;
		length -= count;
		write_held(charset, &room, false);
	}
	return size - room.left;
}

void charset_close(struct charset *charset)
{
	if (charset->found == CHARSET_CONVERTED)
		iconv_close(charset->converter);
	charset->found = CHARSET_STRAIGHT;
}

/* Converts a text; false where not all of it is in the charset. */
static bool try_charset(
	const char *text, const char *name, char mark, char *to, size_t size)
{
	struct charset charset;

	charset_open(&charset, name, strlen(name));
	charset.mark = mark;
	bool is_other = charset.found == CHARSET_CONVERTED;
	size_t used = charset_text(&charset, text, strlen(text), to, size - 1);
	used += charset_text(&charset, NULL, 0, to + used, size - 1 - used);
	charset_close(&charset);
	to[used] = '\0';
	return is_other && charset.wrong == 0;
}

/* An escape is in no text: a shift begins with one, and is all of ASCII (RFC 1468). */
void charset_undeclared(
	const char *text, const char *charset, char mark, char *to, size_t size)
{
	bool is_shifted = strchr(text, '\033') != NULL;
	bool is_utf8 = utf8_is_whole(text);

	if ((!is_utf8 || is_shifted) && try_charset(text, charset, mark, to, size))
		return;
	if (is_utf8)
		snprintf(to, size, "%s", text);
	else
		try_charset(text, windows, mark, to, size);
}
