/*
 * excerpt: first a text in lines; then a line that is cut, and what is in view of a long
 * one; last two of them, one under the other. A Han character takes two columns.
 */
#include "classroom/excerpt.h"
#include "wire/spoken.h"
#include "wire/utf8.h"

#include <stdbool.h>
#include <string.h>

#define LABEL  10 /* columns of expected, got and their like */
#define LINE   72 /* of a line that is shown, */
#define SHOWN  60 /* of one that differs, */
#define BEFORE 30 /* before the difference, where what is before them is left out, */
#define AFTER  12 /* after it at the least, where they are not all in view */

void excerpt_wrap(FILE *to, const char *text, int width, int indent)
{
	int column = indent;
	bool begins = true;

	while (*text != '\0') {
		size_t blank = *text == ' ' ? 1 : 0;
		size_t n = blank + utf8_unbroken(text + blank);
		bool ends = *text == '\n';

		if (ends || (!begins && column + utf8_width(text, n) > width)) {
			fprintf(to, "\n%*s", indent, "");
			column = indent;
			text += blank;
			n -= blank;
		}
		fprintf(to, "%.*s", (int)n, text);
		column += utf8_width(text, n);
		begins = ends;
		text += n + (ends ? 1 : 0);
	}
	fputc('\n', to);
}

void excerpt_line(FILE *to, const char *line)
{
	size_t n = strcspn(line, "\n"), fits = utf8_fitting(line, n, LINE);

	fprintf(to, "  %.*s%s\n", (int)fits, line, fits < n ? "..." : "");
}

void excerpt_lines(FILE *to, const char *text, size_t lines)
{
	while (*text != '\0' && lines > 0) {
		excerpt_line(to, text);
		text += strcspn(text, "\n");
		text += *text == '\n' ? 1 : 0;
		lines--;
	}
	if (*text != '\0')
		fputs("  ...\n", to);
}

/* What is in view of a line that differs: from cut on, with dots for what is left out. */
static void put_window(FILE *to, const char *label, const char *line, size_t cut)
{
	size_t n = strlen(line), from = cut < n ? cut : n;
	size_t fits = utf8_fitting(line + from, n - from, SHOWN);

	fputs("  ", to);
	utf8_padded(to, label, LABEL);
	fprintf(to, "%s%.*s%s\n", cut > 0 ? "..." : "", (int)fits, line + from,
		from + fits < n ? "..." : "");
}

void excerpt_beginning(FILE *to, const char *label, const char *line)
{
	put_window(to, label, line, 0);
}

/* How many octets both have in common, as whole characters. */
static size_t common(const char *one, const char *other)
{
	size_t n = 0;

	while (one[n] != '\0' && one[n] == other[n])
		n++;
	while (n > 0 && (utf8_is_within(one[n]) || utf8_is_within(other[n])))
		n--;
	return n;
}

static bool fits_in_view(const char *line)
{
	return utf8_width(line, strlen(line)) <= SHOWN;
}

void excerpt_difference(
	FILE *to, const char *expected, const char *label, const char *got)
{
	size_t at = common(expected, got), cut = 0;
	int before = utf8_width(expected, at);

	if (before > SHOWN - AFTER && !(fits_in_view(expected) && fits_in_view(got)))
		cut = utf8_fitting(expected, at, before - BEFORE);
	put_window(to, spoken("expected"), expected, cut);
	put_window(to, label, got, cut);
	before = utf8_width(expected + cut, at - cut) + (cut > 0 ? 3 : 0);
	fprintf(to, "%*s^\n", 2 + LABEL + before, "");
}
