/*
 * row-peer: the other end of a wire, for rows of functions that read from a connection.
 * Each read gets one piece.
 */
#ifndef ROW_PEER_H
#define ROW_PEER_H

#include "classroom/rows.h"
#include "wire/wire.h"

#include <pthread.h>

/* What happens after its octets; in a row the word is closes, resets, silent or stops. */
enum row_end {
	ROW_CLOSES,
	ROW_RESETS, /* the connection breaks */
	ROW_SILENT, /* nothing more, until the limit on waiting is over */
	ROW_STOPS   /* a signal tells the server to end */
};
extern const char *const row_ends[];

struct row_peer {
	const struct row *row;
	enum row_end end;
	int far;     /* where the peer writes */
	size_t said; /* octets that it has written */
	bool threaded;
	pthread_t thread;
};

/*
 * Opens w, on which the octets of the first argument come, and then this end. With any
 * other end than ROW_CLOSES all octets have come already, whatever the cut.
 */
void row_peer_open(
	struct row_peer *p, struct wire *w, const struct row *r, enum row_end end);

/* Answers the octets that were not taken: in w, and on their way. */
void row_peer_say_left(const struct row_peer *p, const struct wire *w);

void row_peer_close(struct row_peer *p, struct wire *w);

#endif
