/*
 * printed: compares what a program printed with what was expected. Expected lines are
 * written as in a transcript, but a backslash is a backslash, and a single brace is
 * allowed.
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
	const char *file_name; /* the file of the expected lines, */
	unsigned long first;   /* the number of the first line, */
	unsigned long line;    /* and of the command, */
	const char *command;   /* which is shown with a difference */
	const char *expected;  /* lines, each with an LF */
	const char *octets;    /* what was printed: n of them */
	size_t n;
	bool whole;   /* this is all; else more may follow, and only whole lines count */
	bool is_last; /* the last time: report a difference, and keep the names */
	struct placeholders *names; /* their meanings pass from one command to the next */
	size_t taken; /* octets that fit; if not all do, as many lines as were expected */
};

/*
 * Compares them, and prints the difference on standard output. The program ends with
 * EX_DATAERR if expected has too many different {NAME}s, with EX_OSERR if memory is
 * short.
 */
enum fit printed_compare(struct printed *p);

#endif
