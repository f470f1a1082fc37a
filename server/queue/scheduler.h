/*
 * scheduler: which entries of a queue are due, sorted by the host that they go to
 * (articles: A4, A8).
 *
 * What waits costs nothing: an entry is opened only once it is due, and new is looked
 * through only when the next one is due or somebody has woken us. What is due takes about
 * a hundred octets of memory for each entry.
 */
#ifndef SCHEDULER_H
#define SCHEDULER_H

#include "queue/decide.h"
#include "queue/routes.h"
#include "queue/unwritten.h"

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

/* An entry in hand. */
struct item {
	struct item *next;
	char name[];
};

/* A host, and what is due there. */
struct destination {
	const char *where; /* HOST:PORT, NULL for the domains that have no route */
	struct item *first, **last;
	enum {
		OPEN,	   /* there is no connection to it */
		CONNECTED, /* there is one */
		CLOSED	   /* nothing is sent there just now, and */
	} at;
	struct fate why; /* this becomes of all that is in the list */
};

struct scheduler {
	const struct terms *terms;
	const struct routes *routes;
	bool once;			  /* new is looked through once */
	struct destination *destinations; /* one for each route, and the one without */
	size_t count;
	size_t turn;   /* the destination that scheduler_next gave last */
	void *in_hand; /* the names of all items, as tsearch(3) keeps them */
	struct unwritten unwritten;

	/* When new is to be looked through: */
	time_t next;	      /* at that time; 0: no time is known */
	bool wanted;	      /* now, whatever the time is */
	long long not_before; /* milliseconds of the clock */
};

/*
 * Begins, with new to be looked through. With once, that is all: what comes later, or is
 * due later, is left alone. What is pointed to must last. Returns 0, or -1 with errno.
 */
int scheduler_open(struct scheduler *s, const struct terms *terms,
	const struct routes *routes, bool once);

/* Looks through new, if there is a reason to. */
void scheduler_scan(struct scheduler *s);

/* Milliseconds until scheduler_scan has something to do; -1: never. */
int scheduler_timeout(const struct scheduler *s);

/* Whether, with once, all is done. */
bool scheduler_is_done(const struct scheduler *s);

/* Has new looked through at that time, or before; 0: there is no need. */
void scheduler_at(struct scheduler *s, time_t when);

/* Has it looked through now, for somebody has put an entry into it. */
void scheduler_wake(struct scheduler *s);

/*
 * The next host to connect to: something is due there, it is not closed, and there is no
 * connection to it yet. Each has its turn. NULL: there is none.
 */
struct destination *scheduler_next(struct scheduler *s);

/* The item at this place of a list, &to->first or after it, is not in hand any more. */
void scheduler_drop(struct scheduler *s, struct destination *to, struct item **at);

#endif
