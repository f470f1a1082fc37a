/*
 * pieces: what is said may arrive in any pieces, for TCP carries a stream (articles: A10).
 * Here they are cut on purpose, so small that a reader who takes one read for a line, or
 * for a message, is found out.
 */
#ifndef PIECES_H
#define PIECES_H

#include "wire/wire.h"

/* Begin with all zero, and set the first three. */
struct pieces {
	struct wire *wire;
	size_t size; /* octets to write at a time, each to arrive alone; 0: all at once */
	int limit;   /* milliseconds in which a piece has been read */
	size_t put; /* octets of a piece that are held already; 0 after a turn of theirs */
};

/* Writes octets to the wire, in pieces. */
void pieces_put(struct pieces *p, const char *octets, size_t n);

#endif
