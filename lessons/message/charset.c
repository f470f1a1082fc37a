/*
 * charset: which characters the octets of a text stand for (articles: B7, B12; RFC 2046,
 * 4.1.2). A reader has one terminal, and here it is in UTF-8. Names come first, then
 * conversion; begin with charset_open and charset_take.
 *
 *     printf 'Content-Type: text/plain; charset=iso-8859-1\n\nCr\352pes\n' |
 *     build/mime-decode      Crêpes
 */
#include "message/charset.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* What mailers mean by a name: many that write GBK have called it gb2312. */
static const char *meant_by(const char *name)
{
	static const struct {
		const char *name, *meant;
	} names[] = {{"gb2312", "GB18030"}, {"gb_2312-80", "GB18030"}, {"gbk", "GB18030"},
		{"x-gbk", "GB18030"}, {"eucgb2312_cn", "GB18030"}, {"big5_tw", "BIG5"}};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(name, names[i].name) == 0)
			return names[i].meant;
	return NULL;
}

static bool is_straight(const char *name)
{
	static const char *const names[] = {"", "us-ascii", "ascii", "utf-8", "utf8"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* Where characters are numbers of two or four octets, one octet off is all off. */
static size_t unit_of(const char *name)
{
	static const struct {
		const char *begin;
		size_t unit;
	} wide[] = {{"utf-16", 2}, {"utf16", 2}, {"ucs-2", 2}, {"iso-10646-ucs-2", 2},
		{"utf-32", 4}, {"utf32", 4}, {"ucs-4", 4}, {"iso-10646-ucs-4", 4}};

	for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
		if (strncmp(name, wide[i].begin, strlen(wide[i].begin)) == 0)
			return wide[i].unit;
	return 1;
}

/* The octets of a name: RFC 2978, 2.3, and the colon of old ones. */
static bool is_of_name(char c)
{
	static const char marks[] = "!#$%&'+-^_`{}~.:()";

	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr(marks, c) != NULL);
}

bool charset_name(const char *name, size_t length, char *to)
{
	if (length >= CHARSET_NAME)
		return false;
	for (size_t i = 0; i < length; i++) {
		char c = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] | 0x20)
							  : name[i];

		if (!is_of_name(c))
			return false;
		to[i] = c;
	}
	to[length] = '\0';
	return true;
}

void charset_open(struct charset *charset, const char *name, size_t length)
{
	*charset = (struct charset){.found = CHARSET_UNKNOWN};
	if (!charset_name(name, length, charset->name)) {
		snprintf(charset->name, sizeof charset->name, "unreadable");
		return;
	}
	if (is_straight(charset->name)) {
		charset->found = CHARSET_STRAIGHT;
		return;
	}
	const char *meant = meant_by(charset->name);
	charset->converter = iconv_open("UTF-8", meant != NULL ? meant : charset->name);
	if (charset->converter == (iconv_t)-1)
		return;
	charset->found = CHARSET_CONVERTED;
	charset->read_as = meant;
	charset->unit = unit_of(charset->name);
}

/* UTF-8 that is being written. */
struct room {
	char *to;
	size_t left;
};

static void put(struct room *room, const char *octets, size_t length)
{
	memcpy(room->to, octets, length);
	room->to += length;
	room->left -= length;
}

static void drop(struct charset *charset, size_t count)
{
	charset->held -= count;
	memmove(charset->octets, charset->octets + count, charset->held);
}

static void put_hex(struct room *room, const char *octets, size_t length)
{
	char text[sizeof "\\xNN"];

	for (size_t i = 0; i < length; i++) {
		snprintf(text, sizeof text, "\\x%02x", (unsigned char)octets[i]);
		put(room, text, sizeof text - 1);
	}
}

/* The first octets held belong to no character: false where there is no room. */
static bool write_wrong(struct charset *charset, struct room *room)
{
	size_t count = charset->unit < charset->held ? charset->unit : charset->held;

	if (room->left < count * 4)
		return false;
	if (charset->mark != '\0')
		put(room, &charset->mark, 1);
	else
		put_hex(room, charset->octets, count);
	drop(charset, count);
	return true;
}

/*
 * Converts the octets held, but for a character that has only begun, unless the
 * text is at its end. False where there is no room.
 */
static bool convert(struct charset *charset, struct room *room, bool is_end)
{
	while (charset->held > 0) {
		char *next = charset->octets;
		size_t left = charset->held;
		size_t result =
			iconv(charset->converter, &next, &left, &room->to, &room->left);
		int why = result == (size_t)-1 ? errno : 0;

		drop(charset, charset->held - left);
		if (why == 0)
			continue;
		if (why == E2BIG)
			return false;
		if (why == EINVAL && !is_end && charset->held < sizeof charset->octets)
			return true;
		if (!write_wrong(charset, room))
			return false;
	}
	return true;
}

/* Moves as many octets as there is room for. */
static size_t move(const char **octets, size_t *length, char *to, size_t size)
{
	size_t count = *length < size ? *length : size;

	memcpy(to, *octets, count);
	*octets += count;
	*length -= count;
	return count;
}

size_t charset_take(struct charset *charset, const char **octets, size_t *length,
	char *to, size_t size)
{
	struct room room = {to, size};

	if (charset->found != CHARSET_CONVERTED)
		return *octets == NULL ? 0 : move(octets, length, to, size);
	bool is_end = *octets == NULL;
	while (convert(charset, &room, is_end) && !is_end && *length > 0)
		charset->held += move(octets, length, charset->octets + charset->held,
			sizeof charset->octets - charset->held);
	/* Some charsets hold back a letter till they know that no accent follows it. */
	if (is_end && charset->held == 0)
		iconv(charset->converter, NULL, NULL, &room.to, &room.left);
	return size - room.left;
}

size_t charset_text(
	struct charset *charset, const char *octets, size_t length, char *to, size_t size)
{
	size_t used = 0, got = 1;

	while (got > 0 && size - used >= CHARSET_ROOM) {
		got = charset_take(charset, &octets, &length, to + used, size - used);
		used += got;
	}
	return used;
}

void charset_close(struct charset *charset)
{
	if (charset->found == CHARSET_CONVERTED)
		iconv_close(charset->converter);
	charset->found = CHARSET_STRAIGHT;
}
