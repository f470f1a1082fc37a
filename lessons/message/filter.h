/*
 * filter: the command line that the transfer encodings have in common (articles: B9):
 * `name [-d] [FILE]`, from FILE or standard input to standard output.
 */
#ifndef FILTER_H
#define FILTER_H

#include <stdio.h>

/* Reads in and writes to stdout; errors stay in both streams. */
typedef void filter_work(FILE *in);

/*
 * Encodes, or decodes with -d, as the arguments of main say; prints usage for -h and
 * for wrong arguments. Returns the exit status (sysexits.h), after a message on
 * standard error if it failed.
 */
int filter_main(int argc, char **argv, const char *usage, filter_work *encode,
	filter_work *decode);

#endif
