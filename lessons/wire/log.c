/*
 * log: first a line on its way to somebody who may not read, then the log of a program.
 * Begin with log_put.
 */
#include "wire/log.h"
#include "wire/clock.h"
#include "wire/utf8.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SOON   200  /* milliseconds until a line is left out */
#define AT_END 1000 /* the same for the last one */

/*
 * Writes what is left of a line, in pieces that a pipe takes without waiting once poll(2)
 * says that it takes any. Returns 0, though something may be left, or -1 with errno.
 */
static int write_on(struct log *l, int milliseconds)
{
	long long deadline = clock_milliseconds() + milliseconds;

	while (l->start < l->end) {
		struct pollfd fd = {l->fd, POLLOUT, 0};
		size_t left = l->end - l->start;
		long long wait = deadline - clock_milliseconds();
		ssize_t n;

		if (poll(&fd, 1, wait > 0 ? (int)wait : 0) <= 0) {
			l->stalled = true;
			return 0;
		}
		n = write(l->fd, l->line + l->start, left < PIPE_BUF ? left : PIPE_BUF);
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return -1;
		l->start += n > 0 ? (size_t)n : 0;
	}
	l->stalled = false;
	return 0;
}

/* Puts a line where it is written from, and writes of it what can be. */
static int begin_line(struct log *l, const char *line, size_t n, int milliseconds)
{
	l->start = 0;
	l->end = n < sizeof l->line ? n : sizeof l->line;
	memcpy(l->line, line, l->end);
	return write_on(l, milliseconds);
}

/* Says how many lines were left out, if any were, and the last one is written. */
static int say_lost(struct log *l, int milliseconds)
{
	char line[128];
	int n;

	if (l->lost == 0 || l->start < l->end)
		return 0;
	n = snprintf(line, sizeof line,
		"%s%lu lines left out: nobody read them in time\n", l->before, l->lost);
	l->lost = 0;
	return begin_line(l, line, (size_t)n, milliseconds);
}

int log_put(struct log *l, const char *line, size_t n)
{
	int patience = l->stalled ? 0 : SOON;

	if (write_on(l, patience) < 0 || say_lost(l, patience) < 0)
		return -1;
	if (l->start < l->end) {
		l->lost++;
		return 0;
	}
	return begin_line(l, line, n, patience);
}

int log_end(struct log *l)
{
	return write_on(l, AT_END) < 0 ? -1 : say_lost(l, AT_END);
}

/* The log of the program; the lock is for its threads. */
static char name[64]; /* "mail-queue: " */
static struct log standard_error = {.fd = STDERR_FILENO, .before = name};
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void log_begin(const char *program)
{
	snprintf(name, sizeof name, "%s: ", program);
}

/* Why is NULL for none. */
static void put(const char *why, const char *format, va_list arguments)
{
	char text[PIPE_BUF], line[PIPE_BUF];
	size_t n = 0, room = sizeof line - 1;

	n += (size_t)snprintf(line, room, "%s", name);
	vsnprintf(text, sizeof text, format, arguments);
	utf8_harmless(text, line + n, room - n);
	n = strlen(line);
	if (why != NULL)
		snprintf(line + n, room - n, ": %s", why);
	n = strlen(line);
	line[n] = '\n';
	pthread_mutex_lock(&lock);
	(void)log_put(&standard_error, line, n + 1);
	pthread_mutex_unlock(&lock);
}

void log_say(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	put(NULL, format, arguments);
	va_end(arguments);
}

void log_error(const char *format, ...)
{
	const char *why = strerror(errno);
	va_list arguments;

	va_start(arguments, format);
	put(why, format, arguments);
	va_end(arguments);
}
