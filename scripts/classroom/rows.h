/*
 * rows: a function that takes octets and gives octets is tried by rows of a table
 * (lessons/NN-name/rows): a sentence, a call, and what has to come of it. A driver,
 * lessons/NN-name/rows-NN.c, has a function for each name that may be called, and main is
 * here. It reads lines on descriptor 3, and answers each there with a line of its own:
 *
 *	whole<tab>unstuff("a\r\n.\r\n")		"a\r\n" SEEN_END took=6 faults=
 *	1<tab>unstuff("a\r\n.\r\n")		the same, in pieces of 1
 *	2+<tab>unstuff("a\r\n.\r\n")		the first 2 octets, and then the rest
 *	show<tab>1<tab>unstuff("a\r\n.\r\n")	code to paste: one line, \n for its line ends,
 *						\\ for a backslash
 *
 * The first argument is what is cut. What is expected never comes here. With arguments it
 * answers these, on standard output: rows 'unstuff("a\r\n.\r\n")', or with the cut before it.
 */
#ifndef ROWS_H
#define ROWS_H

#include "classroom/row-memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define ROW_ARGUMENTS 32

/* A call, at one cut. */
struct row {
	const struct row_function *function;
	size_t count;
	struct row_argument {
		enum { ROW_OCTETS, ROW_NUMBER, ROW_WORD } kind;
		char *octets;  /* of either, with a NUL after them */
		size_t length; /* of octets */
		uintmax_t number;
	} arguments[ROW_ARGUMENTS];
	size_t first; /* octets of the first piece; SIZE_MAX: whole */
	size_t later; /* of each after it */
	FILE *answer;
	FILE *kept; /* see row_keep */
	char *kept_octets;
	size_t kept_length;
};

/*
 * What may be called, in the driver; after the last one comes a row of zeros. call makes
 * the call and writes to r->answer all that its header promises. code is the call as a
 * student would write it: $1 is the first argument, $2 the second, $2+ that and all after
 * it; a line that begins with * is there for each piece, $p, of $n octets.
 */
struct row_function {
	const char *name;
	void (*call)(const struct row *r);
	const char *code;
};
extern const struct row_function row_functions[];

/*
 * The argument i, from 0 on, which has to be of this kind. A word is one of names, NULL
 * last.
 */
const struct row_argument *row_octets(const struct row *r, size_t i);
uintmax_t row_number(const struct row *r, size_t i);
size_t row_word(const struct row *r, size_t i, const char *const *names);

/* How many octets the piece has that begins at octet at of the first argument. */
size_t row_piece(const struct row *r, size_t at);

/*
 * Answers octets as they are written in a row: "MAIL " "x"*995 "\r\n". row_say_text
 * answers a string that has to end within size octets, without its NUL.
 */
void row_say_octets(const struct row *r, const void *octets, size_t n);
void row_say_text(const struct row *r, const char *text, size_t size);

/*
 * Keeps what one of several calls gave, n octets in room for so many, to be answered as
 * one by row_say_kept. False, with an answer, where these are more than there is room
 * for.
 */
bool row_keep(const struct row *r, const void *octets, size_t n, size_t room);
void row_say_kept(const struct row *r);

#endif
