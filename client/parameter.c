/*
 * Parameters with letters that are not ASCII, or too long for one line. Passage
 * B11 has the form of parameters, RFC 2231 these: filename*=UTF-8''cr%C3%AApe.jpg
 *
 *     cp lessons/07-base64/picture.jpg build/crêpe.jpg
 *     build/mime-encode build/crêpe.jpg | grep filename
 */
#include "parameter.h"

#include "charset.h"
#include "encoded-word.h"
#include "header.h"
#include "utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { SECTIONS = 100 };

/* Quoted, as most names can be (RFC 2045, 5.1). Returns 0 where it must not be. */
static size_t quote(const char *value, char *text, size_t size)
{
	size_t used = 0;
	if (encoded_word_needed(value) || size < PARAMETER_VALUE + 4)
		return 0;
	text[used++] = '"';
	for (; *value != '\0'; value++) {
		if (used >= PARAMETER_VALUE)
			return 0;
		if (*value == '"' || *value == '\\')
			text[used++] = '\\';
		text[used++] = *value;
	}
	text[used++] = '"';
	text[used] = '\0';
	return used;
}

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

bool parameter_encode(const char *name, const char *value, char *text, size_t size)
{
	char whole[PARAMETER_ROOM];
	if (quote(value, whole, sizeof whole) > 0)
		return (size_t)snprintf(text, size, "%s=%s", name, whole) < size;
	size_t left = extend(value, whole, sizeof whole), used = 0;
	if (left > 0 && left <= PARAMETER_VALUE)
		return (size_t)snprintf(text, size, "%s*=%s", name, whole) < size;
	const char *at = whole;
	for (unsigned section = 0; left > 0; section++) {
		size_t taken = left < PARAMETER_VALUE ? left : PARAMETER_VALUE;
		for (size_t i = 1; i <= 2 && taken < left; i++)
			if (at[taken - i] == '%') {
				taken -= i; /* an octet stays in one section */
				break;
			}
		used += (size_t)snprintf(text + used, size - used, "%s%s*%u*=%.*s",
			section > 0 ? "; " : "", name, section, (int)taken, at);
		if (used >= size)
			return false;
		at += taken;
		left -= taken;
	}
	return used > 0;
}

/* Looks for name*, name*0* and so on; mark is what follows the number. */
static bool find_section(
	const char *field, const char *name, int section, const char *mark, char *value)
{
	char key[64];
	if (section < 0)
		snprintf(key, sizeof key, "%s%s", name, mark);
	else
		snprintf(key, sizeof key, "%s*%d%s", name, section, mark);
	return header_parameter(field, key, value, PARAMETER_ROOM);
}

/* The octets of a value so far, and the charset that its first section named. */
struct sections {
	char octets[PARAMETER_ROOM];
	size_t used;
	struct charset charset;
};

/* Adds a section, as many of its octets as there is room for. */
static void add(struct sections *sections, const char *octets, size_t length)
{
	size_t left = sizeof sections->octets - sections->used;
	if (length > left)
		length = left;
	memcpy(sections->octets + sections->used, octets, length);
	sections->used += length;
}

/* Adds a section in which octets are %C3; the first is charset'language'%C3%AA. */
static void add_extended(struct sections *sections, char *value, bool is_first)
{
	char *first = is_first ? strchr(value, '\'') : NULL;
	char *second = first == NULL ? NULL : strchr(first + 1, '\'');
	if (second != NULL) {
		charset_open(&sections->charset, value, (size_t)(first - value));
		value = second + 1;
	}
	add(sections, value, encoded_word_octets(value, strlen(value), '%', value));
}

/* Collects the sections of a parameter; false: there are none. */
static bool find_sections(const char *field, const char *name, struct sections *sections)
{
	char value[PARAMETER_ROOM];
	*sections = (struct sections){.used = 0};
	if (find_section(field, name, -1, "*", value)) {
		add_extended(sections, value, true);
		return true;
	}
	for (int section = 0; section < SECTIONS; section++) {
		if (find_section(field, name, section, "*", value))
			add_extended(sections, value, section == 0);
		else if (find_section(field, name, section, "", value))
			add(sections, value, strlen(value));
		else
			return section > 0;
	}
	return true;
}

bool parameter_find(const char *field, const char *name, char *text, size_t size)
{
	char value[PARAMETER_ROOM], words[4 * PARAMETER_ROOM];
	struct sections sections;
	size_t length;
	text[0] = '\0';
	if (find_sections(field, name, &sections)) {
		sections.charset.mark = '_';
		length = charset_text(&sections.charset, sections.octets, sections.used,
			words, sizeof words - 1);
		charset_close(&sections.charset);
	} else if (find_section(field, name, -1, "", value)) {
		length = encoded_word_decode(
			value, strlen(value), '_', words, sizeof words - 1);
	} else {
		return false;
	}
	words[length] = '\0';
	snprintf(text, size, "%s", words);
	return true;
}
