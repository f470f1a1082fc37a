/*
 * settle: does what was decided on an entry (articles: A4; RFC 5321, 4.5.4.1 and 6.1), so
 * that a crash at any moment loses nobody: see settle.c.
 */
#ifndef SETTLE_H
#define SETTLE_H

#include "queue/decide.h"

/*
 * Settles an entry that was tried: who has the message is crossed off; who will not get
 * it goes into a bounce, if there is a sender to tell; the rest waits. fates has one for
 * each recipient; where is HOST:PORT of the server that was asked. Tells each in the log.
 *
 * Returns when the queue has to be looked at again for it: when the entry is due, or at
 * once for the bounce; 0 for never.
 */
time_t settle(const struct terms *t, struct queue_entry *e, struct fate *fates,
	const char *where);

/* The same for new/name, with one fate for all of its recipients; no server was asked. */
time_t settle_untried(const struct terms *t, const char *name, const struct fate *fate);

/*
 * For the beginning: what a crash left in tmp. A bounce whose entry was settled is sent;
 * one whose entry was not is removed, for that entry is tried again. What is older than
 * 36 hours, and no bounce, is removed too.
 */
void settle_remains(const char *queue);

#endif
