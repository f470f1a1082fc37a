/*
 * program: what all programs do first, with their command line, and last. Each begins on
 * safe ground, whoever started it, and no main has more than its own options:
 *
 *	program_begin();
 *	while ((option = program_option(argc, argv, "1o:h", usage)) != -1)
 *		switch (option) {
 *		case '1':
 *			...
 *		}
 *	if (optind == argc)
 *		program_usage(usage);
 *	...
 *	return program_end(status);
 */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <stdbool.h>

/*
 * To be called first by a program that writes files or opens connections. Whoever starts
 * it may have closed its standard input or output (`program >&-`), and the next file or
 * connection that is opened would take that place: what is said would be written into it.
 * So the places are taken here, by what can neither be read from nor written to, and the
 * program meets an error where it uses them. A file that may grow no more (ulimit -f) is
 * an error too, not the program's end. And the time zone is read, while there is only one
 * thread to read it.
 */
void program_begin(void);

/*
 * The next option, as getopt(3) has it: -1 after the last. -h prints usage and exits 0;
 * what is no option ends as program_usage does.
 */
int program_option(int argc, char **argv, const char *options, const char *usage);

/* The command line is wrong: prints usage on stderr, and exits with EX_USAGE. */
_Noreturn void program_usage(const char *usage);

/*
 * Returns status, to exit with; or ends the program with a word on stderr and EX_IOERR
 * where standard output could not be written.
 */
int program_end(int status);

/*
 * Whether standard output is a terminal that shows colours, and its user has not asked
 * for none (NO_COLOR in the environment).
 */
bool program_has_colours(void);

/*
 * How many columns and lines of text the terminal has that standard output is; both stay what
 * they are where it is none, or does not know.
 */
void program_terminal(int *columns, int *lines);

/*
 * Lets the program open so many descriptors, or as many as it may. Returns how many that
 * are.
 */
unsigned long program_descriptors(unsigned long wanted);

#endif
