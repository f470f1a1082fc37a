/*
 * parameter: a value with letters that are not ASCII, or too long for one line, is
 * written as filename*=UTF-8''cr%C3%AApe.jpg, in sections if it must be (articles: B11;
 * RFC 2231).
 *
 *     cp lessons/07-base64/picture.jpg build/crêpe.jpg
 *     build/mime-encode build/crêpe.jpg | grep filename
 */
#include "message/parameter.h"

#include "message/charset.h"
#include "message/encoded-word.h"
#include "message/field-value.h"
#include "message/header.h"
#include "wire/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { SECTIONS = 100 }; /* of a value at most */

/* As charset'language'%C3%AA. Returns 0 where it does not fit. */
static size_t extend(const char *value, char *text, size_t size)
{
	size_t used =
		(size_t)snprintf(text, size, "%s''", utf8_is_whole(value) ? "UTF-8" : "");

	for (; *value != '\0'; value++) {
		unsigned char c = (unsigned char)*value;
		bool plain =
			c < 0x80 && (isalnum(c) || strchr("!#$&+-.^_`{|}~", c) != NULL);

		if (used + 4 > size)
			return 0;
		if (plain)
			text[used++] = (char)c;
		else
			used += (size_t)snprintf(text + used, size - used, "%%%02X", c);
	}
	text[used] = '\0';
	return used;
}

/* Whether what is written at this place goes on with an octet, or with a character. */
static bool is_within(const char *text, size_t at)
{
	bool in_octet = text[at - 1] == '%' || (at > 1 && text[at - 2] == '%');

	return in_octet || (text[at] == '%' && strchr("89AB", text[at + 1]) != NULL);
}

bool parameter_encode(const char *name, const char *value, char *text, size_t size)
{
	char whole[PARAMETER_ROOM];

	/* Quoted, as most names can be (RFC 2045, 5.1). */
	if (!encoded_word_needed(value) && strlen(value) < PARAMETER_VALUE) {
		header_quote(value, whole);
		if (strlen(whole) <= PARAMETER_VALUE + 2)
			return (size_t)snprintf(text, size, "%s=%s", name, whole) < size;
	}
	size_t left = extend(value, whole, sizeof whole), used = 0;
	if (left > 0 && left <= PARAMETER_VALUE)
		return (size_t)snprintf(text, size, "%s*=%s", name, whole) < size;
	const char *at = whole;
	for (unsigned section = 0; left > 0; section++) {
		size_t taken = left < PARAMETER_VALUE ? left : PARAMETER_VALUE;

		while (taken < left && is_within(at, taken))
			taken--;
		used += (size_t)snprintf(text + used, size - used, "%s%s*%u*=%.*s",
			section > 0 ? "; " : "", name, section, (int)taken, at);
		if (used >= size)
			return false;
		at += taken;
		left -= taken;
	}
	return used > 0;
}

/* A value that is being read: text, and the charset that its first section named. */
struct reading {
	const char *field;
	bool has_words; /* it is the name of a file, and may be of several words */
	char *text;
	size_t size, used;
	bool is_declared; /* a charset was named; else text has yet to be decoded */
	struct charset charset;
};

static bool find(
	const struct reading *r, const char *name, char value[static PARAMETER_ROOM])
{
	if (r->has_words)
		return value_find_words(r->field, name, value, PARAMETER_ROOM);
	return value_find(r->field, name, value, PARAMETER_ROOM);
}

/* Writes what so many octets stand for; NULL: there are no more. */
static void write_text(struct reading *r, const char *octets, size_t length)
{
	r->used += charset_text(
		&r->charset, octets, length, r->text + r->used, r->size - r->used);
}

/* Takes a section in which octets are %C3; the first is charset'language'%C3%AA. */
static void take_extended(struct reading *r, char *value, bool is_first)
{
	char *first = is_first ? strchr(value, '\'') : NULL;
	char *second = first == NULL ? NULL : strchr(first + 1, '\'');

	if (second != NULL) {
		charset_open(&r->charset, value, (size_t)(first - value));
		charset_mark(&r->charset, '_');
		r->is_declared = true;
		value = second + 1;
	}
	write_text(r, value, encoded_word_octets(value, strlen(value), '%', value));
}

/* Reads what is extended or in sections; false: nothing is. */
static bool read_extended(struct reading *r, const char *name)
{
	char value[PARAMETER_ROOM], marked[64];
	unsigned section = 0;

	snprintf(marked, sizeof marked, "%s*", name);
	if (find(r, marked, value)) {
		take_extended(r, value, true);
		return true;
	}
	for (; section < SECTIONS; section++) {
		snprintf(marked, sizeof marked, "%s*%u*", name, section);
		if (find(r, marked, value)) {
			take_extended(r, value, section == 0);
			continue;
		}
		marked[strlen(marked) - 1] = '\0';
		if (!find(r, marked, value))
			break;
		write_text(r, value, strlen(value));
	}
	return section > 0;
}

/*
 * A value that names no charset has encoded-words, if anything. The sections may cut a
 * word, so they are joined first.
 */
static bool read_value(struct reading *r, const char *name)
{
	char value[PARAMETER_ROOM];
	bool is_there = read_extended(r, name);

	write_text(r, NULL, 0);
	charset_close(&r->charset);
	r->text[r->used] = '\0';
	if (r->is_declared)
		return true;
	if (is_there)
		snprintf(value, sizeof value, "%s", r->text);
	else
		is_there = find(r, name, value);
	if (is_there)
		r->used = encoded_word_decode(value, '_', r->text, r->size);
	r->text[r->used] = '\0';
	return is_there;
}

bool parameter_find(const char *field, const char *name, char *text, size_t size)
{
	struct reading r = {.field = field, .text = text, .size = size - 1};

	return read_value(&r, name);
}

bool parameter_find_file(const char *field, const char *name, char *text, size_t size)
{
	struct reading r = {
		.field = field, .has_words = true, .text = text, .size = size - 1};

	return read_value(&r, name);
}
