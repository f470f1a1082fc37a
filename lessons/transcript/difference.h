/*
 * difference: where a line that was said departs from the one that was expected, in
 * words, and how the two are shown, one under the other, with a caret.
 *
 *	expected  S:250 Hello crepes.fr, pleased to meet you
 *	actual    S:250 Hello crepes.fr,pleased to meet you
 *	                                ^
 *	a blank is missing
 */
#ifndef DIFFERENCE_H
#define DIFFERENCE_H

#include "transcript/placeholder.h"

#include <stdio.h>

struct difference {
	size_t at;	/* octets of the text of what was said that come before it */
	char words[96]; /* what is wrong there */
};

/*
 * Finds where said departs from expected, which placeholder_matches says it does. A
 * {NAME} without a meaning stays without one.
 */
void difference_find(struct difference *d, struct placeholders *names,
	const char *expected, const char *said);

/* How many octets of both lines are left out, so that one at that place is in view. */
size_t difference_cut(size_t at);

/* Writes what is in view of the n octets of a text, with dots for what is not. */
void difference_show(FILE *out, const char *text, size_t n, size_t cut);

/* Writes as many blanks as difference_show would take columns of a terminal. */
void difference_indent(FILE *out, const char *text, size_t n, size_t cut);

/* How many characters the n octets of a text are. */
size_t difference_characters(const char *text, size_t n);

#endif
