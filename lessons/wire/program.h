/*
 * program: what all programs do first, with their command line, and last. main has
 * nothing but the options of its own program:
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
 * To be called first by a program that writes files or opens connections. A program may
 * be started with its standard input or output closed (`program >&-`). Then the next
 * file or connection that it opens would get that descriptor, and printf would write
 * into it. So program_begin opens each closed descriptor on something that can be
 * neither read nor written, and the program gets an error if it uses it. A file that
 * may grow no more (ulimit -f) is an error too, and no longer a signal that kills. The
 * time zone is read here, while there is only one thread.
 */
void program_begin(void);

/*
 * The next option, as getopt(3) returns it: -1 after the last. -h prints usage and
 * exits 0; an unknown option ends the program as program_usage does.
 */
int program_option(int argc, char **argv, const char *options, const char *usage);

/* The command line is wrong: prints usage on stderr, and exits with EX_USAGE. */
_Noreturn void program_usage(const char *usage);

/*
 * Returns status, to exit with. If standard output could not be written, ends the
 * program with a line on stderr and EX_IOERR.
 */
int program_end(int status);

/*
 * Whether standard output is a terminal that shows colours, and its user has not asked
 * for none (NO_COLOR in the environment).
 */
bool program_has_colours(void);

/*
 * How many columns and lines of text the terminal on standard output has. Both stay as
 * they are if it is not a terminal, or the terminal does not know.
 */
void program_terminal(int *columns, int *lines);

/*
 * Lets the program open that many descriptors, or as many as it may. Returns how many.
 */
unsigned long program_descriptors(unsigned long wanted);

#endif
