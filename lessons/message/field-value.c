/*
 * field-value: reads what others wrote as kindly as possible (articles: B11; RFC 2045,
 * 5.1; RFC 5322, 3.2.2). Begin with skip_comments and take_word, which the others use.
 *
 *     printf 'Content-Type: Text/HTML (a page); x="(;"\n\nhi\n' | build/mime-decode -l
 */
#include "message/field-value.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char word_ends[] = " \t\r(;", name_ends[] = " \t\r(;=";

/*
 * Passes over blanks, tabs, CRs and comments. A comment, in parentheses, may contain
 * comments, and any octet after a backslash (RFC 5322, 3.2.2). A comment that is not closed
 * goes to the end of the value. Returns where something else begins, or the end.
 */
static const char *skip_comments(const char *at)
{
	for (size_t depth = 0; *at != '\0'; at++) {
		if (depth > 0 && *at == '\\' && at[1] != '\0')
			at++;
		else if (*at == '(')
			depth++;
		else if (*at == ')' && depth > 0)
			depth--;
		else if (depth == 0 && strchr(" \t\r", *at) == NULL)
			break;
	}
	return at;
}

/*
 * Copies one word. A word in quotes is copied without its quotes, and without a backslash
 * that quotes an octet. A word without quotes goes up to an octet in ends. Either may go to
 * the end of the value. text, of size octets, gets as many octets as fit, and a NUL.
 * Returns where the value goes on after the word.
 */
static const char *take_word(const char *at, const char *ends, char *text, size_t size)
{
	size_t length = 0;
	bool quoted = *at == '"';

	if (quoted)
		at++;
	for (; *at != '\0'; at++) {
		if (quoted ? *at == '"' : strchr(ends, *at) != NULL)
			break;
		if (quoted && *at == '\\' && at[1] != '\0')
			at++;
		if (length + 1 < size)
			text[length++] = *at;
	}
	text[length] = '\0';
	if (quoted && *at == '"')
		at++;
	return at;
}

bool value_token(const char *value, char *text, size_t size)
{
	const char *start = skip_comments(value);
	const char *end = take_word(start, word_ends, text, size);

	for (char *at = text; *at != '\0'; at++) {
		unsigned char c = (unsigned char)*at;

		if (c <= ' ' || c >= 0x7f || strchr("()<>@,;:\\\"[]?=", c) != NULL)
			return false;
		*at = (char)tolower(c);
	}
	return text[0] != '\0' && (size_t)(end - start) == strlen(text);
}

/* Whether a parameter with a name of RFC 2045, 2183, 2231 or 3676 begins here. */
static bool begins_parameter(const char *at)
{
	static const char *const names[] = {"boundary", "charset", "delsp", "filename",
		"format", "name", "size", "type", "creation-date", "modification-date"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		size_t length = strlen(names[i]);

		if (strncasecmp(at, names[i], length) == 0)
			return at[length] == '=' || at[length] == '*';
	}
	return false;
}

void value_parameters(struct value_parameters *parameters, const char *value)
{
	char token[1];

	value = skip_comments(value);
	*parameters = (struct value_parameters){.rest = value};
	if (!begins_parameter(value)) /* or what comes before them is missing */
		parameters->rest = take_word(value, word_ends, token, sizeof token);
}

/*
 * Where the next parameter begins, after a `;`; or where that is missing, after a blank.
 * NULL: nowhere.
 */
static const char *find_parameter(const char *at)
{
	for (const char *first = at; *at != '\0'; at++) {
		bool begins = at == first || strchr(" \t\r", at[-1]) != NULL;

		if (*at == ';')
			return skip_comments(at + 1);
		if (begins && begins_parameter(at))
			return at;
	}
	return NULL;
}

bool value_next(struct value_parameters *parameters)
{
	const char *at = skip_comments(parameters->rest);
	char other[1];

	while ((at = find_parameter(at)) != NULL) {
		at = take_word(at, name_ends, parameters->name, sizeof parameters->name);
		at = skip_comments(at);
		if (*at != '=')
			continue;
		parameters->start = skip_comments(at + 1);
		parameters->rest =
			take_word(parameters->start, word_ends, other, sizeof other);
		return true;
	}
	return false;
}

void value_copy(const char *start, char *text, size_t size)
{
	take_word(start, word_ends, text, size);
}

/*
 * What is in quotes, and in the next ones: "a" "b", and "a "b" c" of those who forget the
 * backslash. Nor do all double one that is meant, as in C:\a.pdf, or in Shift_JIS, where
 * it is half a letter: so it quotes itself and a quote alone.
 */
static void quoted_words(const char *at, char *text, size_t size)
{
	size_t length = 0;
	bool quoted = false;

	for (; *at != '\0'; at++) {
		if (!quoted && (*at == ';' || *at == '(' || begins_parameter(at)))
			break;
		if (*at == '"') {
			quoted = !quoted;
			continue;
		}
		if (quoted && *at == '\\' && (at[1] == '"' || at[1] == '\\'))
			at++;
		if (length + 1 < size)
			text[length++] = *at;
	}
	while (length > 0 && strchr(" \t\r", text[length - 1]) != NULL)
		length--;
	text[length] = '\0';
}

void value_words(const char *start, char *text, size_t size)
{
	size_t length = 0;

	if (*start == '"') {
		quoted_words(start, text, size);
		return;
	}
	while (start[length] != '\0' && start[length] != ';' &&
		(strchr(" \t", start[length]) == NULL ||
			!begins_parameter(start + length + 1)))
		length++;
	/* What comes after a suffix in parentheses is a comment: a.html (a page). */
	for (size_t at = 0; at + 1 < length; at++)
		if (strncmp(start + at, " (", 2) == 0 && memchr(start, '.', at) != NULL &&
			start[length - 1] == ')')
			length = at;
	while (length > 0 && strchr(" \t\r", start[length - 1]) != NULL)
		length--;
	snprintf(text, size, "%.*s", (int)length, start);
}

/* Finds a parameter; returns false without one. */
static bool find(struct value_parameters *parameters, const char *value, const char *name)
{
	value_parameters(parameters, value);
	while (value_next(parameters))
		if (strcasecmp(parameters->name, name) == 0)
			return true;
	return false;
}

bool value_find(const char *value, const char *name, char *text, size_t size)
{
	struct value_parameters parameters;

	if (!find(&parameters, value, name))
		return false;
	value_copy(parameters.start, text, size);
	return true;
}

bool value_find_words(const char *value, const char *name, char *text, size_t size)
{
	struct value_parameters parameters;

	if (!find(&parameters, value, name))
		return false;
	value_words(parameters.start, text, size);
	return true;
}
