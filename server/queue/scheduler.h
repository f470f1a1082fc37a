/*
 * scheduler: which entries of a queue are due, sorted by the host that they go to (articles:
 * A4, A8). The working folder is the queue.
 *
 * What waits costs nothing: an entry is opened only once it is due, and new is looked
 * through only when the next one is due or somebody has woken us.
 */
#ifndef SCHEDULER_H
#define SCHEDULER_H

#include "queue/fate.h"
#include "queue/routes.h"

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#define SCHEDULER_ENTRIES 20000 /* in hand at once, */
#define SCHEDULER_SHARE	  10000 /* and for one host; the others are taken later */

/* An entry in hand. */
struct item {
	struct item *next;
	char name[];
};

/* What a look through new has found due, and what is still to be opened of it. */
struct due {
	char **names; /* ours to free */
	size_t count, taken;
	time_t when;
	long long spent; /* microseconds on it so far */
};

/* A host, and what is due there. */
struct destination {
	const char *where; /* HOST:PORT, NULL for the domains that have no route */
	struct item *first, **last;
	size_t count;
	bool closed;	 /* nothing is sent there just now, and */
	struct fate why; /* this becomes of all that is in the list */
};

struct scheduler {
	const struct routes *routes;
	long long retry;		  /* seconds */
	struct destination *destinations; /* one for each route, and the one without */
	size_t count;
	void *in_hand; /* the names of all items, as tsearch(3) keeps them */
	size_t held;   /* how many */
	time_t began;  /* when scheduler_open was called */
	time_t next;   /* when new is to be looked through, 0: never */
	bool wanted;   /* now, whatever the time is */
	bool more;     /* it had more than may be in hand */
	struct due due;
	bool once; /* only what is due at the beginning is of interest */
	size_t scans;
	long long not_before; /* milliseconds: scans have a tenth of the time at most */
};

/*
 * Begins, with new to be looked through. With once, that is all: what comes later, or is
 * due later, is left alone. Returns 0, or -1 with errno.
 */
int scheduler_open(
	struct scheduler *a, const struct routes *routes, long long retry, bool once);

/*
 * Looks through new, if there is a reason to; of what is due there some is opened at each
 * call, so that reports need not wait for all of it.
 */
void scheduler_scan(struct scheduler *a);

/* Milliseconds until scheduler_scan has something to do; -1: never. */
int scheduler_timeout(const struct scheduler *a);

/* Has new looked through at that time, or before; 0: there is no need. */
void scheduler_at(struct scheduler *a, time_t when);

/*
 * scheduler_pop takes the first item of a list, which is not empty; scheduler_push puts it back
 * there. scheduler_drop is for what was popped and is not in hand any more.
 */
struct item *scheduler_pop(struct destination *to);
void scheduler_push(struct destination *to, struct item *item);
void scheduler_drop(struct scheduler *a, struct item *item);

#endif
