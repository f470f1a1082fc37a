/*
 * settle: does what was decided on an entry (articles: A4; RFC 5321, 4.5.4.1 and 6.1),
 * so that a crash at any moment loses no recipient: see settle.c.
 */
#ifndef SETTLE_H
#define SETTLE_H

#include "queue/decide.h"
#include "queue/unwritten.h"

/*
 * settle_prepare takes the room on the disk that settle may need, before the entry is
 * sent: if its result cannot be written down, the entry is sent again. settle gives the
 * room back; settle_unsent does so for an entry that was not tried. Returns 0, or -1
 * with errno.
 */
int settle_prepare(const struct queue_entry *e);
void settle_unsent(const char *queue, const char *name);

/*
 * Settles an entry that was tried. Recipients that have the message are crossed off.
 * Those that will never get it go into a bounce, unless the sender is null. The rest
 * waits. fates has the result for each recipient; where is HOST:PORT of the server that
 * was asked. It writes each result into the log. What the disk does not take is kept in
 * u, and counts more than the result of a later try.
 *
 * Returns when to look at the queue again: when the entry is due, or at once for a
 * bounce; 0 for never.
 */
time_t settle(const struct terms *t, struct unwritten *u, struct queue_entry *e,
	struct fate *fates, const char *where);

/*
 * The same for new/name without asking a server: all its recipients have the same fate.
 */
time_t settle_untried(const struct terms *t, struct unwritten *u, const char *name,
	const struct fate *fate);

/*
 * Looks for bounces in tmp, whose last step has failed. If the entry was settled, the
 * bounce is sent; if it was not, the bounce is removed, because the entry is tried
 * again; if that cannot be found out now, the bounce stays. Returns as settle does.
 */
time_t settle_bounces(const struct terms *t, struct unwritten *u);

/*
 * To be called at the beginning: cleans up what a crash left in tmp. It treats bounces
 * in the same way, removes what mail-queue had begun to write, and removes what other
 * programs began more than 36 hours ago.
 */
void settle_remains(const struct terms *t, struct unwritten *u);

#endif
