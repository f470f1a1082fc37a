/*
 * err: err(3), errx(3), warn(3) and warnx(3), with which every program reports what is
 * wrong, as in libc; but here the message is always one harmless line, whatever name of
 * a file, or word of a stranger, is in it (utf8_harmless). They are declared in err.h,
 * and linked before those of libc.
 */
#include "wire/utf8.h"

#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE 8192 /* octets; what is longer is cut */

#if defined(__GLIBC__) || defined(__linux__)
extern const char *__progname;
#define program_name() __progname
#else
#define program_name() getprogname()
#endif

/* The line; why is NULL for none. */
static void tell(const char *why, const char *format, va_list arguments)
{
	char text[LINE], line[LINE];

	vsnprintf(text, sizeof text, format, arguments);
	fprintf(stderr, "%s: %s%s%s\n", program_name(),
		utf8_harmless(text, line, sizeof line), why != NULL ? ": " : "",
		why != NULL ? why : "");
}

void warn(const char *format, ...)
{
	const char *why = strerror(errno);
	va_list arguments;

	va_start(arguments, format);
	tell(why, format, arguments);
	va_end(arguments);
}

void warnx(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	tell(NULL, format, arguments);
	va_end(arguments);
}

void err(int status, const char *format, ...)
{
	const char *why = strerror(errno);
	va_list arguments;

	va_start(arguments, format);
	tell(why, format, arguments);
	va_end(arguments);
	exit(status);
}

void errx(int status, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	tell(NULL, format, arguments);
	va_end(arguments);
	exit(status);
}
