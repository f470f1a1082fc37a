/*
 * pieces: what is said may arrive in any pieces, because TCP carries a stream
 * (articles: A10). Here the pieces are made small on purpose: a program that takes one
 * read for a whole line, or a whole message, then fails.
 */
#ifndef PIECES_H
#define PIECES_H

#include "wire/wire.h"

/* Begin with all zero, and set the first three. */
struct pieces {
	struct wire *wire;
	size_t size; /* octets in a piece, which has to arrive alone; 0: all at once */
	int limit;   /* milliseconds within which the peer reads a piece */
	size_t put; /* octets of the present piece that are held already; 0 when our turn begins */
};

/* Writes octets to the wire, in pieces. */
void pieces_put(struct pieces *p, const char *octets, size_t n);

#endif
