/*
 * scheduler: which entries of a queue are due, sorted by the host that they go to
 * (articles: A4, A8).
 *
 * An entry that waits costs nothing: it is opened only once it is due, and the
 * scheduler looks through new only when the next one is due or a program has called
 * queue_wake. An entry that is due takes about a hundred octets of memory.
 */
#ifndef SCHEDULER_H
#define SCHEDULER_H

#include "queue/decide.h"
#include "queue/routes.h"
#include "queue/unwritten.h"

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

/* An entry that is due. */
struct item {
	struct item *next;
	char name[];
};

/* A host, and the entries that are due there. */
struct destination {
	const char *where; /* HOST:PORT; NULL for domains without a route */
	struct item *first, **last;
	enum {
		OPEN,	   /* ready for a connection */
		CONNECTED, /* has a connection */
		CLOSED	   /* nothing is sent there now: every entry of */
	} at;
	struct fate why; /* the list gets this result */
};

struct scheduler {
	const struct terms *terms;
	const struct routes *routes;
	bool once;			  /* new is looked through once */
	struct destination *destinations; /* one for each route, and one without */
	size_t count;
	size_t turn; /* the destination that scheduler_next returned last */
	void *names; /* the names of all items, as tsearch(3) keeps them */
	struct unwritten unwritten;

	/* When new is to be looked through: */
	time_t next;	      /* at that time; 0: at no known time */
	bool wanted;	      /* at once */
	long long not_before; /* milliseconds of the clock */
};

/*
 * Begins, with new to be looked through. With once it looks only once, and leaves alone
 * what comes later or is due later. What is pointed to must last. Returns 0, or -1 with
 * errno.
 */
int scheduler_open(struct scheduler *s, const struct terms *terms,
	const struct routes *routes, bool once);

/* Looks through new, if there is a reason to. */
void scheduler_scan(struct scheduler *s);

/* Milliseconds until scheduler_scan has something to do; -1: never. */
int scheduler_timeout(const struct scheduler *s);

/* With once: whether all is done. */
bool scheduler_is_done(const struct scheduler *s);

/* Asks for a look through new at that time, or before; does nothing for 0. */
void scheduler_at(struct scheduler *s, time_t when);

/* Asks for a look now, because a program has put an entry into new. */
void scheduler_wake(struct scheduler *s);

/*
 * The next host to connect to, or NULL: it is OPEN, and has an entry that is due. The
 * hosts take turns.
 */
struct destination *scheduler_next(struct scheduler *s);

/* Removes the item at this place of a list, &to->first or after it. */
void scheduler_drop(struct scheduler *s, struct destination *to, struct item **at);

#endif
