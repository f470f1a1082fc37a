/*
 * transport: mail-queue runs smtp-send for a host, with entries that are due there, and
 * settles them by what it reports (articles: A5, A8, A12). Many messages share a
 * connection; a host that is down, or slow, holds up nobody else.
 */
#ifndef TRANSPORT_H
#define TRANSPORT_H

#include "queue/scheduler.h"
#include "queue/settle.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define TRANSPORT_ENTRIES 100		     /* in one connection */
#define TRANSPORT_LINE	  (10240 + PATH_MAX) /* octets of a line of smtp-send's report */

/* One connection. The fields from child on are transport's own. */
struct transport {
	struct destination *to; /* NULL: there is no connection */
	int report;		/* what smtp-send reports comes here */
	pid_t child;
	struct scheduler *scheduler;
	const char *smtp_send;
	size_t left; /* so many of the list are sent and not settled, from its first on */
	bool settled;	     /* one was */
	struct fate untried; /* why the others were not even tried */

	/* The entry whose report is coming in, the first of the list. */
	struct queue_entry entry;
	struct fate *fates; /* of its recipients; NULL: it is not open */
	size_t answered;

	size_t held; /* octets of line: what has come of a line */
	char line[TRANSPORT_LINE];
};

/*
 * Runs smtp-send, the program at that path or of that name in PATH, for what is due at a
 * destination. If nothing of it is whole, there is no connection; if smtp-send cannot be
 * run, the destination is closed.
 */
void transport_begin(struct transport *t, struct scheduler *s, struct destination *to,
	const char *smtp_send);

/*
 * Takes in what has come of the report, waiting if nothing has, and settles those entries
 * that are through. At its end the connection is over: what smtp-send did not come to is
 * still in the list, and goes through another connection; but where it came to
 * nothing at all, the destination is closed.
 */
void transport_hear(struct transport *t);

/* Has smtp-send end, if it runs; what it has reported until then still counts. */
void transport_stop(const struct transport *t);

#endif
