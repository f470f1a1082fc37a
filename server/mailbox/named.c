/* named: equal names are neighbours in a sorted list, in the order of their lines. */
#include "mailbox/named.h"

#include <stdlib.h>
#include <strings.h>

int named_add(struct named *n, const char *name, size_t line)
{
	struct named_line *more;

	if (n->count == n->room) {
		n->room = 2 * n->room + 16;
		more = realloc(n->list, n->room * sizeof *more);
		if (more == NULL)
			return -1;
		n->list = more;
	}
	n->list[n->count++] = (struct named_line){name, line};
	return 0;
}

static int by_name(const void *one, const void *other)
{
	const struct named_line *a = one, *b = other;
	int differ = strcasecmp(a->name, b->name);

	if (differ != 0)
		return differ;
	return a->line < b->line ? -1 : 1;
}

size_t named_repeated(struct named *n)
{
	size_t first = 0;

	if (n->count > 0)
		qsort(n->list, n->count, sizeof *n->list, by_name);
	for (size_t i = 1; i < n->count; i++)
		if (strcasecmp(n->list[i - 1].name, n->list[i].name) == 0 &&
			(first == 0 || n->list[i].line < first))
			first = n->list[i].line;
	return first;
}
