/*
 * filter: the command line that the transfer encodings have in common (articles: B9):
 * `name [-d] [FILE]`, from FILE or standard input to standard output.
 */
#ifndef FILTER_H
#define FILTER_H

#include <stdio.h>

/* Does its work from in to stdout; errors stay in both streams. */
typedef void filter_work(FILE *in);

/*
 * Encodes, or decodes with -d, as the arguments of main ask; usage is told for -h and
 * for arguments that are wrong. Returns what to exit with (sysexits.h); what failed was
 * told on standard error.
 */
int filter_main(int argc, char **argv, const char *usage, filter_work *encode,
	filter_work *decode);

#endif
