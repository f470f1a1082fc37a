/*
 * settle: does what was decided on an entry (articles: A4; RFC 5321, 4.5.4.1 and 6.1), so
 * that a crash at any moment loses nobody: see settle.c.
 */
#ifndef SETTLE_H
#define SETTLE_H

#include "queue/decide.h"
#include "queue/unwritten.h"

/*
 * Takes the room that it may need to settle an entry, before that is sent: a result that
 * cannot be written down is one that is got again. settle gives it back; settle_unsent
 * does for an entry that was not tried. Returns 0, or -1 with errno.
 */
int settle_prepare(const struct queue_entry *e);
void settle_unsent(const char *queue, const char *name);

/*
 * Settles an entry that was tried: who has the message is crossed off; who will not get
 * it goes into a bounce, if there is a sender to tell; the rest waits. fates has one for
 * each recipient; where is HOST:PORT of the server that was asked. Tells each in the log.
 * What the disk does not take is in u, and goes before what a later try comes to.
 *
 * Returns when the queue has to be looked at again for it: when the entry is due, or at
 * once for the bounce; 0 for never.
 */
time_t settle(const struct terms *t, struct unwritten *u, struct queue_entry *e,
	struct fate *fates, const char *where);

/* The same for new/name, with one fate for all of its recipients; no server was asked. */
time_t settle_untried(const struct terms *t, struct unwritten *u, const char *name,
	const struct fate *fate);

/*
 * Looks for bounces in tmp, whose last step has failed: one whose entry was settled is
 * sent; one whose entry was not is removed, for that entry is tried again; where that
 * cannot be seen now, it stays. Returns as settle does.
 */
time_t settle_bounces(const struct terms *t, struct unwritten *u);

/*
 * For the beginning: what a crash left in tmp. With bounces it does the same. What we had
 * begun to write is removed, and of what others began, what is older than 36 hours.
 */
void settle_remains(const struct terms *t, struct unwritten *u);

#endif
