/*
 * way: what one side has said, and the other has not yet been given. A long way delays it:
 * Hong Kong and Alabama are 100 ms apart (articles: A8), and who waits for each reply feels
 * it. What came at once arrives at once, in the order in which it was said.
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
 * Begin with zeros, but for delay. It holds no more than WIRE_SPAN octets: what does not
 * fit waits at its sender, as with a window of TCP.
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

/* Room for what is said next; *n is its octets, 0 for none. */
char *way_room(struct way *w, size_t *n);

/* The next n octets, which were written there, have set out. */
void way_sets_out(struct way *w, size_t n, long long now);

/* How many octets have arrived: those at span + start. */
size_t way_arrived(const struct way *w, long long now);

/* The first n octets are given to the other side. */
void way_given(struct way *w, size_t n);

/* Forgets all that is on the way. */
void way_clear(struct way *w);

/* When the next octets arrive; -1 where nothing is on the way. */
long long way_due(const struct way *w);

#endif
