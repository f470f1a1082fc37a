/*
 * settle: what happens to an entry once it is known what became of its recipients
 * (articles: A4; RFC 5321, 4.5.4.1 and 6.1). The working folder is the queue.
 */
#ifndef SETTLE_H
#define SETTLE_H

#include "queue/decide.h"

/*
 * Settles an entry, which is good, and closes it: who has the message is crossed off; who
 * will not get it goes into a bounce, if there is a sender to tell; the rest waits. fates
 * has one for each recipient; where is HOST:PORT of the server that was asked, or NULL.
 * Tells each in the log. A crash on the way loses nothing and doubles nothing: the bounce
 * is in tmp before the entry changes, and in new after that.
 *
 * Returns when the queue has to be looked at again for it: when the entry is due, or at
 * once for the bounce; 0 for never.
 */
time_t settle(const struct terms *t, struct queue_entry *e, struct fate *fates,
	const char *where);

/* The same for new/name, with one fate for all of its recipients. */
time_t settle_alike(const struct terms *t, const char *name, const struct fate *fate);

#endif
