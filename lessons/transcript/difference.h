/*
 * difference: where a line that was said departs from the one that was expected, and what
 * is wrong there, in words.
 *
 *	expected  S:250 Hello crepes.fr, pleased to meet you
 *	actual    S:250 Hello crepes.fr,pleased to meet you
 *	                                ^
 *	a blank is missing
 */
#ifndef DIFFERENCE_H
#define DIFFERENCE_H

#include "transcript/placeholder.h"

struct difference {
	size_t at;	/* octets of the text of what was said that come before it */
	char words[96]; /* what is wrong there */
};

/*
 * Finds where said departs from expected, which placeholder_matches says it does. A
 * {NAME} without a meaning stays without one; with names->given_up, a longer search could
 * have found that there is no difference.
 */
void difference_find(struct difference *d, struct placeholders *names,
	const char *expected, const char *said);

#endif
