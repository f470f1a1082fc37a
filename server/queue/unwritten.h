/*
 * unwritten: results that cannot be written down (RFC 5321, 4.5.4.1). If the disk
 * fails, an entry may still name a recipient that has the message. mail-queue remembers
 * that recipient for as long as it runs, and does not send the message again.
 */
#ifndef UNWRITTEN_H
#define UNWRITTEN_H

#include "queue/decide.h"

#include <stdbool.h>

/* What is remembered of all entries. Begin with all zero. */
struct unwritten {
	void *entries; /* as tsearch(3) keeps them */
	bool bounces;  /* a bounce is in tmp that should be in new */
};

/*
 * unwritten_keep remembers the recipients with DELIVERED, for an entry that could not
 * be changed. Returns 0, or -1 with errno if memory is short. unwritten_forget forgets
 * the entry, if it was known.
 */
int unwritten_keep(
	struct unwritten *u, const struct queue_entry *e, const struct fate *fates);
void unwritten_forget(struct unwritten *u, const char *name);

/* Whether something of new/name has still to be written. */
bool unwritten_has(const struct unwritten *u, const char *name);

/*
 * Sets the fate of each recipient that is remembered to DELIVERED, whatever the last
 * try said. fates has one for each recipient.
 */
void unwritten_recall(
	const struct unwritten *u, const struct queue_entry *e, struct fate *fates);

#endif
