/*
 * transport: mail-queue sends smtp-send to a host with some entries, and hears what became
 * of them (articles: A5, A12). The working folder is the queue.
 */
#ifndef TRANSPORT_H
#define TRANSPORT_H

#include "queue/settle.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define TRANSPORT_ENTRIES 100	/* in one connection */
#define TRANSPORT_LINE	  10240 /* octets of a line of smtp-send's report */

struct transport {
	const struct terms *terms;
	const char *where; /* HOST:PORT */
	pid_t child;
	int report;			      /* what smtp-send reports comes here */
	const char *names[TRANSPORT_ENTRIES]; /* in the order in which they are sent */
	size_t count;
	size_t done;	     /* of them, from the first on: they are settled */
	time_t next;	     /* when the queue has to be looked at for them, 0: never */
	struct fate untried; /* why the others were not even tried */
	/* The rest is errand's own: the entry whose report is coming in. */
	struct queue_entry entry;
	struct fate *fates; /* of its recipients; NULL: it is not open */
	size_t answered;
	size_t held;
	char line[TRANSPORT_LINE];
};

/*
 * Runs smtp-send for count entries to HOST:PORT. What is pointed to must last until the
 * errand is over. Returns 0, or -1 with errno.
 */
int transport_begin(struct transport *r, const struct terms *t, const char *where,
	const char *const *names, size_t count);

/*
 * Takes in what has come of the report, waiting if nothing has, and settles those entries
 * that are through. Returns whether there is more to come. When there is not, the names
 * from done on were not sent, and untried says why.
 */
bool transport_hear(struct transport *r);

#endif
