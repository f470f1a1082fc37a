/*
 * parameter: with letters that are not ASCII, or too long for one line, it is written as
 * filename*=UTF-8''cr%C3%AApe.jpg, in sections where it must be (articles: B11; RFC
 * 2231).
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

/* The octets of a value so far, and the charset that its first section named. */
struct sections {
	char octets[PARAMETER_ROOM];
	size_t used;
	struct charset charset;
};

/*
 * Adds a section, as many of its octets as there is room for. In an extended one octets
 * are %C3; the first of those is charset'language'%C3%AA.
 */
static void add(struct sections *sections, char *value, bool is_extended, bool is_first)
{
	size_t room = sizeof sections->octets - sections->used;
	char *quote = is_extended && is_first ? strchr(value, '\'') : NULL;
	char *second = quote == NULL ? NULL : strchr(quote + 1, '\'');

	if (second != NULL) {
		charset_open(&sections->charset, value, (size_t)(quote - value));
		value = second + 1;
	}
	size_t length = strlen(value);
	if (is_extended)
		length = encoded_word_octets(value, length, '%', value);
	if (length > room)
		length = room;
	memcpy(sections->octets + sections->used, value, length);
	sections->used += length;
}

/* Collects what is extended or in sections; false: nothing is. */
static bool collect(const char *field, const char *name, struct sections *sections)
{
	char value[PARAMETER_ROOM], marked[64];
	unsigned section;

	*sections = (struct sections){.used = 0};
	snprintf(marked, sizeof marked, "%s*", name);
	if (value_find(field, marked, value, sizeof value)) {
		add(sections, value, true, true);
		return true;
	}
	for (section = 0; section < SECTIONS; section++) {
		snprintf(marked, sizeof marked, "%s*%u*", name, section);
		bool is_extended = value_find(field, marked, value, sizeof value);
		marked[strlen(marked) - 1] = '\0';
		if (!is_extended && !value_find(field, marked, value, sizeof value))
			break;
		add(sections, value, is_extended, section == 0);
	}
	return section > 0;
}

/* Writes what the octets of the sections stand for, cut to size octets. */
static size_t decode(struct sections *sections, char *text, size_t size)
{
	struct charset *charset = &sections->charset;

	charset->mark = '_';
	size_t used = charset_text(charset, sections->octets, sections->used, text, size);
	used += charset_text(charset, NULL, 0, text + used, size - used);
	charset_close(charset);
	return used;
}

bool parameter_find(const char *field, const char *name, char *text, size_t size)
{
	char value[PARAMETER_ROOM];
	struct sections sections;
	size_t length;

	text[0] = '\0';
	if (collect(field, name, &sections))
		length = decode(&sections, text, size - 1);
	else if (value_find(field, name, value, sizeof value))
		length = encoded_word_decode(value, '_', text, size - 1);
	else
		return false;
	text[length] = '\0';
	return true;
}
