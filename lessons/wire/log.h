/*
 * log: lines that a program writes while it works. If nobody reads them, a pipe is full
 * after a while, and a write into it would stop the work for ever. So a line that
 * cannot be written soon is left out. Once somebody reads again, the log says how many
 * lines it left out. It never cuts a line.
 */
#ifndef LOG_H
#define LOG_H

#include <stdbool.h>
#include <stddef.h>

#define LOG_LINE 40000 /* octets of a line, with its LF */

/* Set the first two; the rest begins as zeros. */
struct log {
	int fd;
	const char *before; /* what a line of our own begins with */
	unsigned long lost; /* lines left out since the last time this was said */
	bool stalled;	    /* nobody seems to read */
	size_t start, end;  /* the octets of line[] that are not written yet */
	char line[LOG_LINE];
};

/*
 * Writes n octets, a whole line with its LF, or leaves them out. It waits a fifth of a
 * second at most, and only once until somebody reads again. Returns 0, or -1 with errno
 * once writing has failed for good.
 */
int log_put(struct log *l, const char *line, size_t n);

/* To be called before the end: writes what is left, and waits a second at most. */
int log_end(struct log *l);

/*
 * The log of the program, on standard error. log_begin sets the program's name, which
 * begins each line. log_say writes a line, formatted as printf does; log_error adds
 * what errno means. Both make it harmless (utf8_harmless). Any thread may call them.
 */
void log_begin(const char *program);
void log_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
