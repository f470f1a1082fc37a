/*
 * unwritten: keeps the name of an entry, and an octet for each recipient. It is of use
 * only while the entry is as it was: if the number of recipients differs, the entry was
 * changed after all.
 */
#include "queue/unwritten.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

struct known {
	char *name;	  /* the key, and so it comes first */
	size_t count;	  /* of its recipients */
	bool delivered[]; /* to each of them */
};

static int by_name(const void *a, const void *b)
{
	const struct known *one = a, *other = b;

	return strcmp(one->name, other->name);
}

/* What is known of an entry, or NULL. */
static struct known *find(const struct unwritten *u, const char *name)
{
	struct known key = {.name = (char *)name};
	struct known *const *found = tfind(&key, &u->entries, by_name);

	return found != NULL ? *found : NULL;
}

int unwritten_keep(
	struct unwritten *u, const struct queue_entry *e, const struct fate *fates)
{
	size_t count = e->envelope.count;
	struct known *known =
		calloc(1, sizeof *known + count * sizeof known->delivered[0]);

	if (known == NULL)
		return -1;
	known->name = strdup(e->name);
	known->count = count;
	for (size_t i = 0; i < count; i++)
		known->delivered[i] = fates[i].outcome == DELIVERED;
	unwritten_forget(u, e->name);
	if (known->name != NULL && tsearch(known, &u->entries, by_name) != NULL)
		return 0;
	free(known->name);
	free(known);
	return -1;
}

void unwritten_forget(struct unwritten *u, const char *name)
{
	struct known *known = find(u, name);

	if (known == NULL)
		return;
	tdelete(known, &u->entries, by_name);
	free(known->name);
	free(known);
}

bool unwritten_has(const struct unwritten *u, const char *name)
{
	return find(u, name) != NULL;
}

void unwritten_recall(
	const struct unwritten *u, const struct queue_entry *e, struct fate *fates)
{
	static const struct fate before = {
		DELIVERED, "250", "before this; it could not be written down then"};
	const struct known *known = find(u, e->name);

	if (known == NULL || known->count != e->envelope.count)
		return;
	for (size_t i = 0; i < known->count; i++)
		if (known->delivered[i])
			fates[i] = before;
}
