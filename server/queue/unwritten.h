/*
 * unwritten: what has come of an entry, while it cannot be written down (RFC 5321,
 * 4.5.4.1). The disk has failed, and an entry still names somebody who has the message:
 * for as long as mail-queue runs it remembers whom, and does not send it to him again.
 */
#ifndef UNWRITTEN_H
#define UNWRITTEN_H

#include "queue/decide.h"

#include <stdbool.h>

/* What is remembered of all entries. Begin with all zero. */
struct unwritten {
	void *entries; /* as tsearch(3) keeps them */
	bool bounces;  /* one is in tmp that should be in new */
};

/*
 * Remembers whose fate is DELIVERED, of an entry that could not be changed. Returns 0, or
 * -1 with errno where there is no memory. unwritten_forget forgets it, if it was known.
 */
int unwritten_keep(
	struct unwritten *u, const struct queue_entry *e, const struct fate *fates);
void unwritten_forget(struct unwritten *u, const char *name);

/* Whether there is something that has still to be written of new/name. */
bool unwritten_has(const struct unwritten *u, const char *name);

/*
 * Makes DELIVERED of the fate of each recipient of whom that is remembered, whatever the
 * last try came to. fates has one for each.
 */
void unwritten_recall(
	const struct unwritten *u, const struct queue_entry *e, struct fate *fates);

#endif
