/*
 * named: the names that the lines of a file give, users or domains, and whether a line
 * repeats one. They are sorted for that: to compare each line with all others would
 * take a million times as long for a thousand times as many lines.
 */
#ifndef NAMED_H
#define NAMED_H

#include <stddef.h>

/* Begin with all zero; free(3) list after its last use. */
struct named {
	size_t count, room;
	struct named_line {
		const char *name;
		size_t line;
	} * list;
};

/*
 * Adds the name of a line; the name must last. Returns 0, or -1 with errno if memory is
 * short.
 */
int named_add(struct named *n, const char *name, size_t line);

/*
 * The first line that repeats the name of a line before it, in any case; 0 if every
 * name comes once. It sorts the list.
 */
size_t named_repeated(struct named *n);

#endif
