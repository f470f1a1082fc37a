/*
 * way: octets that one side has said, and the other has not yet got. A long way delays
 * them: Hong Kong and Alabama are 100 ms apart (articles: A8), and a client that waits
 * for each reply is slow. Octets that came together arrive together, in the order in
 * which they were said.
 *
 *	$ wiretap -d 100ms -l localhost:2526 localhost:2525
 */
#ifndef WAY_H
#define WAY_H

#include "wire/wire.h"

#include <stdbool.h>
#include <stddef.h>

#define WAY_PIECES 256

/*
 * Begin with zeros, except delay. It holds at most WIRE_SPAN octets; the rest waits at
 * its sender, as with a window of TCP.
 */
struct way {
	int delay; /* milliseconds */
	size_t start, end;
	char span[WIRE_SPAN]; /* from start to end: what is on the way */
	size_t pieces;
	struct {
		size_t octets;
		long long due; /* by clock_milliseconds */
	} piece[WAY_PIECES];
};

/* The room for what is said next: *n octets, perhaps 0. */
char *way_room(struct way *w, size_t *n);

/* The n octets that were written into that room set out. */
void way_sets_out(struct way *w, size_t n, long long now);

/* How many octets have arrived: those at span + start. */
size_t way_arrived(const struct way *w, long long now);

/* The first n octets were given to the other side. */
void way_given(struct way *w, size_t n);

/* Forgets all that is on the way. */
void way_clear(struct way *w);

/* When the next octets arrive; -1 if the way is empty. */
long long way_due(const struct way *w);

#endif
