/*
 * printed: what a program printed, held against what a person says that it prints. That is
 * written as in a transcript, but a backslash is one, and a brace may stand alone.
 */
#ifndef PRINTED_H
#define PRINTED_H

#include "transcript/placeholder.h"

enum fit {
	PRINTED_FITS,
	PRINTED_DIFFERS,
	PRINTED_FITS_SO_FAR /* more of it could make it fit */
};

struct printed {
	const char *file_name; /* where the lines that are expected are, */
	unsigned long first;   /* the number of the first, */
	unsigned long line;    /* and of the command, */
	const char *command;   /* which is told with a difference */
	const char *expected;  /* lines, each with an LF */
	const char *octets;    /* what was printed: n of them */
	size_t n;
	bool whole;   /* it is all; else more may follow, and whole lines count alone */
	bool is_last; /* the last time: a difference is told, and the names are kept */
	struct placeholders *names; /* what they mean goes on from one to the next */
	size_t taken; /* the octets that fit; if they are not all, as many lines as expected */
};

/*
 * Compares them; the difference goes to standard output. The program ends with EX_DATAERR where
 * expected has too many different {NAME}s, with EX_OSERR where memory does not suffice.
 */
enum fit printed_compare(struct printed *p);

#endif
