/*
 * http-field: how the lines of a head are read, from a token up to the value of
 * Content-Length.
 */
#include "http/http-field.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#define BLANKS " \t"

bool http_token(const char *text, size_t n)
{
	static const char marks[] = "!#$%&'*+-.^_`|~";
	size_t i = 0;

	while (i < n && text[i] != '\0' &&
		(isalnum((unsigned char)text[i]) || strchr(marks, text[i]) != NULL))
		i++;
	return n > 0 && i == n;
}

bool http_version(const char *text)
{
	return strncmp(text, "HTTP/", 5) == 0 && isdigit((unsigned char)text[5]) &&
	       text[6] == '.' && isdigit((unsigned char)text[7]);
}

char *http_field(char *line)
{
	size_t n = strcspn(line, ":");
	char *value = line + n + 1, *end;

	if (line[n] != ':' || !http_token(line, n))
		return NULL;
	line[n] = '\0';
	value += strspn(value, BLANKS);
	for (end = value; *end != '\0'; end++)
		if (*end != '\t' && iscntrl((unsigned char)*end))
			return NULL;
	while (end > value && strchr(BLANKS, end[-1]) != NULL)
		end--;
	*end = '\0';
	return value;
}

/* The next item of a list at *at, which moves past it; *n octets, or NULL at the end. */
static const char *next_item(const char **at, size_t *n)
{
	const char *item = *at + strspn(*at, BLANKS ",");

	*n = strcspn(item, ",");
	*at = item + *n;
	while (*n > 0 && strchr(BLANKS, item[*n - 1]) != NULL)
		(*n)--;
	return *item != '\0' ? item : NULL;
}

/* Whether a value that is a list, `a, b`, has this item, in any case. */
static bool lists(const char *value, const char *item)
{
	const char *found;
	size_t n;

	while ((found = next_item(&value, &n)) != NULL)
		if (n == strlen(item) && strncasecmp(found, item, n) == 0)
			return true;
	return false;
}

/* A number of octets, perhaps repeated. Returns false for anything else. */
static bool take_length(struct http_said *said, const char *value)
{
	const char *found;
	bool any = false;
	size_t digits;

	while ((found = next_item(&value, &digits)) != NULL) {
		uintmax_t length;

		errno = 0;
		length = strtoumax(found, NULL, 10);
		if (strspn(found, "0123456789") != digits || errno != 0 ||
			(said->measured && length != said->length))
			return false;
		said->measured = true;
		said->length = length;
		any = true;
	}
	return any;
}

/* The codings in the order in which they were applied (RFC 9112, 6.1). */
static void take_codings(struct http_said *said, const char *value)
{
	static const char chunked[] = "chunked";
	const char *found;
	size_t n;

	said->coded = true;
	while ((found = next_item(&value, &n)) != NULL) {
		bool is_chunked =
			n == strlen(chunked) && strncasecmp(found, chunked, n) == 0;

		if (said->chunked || !is_chunked)
			said->recoded = true;
		said->chunked = is_chunked;
	}
}

bool http_take_field(struct http_said *said, const char *name, const char *value)
{
	if (strcasecmp(name, "Content-Length") == 0)
		return take_length(said, value);
	if (strcasecmp(name, "Transfer-Encoding") == 0)
		take_codings(said, value);
	if (strcasecmp(name, "Connection") == 0 && lists(value, "close"))
		said->closes = true;
	return true;
}
