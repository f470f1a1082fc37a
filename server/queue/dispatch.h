/*
 * dispatch: up to 20 smtp-sends at once, each to a host that something is due for, with at
 * most 100 entries (articles: A5, A8, A12; RFC 5321, 4.5.4.1). So many messages share a
 * connection, and a host that is down, or slow, holds up nobody else. The working folder
 * is the queue.
 */
#ifndef DISPATCH_H
#define DISPATCH_H

#include "queue/scheduler.h"
#include "queue/transport.h"

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

#define DISPATCH_ERRANDS 20

/* One connection to a host. */
struct connection {
	struct destination *to;		      /* NULL: this place is free */
	struct item *sent[TRANSPORT_ENTRIES]; /* what is sent there */
	size_t dropped;			      /* of them, which are in hand no more */
	struct transport errand;
};

struct dispatch {
	const struct terms *terms;
	struct scheduler *agenda;
	size_t turn; /* whose list was last begun */
	size_t under_way;
	struct connection connections[DISPATCH_ERRANDS];
};

/* Begins what errands there is room for, and settles some of what is not to be sent. */
void dispatch_begin(struct dispatch *d);

/* Whether dispatch_begin would have more to do at once. */
bool dispatch_is_busy(const struct dispatch *d);

/*
 * Where reports come from, for poll(2): one for each place, its descriptor -1 where there
 * is nothing to wait for. dispatch_hear takes in what has come.
 */
void dispatch_reports(const struct dispatch *d, struct pollfd fds[DISPATCH_ERRANDS]);
void dispatch_hear(struct dispatch *d, const struct pollfd fds[DISPATCH_ERRANDS]);

/* Has every smtp-send end; what it has reported until then still counts. */
void dispatch_stop(struct dispatch *d);

#endif
