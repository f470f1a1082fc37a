/*
 * row-text: first octets are read, then written. The one undoes the other.
 */
#include "classroom/row-text.h"

#include <ctype.h>
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define RUN 16 /* so many octets alike are told as "x"*16 */

/* One octet of a string: itself, or what a backslash and a letter stand for. */
static char take_octet(const char **at)
{
	static const char letters[] = "rnt0\\\"", octets[] = "\r\n\t\0\\\"";
	const char *letter;
	char digits[3] = "";

	if (**at != '\\')
		return *(*at)++;
	(*at)++;
	if (**at == 'x' && strlen(*at) > 2) {
		memcpy(digits, *at + 1, 2);
		*at += 3;
		return (char)strtoul(digits, NULL, 16);
	}
	letter = **at != '\0' ? strchr(letters, **at) : NULL;
	if (letter == NULL)
		errx(EX_DATAERR, "an unknown escape: %s", *at);
	(*at)++;
	return octets[letter - letters];
}

/* "abc" or "abc"*5; what follows. */
static const char *take_string(const char *at, FILE *to)
{
	char octets[4096] = "";
	size_t n = 0;
	unsigned long times = 1;
	char *end;

	at++;
	while (*at != '"') {
		if (*at == '\0' || n == sizeof octets)
			errx(EX_DATAERR, "a string without an end: %s", octets);
		octets[n++] = take_octet(&at);
	}
	at++;
	if (*at == '*') {
		times = strtoul(at + 1, &end, 10);
		at = end;
	}
	for (; times > 0; times--)
		fwrite(octets, 1, n, to);
	return at + strspn(at, " ");
}

const char *row_read(const char *at, FILE *to)
{
	while (*at == '"')
		at = take_string(at, to);
	return at;
}

static bool is_letter_escaped(unsigned char octet)
{
	return memchr("\r\n\t\0\\\"", octet, 6) != NULL;
}

/* Whether C would take a digit after this octet, \xNN or \0, for one of its own. */
static bool swallows(unsigned char octet)
{
	bool is_number = octet < ' ' || octet >= 0x7f;

	return octet == '\0' || (is_number && !is_letter_escaped(octet));
}

static void write_octet(FILE *to, unsigned char octet)
{
	static const char octets[] = "\r\n\t\0\\\"", letters[] = "rnt0\\\"";
	const char *found = memchr(octets, octet, sizeof octets - 1);

	if (found != NULL)
		fprintf(to, "\\%c", letters[found - octets]);
	else if (octet < ' ' || octet >= 0x7f)
		fprintf(to, "\\x%02x", octet);
	else
		putc(octet, to);
}

/* One string. For C it is two where a digit would be swallowed. */
static void write_string(FILE *to, const unsigned char *octets, size_t n, bool as_c)
{
	putc('"', to);
	for (size_t i = 0; i < n; i++) {
		if (as_c && i > 0 && swallows(octets[i - 1]) && isxdigit(octets[i]))
			fputs("\" \"", to);
		write_octet(to, octets[i]);
	}
	putc('"', to);
}

/* An octet that is there so many times. */
static void write_many(FILE *to, const unsigned char *octet, size_t times, bool as_c)
{
	write_string(to, octet, 1, as_c);
	if (as_c)
		fprintf(to, " /* %zu times */", times);
	else
		fprintf(to, "*%zu", times);
}

/* How many octets are alike, from the first one on. */
static size_t run_of(const unsigned char *octets, size_t n)
{
	size_t i = 0;

	while (i < n && octets[i] == octets[0])
		i++;
	return i;
}

void row_write(FILE *to, const void *text, size_t n, bool as_c)
{
	const unsigned char *octets = text, *end = octets + n;

	if (n == 0)
		fputs("\"\"", to);
	while (octets < end) {
		size_t left = (size_t)(end - octets), run = run_of(octets, left), few = 0;

		if (run >= RUN) {
			write_many(to, octets, run, as_c);
			octets += run;
		} else {
			while (few < left && run < RUN) {
				few += run;
				run = run_of(octets + few, left - few);
			}
			write_string(to, octets, few, as_c);
			octets += few;
		}
		if (octets < end)
			putc(' ', to);
	}
}
