/*
 * verb: how the table of a server is searched. verb_row goes from row to row: they are of
 * any size, but begin alike.
 */
#include "wire/verb.h"

#include <string.h>

size_t verb_row(const void *table, size_t size, const char *line, verb_compare *compare)
{
	size_t n = strcspn(line, " "), row = 0;

	for (;;) {
		const void *begin = (const char *)table + row * size;
		const char *verb = *(const char *const *)begin;

		if (*verb == '\0')
			return row;
		if (strlen(verb) == n && compare(line, verb, n) == 0)
			return row;
		row++;
	}
}

const char *verb_argument(const char *line)
{
	size_t n = strcspn(line, " ");

	return line[n] == ' ' ? line + n + 1 : "";
}
