/*
 * charset: which characters the octets of a text stand for (articles: B7, B12; RFC 2046,
 * 4.1.2). A reader has one terminal, and here it is in UTF-8. Names come first, then
 * conversion; begin with charset_open and charset_text.
 *
 *     printf 'Content-Type: text/plain; charset=iso-8859-1\n\nCr\352pes\n' |
 *     build/mime-decode      Crêpes
 */
#include "message/charset.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* What mailers mean by a name: many that write GBK have called it gb2312. */
static const char *meant_by(const char *name)
{
	static const struct {
		const char *name, *meant;
	} names[] = {{"", "UTF-8"}, {"us-ascii", "UTF-8"}, {"ascii", "UTF-8"},
		{"utf-8", "UTF-8"}, {"utf8", "UTF-8"}, {"gb2312", "GB18030"},
		{"gb_2312-80", "GB18030"}, {"gbk", "GB18030"}, {"x-gbk", "GB18030"},
		{"eucgb2312_cn", "GB18030"}, {"big5_tw", "BIG5"}};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(name, names[i].name) == 0)
			return names[i].meant;
	return NULL;
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

bool charset_name(const char *name, size_t length, char *to)
{
	static const char octets[] =
		"abcdefghijklmnopqrstuvwxyz0123456789!#$%&'+-^_`{}~.:()";

	if (length >= CHARSET_NAME)
		return false;
	for (size_t i = 0; i < length; i++)
		to[i] = (char)tolower((unsigned char)name[i]);
	to[length] = '\0';
	return strspn(to, octets) == length;
}

void charset_open(struct charset *charset, const char *name, size_t length)
{
	*charset = (struct charset){.found = CHARSET_UNKNOWN};
	if (!charset_name(name, length, charset->name)) {
		snprintf(charset->name, sizeof charset->name, "unreadable");
		return;
	}
	const char *meant = meant_by(charset->name);
	if (meant != NULL && strcmp(meant, "UTF-8") == 0) {
		charset->found = CHARSET_STRAIGHT;
		return;
	}
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

size_t charset_text(
	struct charset *charset, const char *octets, size_t length, char *to, size_t size)
{
	struct room room = {to, size};

	if (octets == NULL && charset->found == CHARSET_CONVERTED) {
		convert(charset, &room, true);
		/* Some hold back a letter till they know that no accent follows it. */
		iconv(charset->converter, NULL, NULL, &room.to, &room.left);
	}
	if (charset->found != CHARSET_CONVERTED && length > 0) {
		length = length < size ? length : size;
		memcpy(to, octets, length);
		return length;
	}
	while (length > 0) {
		size_t count = sizeof charset->octets - charset->held;

		if (count > length)
			count = length;
		memcpy(charset->octets + charset->held, octets, count);
		charset->held += count;
		octets += count;
		length -= count;
		convert(charset, &room, false);
	}
	return size - room.left;
}

void charset_close(struct charset *charset)
{
	if (charset->found == CHARSET_CONVERTED)
		iconv_close(charset->converter);
	charset->found = CHARSET_STRAIGHT;
}
