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

/*
 * The next piece, in memory of its own, for a row that is at octet *at, which moves past
 * it. False after the last.
 */
bool next_piece(const struct row *r, size_t *at, char **piece, size_t *n);

/* The calls of table-wire.c. */
void call_lines(const struct row *r);
void call_lines_in_time(const struct row *r);
void call_spans_in_time(const struct row *r);

#endif
