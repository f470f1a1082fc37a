/*
 * transport: mail-queue runs smtp-send for a host, with entries that are due there, and
 * settles them by what it reports (articles: A5, A8, A12). Many messages share a
 * connection. A host that is down, or slow, does not delay the others.
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
	struct destination *to; /* NULL: no connection */
	int report;		/* what smtp-send reports comes here */
	pid_t child;
	struct scheduler *scheduler;
	const char *smtp_send;
	size_t left; /* entries of the list, from its first on, that are sent and not settled */
	bool settled;	     /* one entry was */
	struct fate untried; /* why the others were not even tried */

	/* The entry whose report is coming in, the first of the list. */
	struct queue_entry entry;
	struct fate *fates; /* of its recipients; NULL: the entry is not open */
	size_t answered;

	size_t held; /* octets of line[] that have come */
	char line[TRANSPORT_LINE];
};

/*
 * Runs smtp-send, the program at that path or of that name in PATH, for the entries
 * that are due at a destination. If none of them is whole it does not connect; if
 * smtp-send cannot be run, the destination is closed.
 */
void transport_begin(struct transport *t, struct scheduler *s, struct destination *to,
	const char *smtp_send);

/*
 * Reads what has come of the report, waits if nothing has, and settles the entries that
 * are finished. At the end of the report the connection is over. Entries that smtp-send
 * did not try are still in the list, and go through another connection; but if it tried
 * none at all, the destination is closed.
 */
void transport_hear(struct transport *t);

/* Ends smtp-send, if it runs. What it has reported until then still counts. */
void transport_stop(const struct transport *t);

#endif
