/*
 * decide: what is to be done with an entry of a queue after a try (articles: A4; RFC
 * 5321, 4.2.1, 4.5.4.1, 4.5.5 and 6.1). For each recipient by himself:
 *
 *	he was answered with 2xx      delivered: he is crossed off
 *	with 5xx                      failed: the sender is told
 *	with 4xx, or not at all       waits: tried again in half an hour
 *	the same when time is over    given up: the sender is told
 *
 * Pure: replies and times in, a decision out; no file, no clock. What is done then is in
 * settle.h.
 */
#ifndef DECIDE_H
#define DECIDE_H

#include "queue/queue-entry.h"

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#define FATE_TEXT 404 /* octets of a reply that are kept, with a NUL */

/* What becomes of a recipient. */
enum outcome {
	WAITS,	   /* he is tried again */
	DELIVERED, /* 2xx */
	FAILED,	   /* 5xx, or there is no route */
	GIVEN_UP   /* he has waited for too long */
};

/* The same, and the reply that it comes from. */
struct fate {
	enum outcome outcome;
	char code[4];	      /* of the reply; "---" where there was none */
	char text[FATE_TEXT]; /* all of it, or why there is none: safe to show */
};

/* What mail-queue was told on its command line. */
struct terms {
	const char *queue;	  /* the folder */
	const char *name;	  /* our own host name */
	long long retry;	  /* seconds until an entry is tried again */
	long long give_up;	  /* seconds after its birth in which it is tried */
	const char *give_up_said; /* the same as it was said: 4d */
};

struct decision {
	size_t waiting; /* so many recipients are tried again; 0: the entry can go */
	size_t lost;	/* so many will not get it */
	bool bounce;	/* the sender is to be told of these; a null sender never is */
	time_t due;	/* when it is tried again, if anybody waits */
};

/*
 * What the code of a reply means for a recipient: DELIVERED, FAILED or WAITS. It is three
 * digits, of which the first decides, or "---" where there was no reply.
 */
enum outcome outcome_of(const char *code);

/*
 * Decides on an entry that was tried, now. fates has one for each of its recipients, with
 * the outcome of this try; who WAITS though it is give_up seconds since the entry was
 * born, or more, is GIVEN_UP from here on. It is due again in retry seconds, or when it
 * has to be given up, if that is sooner.
 */
struct decision decide(const struct terms *t, const struct queue_entry *e,
	struct fate *fates, time_t now);

#endif
