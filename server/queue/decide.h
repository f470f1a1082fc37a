/*
 * decide: what to do with an entry of a queue after a try (articles: A4; RFC 5321,
 * 4.2.1, 4.5.4.1, 4.5.5 and 6.1). Each recipient has a result of its own:
 *
 *	he was answered with 2xx      delivered: he is crossed off
 *	with 5xx                      failed: the sender is told
 *	with 4xx, or not at all       waits: tried again in half an hour
 *	the same when time is over    given up: the sender is told
 *
 * The functions are pure: they take replies and times, and return a decision, without a
 * file or a clock. settle.h then does what was decided.
 */
#ifndef DECIDE_H
#define DECIDE_H

#include "queue/queue-entry.h"

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#define FATE_TEXT 404 /* octets of a reply that are kept, with a NUL */

/* The result for a recipient. */
enum outcome {
	WAITS,	   /* will be tried again */
	DELIVERED, /* 2xx */
	FAILED,	   /* 5xx, or its domain has no route */
	GIVEN_UP   /* has waited for too long */
};

/* The same, with the reply that caused it. */
struct fate {
	enum outcome outcome;
	char code[4];	      /* of the reply; "---" without a reply */
	char text[FATE_TEXT]; /* the whole reply, or why none came: safe to show */
};

/* What mail-queue was told on its command line. */
struct terms {
	const char *queue;	  /* the folder */
	const char *name;	  /* our own host name */
	long long retry;	  /* seconds until an entry is tried again */
	long long give_up;	  /* seconds after its birth; then it is given up */
	const char *give_up_said; /* the same as it was typed: 4d */
};

struct decision {
	size_t waiting; /* recipients that will be tried again; 0: remove the entry */
	size_t lost;	/* recipients that will never get the message */
	bool bounce;	/* send a bounce about these; the null sender never gets one */
	time_t due;	/* when to try the entry again, if a recipient waits */
};

/*
 * What the code of a reply means for a recipient: DELIVERED, FAILED or WAITS. The code
 * is three digits, and the first decides; or "---" if no reply came.
 */
enum outcome outcome_of(const char *code);

/*
 * Decides on an entry that was just tried. fates has the result of this try for each of
 * its recipients. If the entry was born give_up seconds ago or more, each WAITS becomes
 * GIVEN_UP. If a recipient still WAITS, the entry is due again in retry seconds, or at
 * the time when it has to be given up, if that is sooner.
 */
struct decision decide(const struct terms *t, const struct queue_entry *e,
	struct fate *fates, time_t now);

#endif
