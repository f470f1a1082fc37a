/*
 * table: what the rows of a table can call. Begin in table.c.
 */
#ifndef TABLE_H
#define TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* A row, at one cut: the input comes as first octets, and then in pieces of piece. */
struct row {
	const char *option; /* what follows the name of the call */
	const char *in;
	size_t n, first, piece;
	FILE *out; /* what came out */
};

/* What can be called; after the last one comes a name that is NULL. */
struct call {
	const char *name;
	void (*call)(const struct row *r);
	bool takes_pieces;
};
extern const struct call calls[];

#endif
