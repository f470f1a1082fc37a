/*
 * rows: tries a function that takes octets and gives octets, with the rows of a table
 * (lessons/NN-name/rows): a sentence, a call, and the expected result. A driver,
 * lessons/NN-name/rows-NN.c, has a function for each name that may be called; main is
 * here. It reads lines on descriptor 3, and answers each there with one line:
 *
 *	whole<tab>unstuff("a\r\n.\r\n")		"a\r\n" SEEN_END took=6 faults=
 *	1<tab>unstuff("a\r\n.\r\n")		the same, in pieces of 1
 *	2+<tab>unstuff("a\r\n.\r\n")		the first 2 octets, and then the rest
 *	show<tab>1<tab>unstuff("a\r\n.\r\n")	code to paste: one line, \n for its line ends,
 *						\\ for a backslash
 *
 * The first argument is cut into pieces. The expected result never comes here. With
 * arguments on its command line the driver answers those, on standard output: rows
 * 'unstuff("a\r\n.\r\n")', or with the cut before it.
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
		char *octets;  /* of octets or a word, with a NUL after them */
		size_t length; /* of octets */
		uintmax_t number;
	} arguments[ROW_ARGUMENTS];
	size_t first; /* octets of the first piece; SIZE_MAX: whole */
	size_t later; /* of each later piece */
	FILE *answer;
	FILE *kept; /* see row_keep */
	char *kept_octets;
	size_t kept_length;
};

/*
 * A function of the driver that may be called; a row of zeros ends the table. call
 * makes the call, and writes to r->answer everything that the function's header
 * promises. code is the call as a student would write it: $1 is the first argument, $2
 * the second, $2+ the second and all after it. A line that begins with * is repeated
 * for each piece, $p, of $n octets.
 */
struct row_function {
	const char *name;
	void (*call)(const struct row *r);
	const char *code;
};
extern const struct row_function row_functions[];

/*
 * Argument number i, from 0 on, which has to be of this kind. A word is one of names,
 * which end with NULL.
 */
const struct row_argument *row_octets(const struct row *r, size_t i);
uintmax_t row_number(const struct row *r, size_t i);
size_t row_word(const struct row *r, size_t i, const char *const *names);

/* The length of the piece that begins at octet at of the first argument. */
size_t row_piece(const struct row *r, size_t at);

/*
 * Answers octets as they are written in a row: "MAIL " "x"*995 "\r\n". row_say_text
 * answers a string, without its NUL, which has to be within size octets.
 */
void row_say_octets(const struct row *r, const void *octets, size_t n);
void row_say_text(const struct row *r, const char *text, size_t size);

/*
 * row_keep keeps the n octets that one of several calls gave; row_say_kept then answers
 * all of them as one. room is the room that the call had for them; if n is more,
 * row_keep answers that, and returns false.
 */
bool row_keep(const struct row *r, const void *octets, size_t n, size_t room);
void row_say_kept(const struct row *r);

#endif
