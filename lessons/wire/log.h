/*
 * log: lines that a program writes while it works, for whoever reads them. Nobody may: then
 * a pipe is full after a while, and to write into it would hold up the work for ever. So a
 * line that cannot be written soon is left out; how many that were is said once the others
 * are read again. No line is ever cut.
 */
#ifndef LOG_H
#define LOG_H

#include <stdbool.h>
#include <stddef.h>

#define LOG_LINE 40000 /* octets of a line, with its LF */

/* Begin with zeros, but for the first two. */
struct log {
	int fd;
	const char *before; /* what a line of our own begins with */
	unsigned long lost; /* so many lines were left out, and that is not said yet */
	bool stalled;	    /* nobody seems to read */
	size_t start, end;  /* of line: what of it is not written yet */
	char line[LOG_LINE];
};

/*
 * Writes n octets, a whole line with its LF, or leaves them out. Waits a fifth of a second
 * at most, once, until somebody reads again. Returns 0, or -1 with errno where nothing can
 * be written any more.
 */
int log_put(struct log *l, const char *line, size_t n);

/* Before the end: says what is left to say, and waits a second for that at most. */
int log_end(struct log *l);

/*
 * The log of the program, on standard error: a line, formatted as printf does, after the
 * program's name, which log_begin tells; log_error adds what errno means. It is made
 * harmless (utf8_harmless). Any thread may.
 */
void log_begin(const char *program);
void log_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
