/*
 * named: the names that the lines of a file give, users or domains, and whether a line
 * repeats one. They are sorted for that: to look for each among all the others would take
 * a thousand times as long for a thousand times as many lines, for each of them.
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

/* Adds the name of a line; it must last. Returns 0, or -1 with errno for want of memory. */
int named_add(struct named *n, const char *name, size_t line);

/*
 * The first line whose name, in any case, a line before it has too; 0: there is none. The
 * list is sorted then.
 */
size_t named_repeated(struct named *n);

#endif
