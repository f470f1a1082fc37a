/*
 * Parameters with letters that are not ASCII, or too long for one line. Passage
 * B11 has the form of parameters, RFC 2231 these: filename*=UTF-8''cr%C3%AApe.jpg
 *
 *     build/mime-encode crêpe.jpg | sed -n '/^Content/,/^$/p'
 */
#include "parameter.h"

#include "encoded-word.h"
#include "header.h"
#include "utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

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

/* Decodes charset'language'%C3%AA, or a later section of it, in place. */
static size_t decode_extended(char *value, bool first)
{
	char *start = value;
	for (int quotes = 0; first && quotes < 2; quotes++) {
		char *quote_mark = strchr(start, '\'');
		if (quote_mark == NULL)
			break;
		start = quote_mark + 1;
	}
	return encoded_word_octets(start, strlen(start), '%', value);
}

/* Adds length octets to text, as many as there is room for. */
static void add(char *text, size_t size, const char *octets, size_t length)
{
	size_t used = strlen(text);
	size_t taken = length < size - 1 - used ? length : size - 1 - used;
	memcpy(text + used, octets, taken);
	text[used + taken] = '\0';
}

bool parameter_find(const char *field, const char *name, char *text, size_t size)
{
	char value[PARAMETER_ROOM], words[PARAMETER_ROOM];
	text[0] = '\0';
	if (find_section(field, name, -1, "*", value)) {
		add(text, size, value, decode_extended(value, true));
		return true;
	}
	for (int section = 0; section < 100; section++) {
		if (find_section(field, name, section, "*", value))
			add(text, size, value, decode_extended(value, section == 0));
		else if (find_section(field, name, section, "", value))
			add(text, size, value, strlen(value));
		else if (section == 0)
			break;
		else
			return true;
	}
	if (text[0] != '\0')
		return true;
	if (!find_section(field, name, -1, "", value))
		return false;
	add(text, size, words,
		encoded_word_decode(value, strlen(value), words, sizeof words));
	return true;
}
