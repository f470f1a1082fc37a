/*
 * story: a story is one reason, what went well before it, what was expected and what
 * came, one under the other. The output of a program is shown with \xNN for each octet
 * that is not text. Begin at story_tell.
 */
#include "classroom/story.h"
#include "classroom/crash.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define LINE   72 /* columns of a line that is shown */
#define SHOWN  60 /* of one that differs, */
#define BEFORE 30 /* so many before the difference */

void story_wrap(FILE *to, const char *text, int width, int indent)
{
	int column = indent;
	bool begins = true;

	while (*text != '\0') {
		int n = (int)strcspn(text, " \n");

		if (!begins && column + 1 + n > width) {
			fprintf(to, "\n%*s", indent, "");
			column = indent;
		} else if (!begins) {
			fputc(' ', to);
			column++;
		}
		fprintf(to, "%.*s", n, text);
		column += n;
		begins = text[n] == '\n';
		if (begins) {
			fprintf(to, "\n%*s", indent, "");
			column = indent;
		}
		text += n + (text[n] != '\0' ? 1 : 0);
	}
	fputc('\n', to);
}

/* Octets as lines that can be read: each ends in what ended it, \c where nothing did. */
static char *visible(const char *octets, size_t n)
{
	size_t size;
	char *text;
	FILE *to = open_memstream(&text, &size);

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)octets[i];

		if (c == '\r')
			fputs("\\r", to);
		else if (c == '\n')
			fputs("\\n\n", to);
		else if (c == '\\')
			fputs("\\\\", to);
		else if (c < ' ' || c > '~')
			fprintf(to, "\\x%02x", c);
		else
			fputc(c, to);
	}
	if (n > 0 && octets[n - 1] != '\n')
		fputs("\\c\n", to);
	fclose(to);
	return text;
}

static void put_cut(FILE *to, const char *line, size_t most)
{
	size_t n = strcspn(line, "\n");

	fprintf(to, "  %.*s%s\n", (int)(n < most ? n : most), line,
		n > most ? "..." : "");
}

/* At most so many lines of a text. */
static void put_lines(FILE *to, const char *text, size_t lines)
{
	while (*text != '\0' && lines > 0) {
		put_cut(to, text, LINE);
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

	fprintf(to, "  %-10s%s%.*s%s\n", label, cut > 0 ? "..." : "", SHOWN, line + from,
		n > from + SHOWN ? "..." : "");
}

/* How many octets both have in common. */
static size_t common(const char *one, const char *other)
{
	size_t n = 0;

	while (one[n] != '\0' && one[n] == other[n])
		n++;
	return n;
}

/* Two lines, one under the other, and a caret where they part. */
static void put_difference(
	FILE *to, const char *expected, const char *label, const char *got, size_t at)
{
	size_t cut = at > SHOWN ? at - BEFORE : 0;

	put_window(to, "expected", expected, cut);
	put_window(to, label, got, cut);
	fprintf(to, "%*s^\n", (int)(12 + (cut > 0 ? 3 : 0) + at - cut), "");
}

/* The first line in which two files differ. */
static void put_files(FILE *to, const struct run *r, const char *octets, size_t n)
{
	size_t size = r->expected_size, same = 0;
	char *expected = visible(r->expected, size), *got = visible(octets, n);
	const char *e, *g;

	if (n < size && memcmp(r->expected, octets, n) == 0 &&
		(n == 0 || octets[n - 1] != '\n'))
		fprintf(to, "It ends too early: %zu octet%s missing.\n", size - n,
			size - n == 1 ? " is" : "s are");
	e = work_line(&expected);
	g = work_line(&got);
	while (e != NULL && g != NULL && strcmp(e, g) == 0) {
		e = work_line(&expected);
		g = work_line(&got);
		same++;
	}
	if (same == 0)
		fprintf(to, "The first line:\n");
	else
		fprintf(to, "%zu line%s as %s should be. Then line %zu:\n", same,
			same == 1 ? " is" : "s are", same == 1 ? "it" : "they", same + 1);
	e = e != NULL ? e : "(nothing more)";
	g = g != NULL ? g : "(nothing more)";
	put_difference(to, e, "got", g, common(e, g));
	fputs("  (\\r\\n and \\n are how the line ends, \\c: it has no end)\n", to);
}

/* What was said, the last lines of it, but for the line that should not have been said. */
static void put_well(FILE *to, const char *said, bool but_for_last)
{
	const char *start[512];
	size_t n = 0, end, from;

	for (const char *p = said; *p != '\0'; p += strcspn(p, "\n") + 1)
		start[n++ % 512] = p;
	end = n - (but_for_last && n > 0 ? 1 : 0);
	from = end > 8 ? end - 8 : 0;
	if (end > 0)
		fputs("This went well:\n", to);
	if (from > 0)
		fprintf(to, "  ... %zu line%s before\n", from, from == 1 ? "" : "s");
	for (size_t i = from; i < end; i++)
		put_cut(to, start[i % 512], LINE);
}

/* The line that was to come, and what came instead. */
static void put_departure(FILE *to, const struct run *r)
{
	const struct player *p = r->player;
	bool heard = strstr(r->told, "\n\tgot ") != NULL,
	     end = p->script.step == STEP_CLOSES;
	char *expected, *got = work_text("%s", "(nothing more)");

	put_well(to, r->said, heard);
	if (p->script.step == STEP_END || p->script.step == STEP_LINES)
		expected = work_text(
			"%s", p->script.step == STEP_END ? "(nothing more)" : "(lines)");
	else if (p->script.step == STEP_SAID && p->script.who == p->peer)
		expected = work_text("%c:%s", p->peer, p->script.text);
	else if (p->script.step == STEP_SAID)
		expected = work_text("(that it listens)");
	else
		expected = work_text("!%c %s", p->script.who, end ? "closes" : "resets");
	if (heard)
		got = work_text("%c:%s", p->peer, p->heard);
	fprintf(to, "Then%s%s:\n", *r->moment != '\0' ? ", " : "", r->moment);
	if (heard && p->script.step == STEP_SAID) {
		put_difference(to, expected, "actual", got, common(expected, got));
		if (r->words != NULL && *r->words != '\0')
			fprintf(to, "  %s\n", r->words);
	} else {
		put_window(to, "expected", expected, 0);
		put_window(to, "actual", got, 0);
	}
	if (end)
		fputs("  here the connection should have been closed\n", to);
	else if (!heard && p->end != HEARD_LINE)
		fputs("  the connection was closed instead\n", to);
	else if (!heard)
		fputs("  nothing came for 5 seconds: it waits, but for what?\n", to);
	if (r->stuck && r->verdict == DIFFERS)
		fputs("And it did not end when it was told to: is there a loop without "
		      "end?\n",
			to);
}

/* Code of a driver: in one line, in which \\n ends a line, and \\\\ is a backslash. */
static void put_code(FILE *to, const char *code)
{
	bool begins = true;

	for (const char *p = code; *p != '\0'; p++) {
		bool escaped = *p == '\\' && p[1] != '\0';

		p += escaped ? 1 : 0;
		if (begins)
			fputs("    ", to);
		begins = escaped && *p == 'n';
		fputc(begins ? '\n' : *p, to);
	}
	fputs(begins ? "" : "\n", to);
}

/* The row that differs: its call, as a student can paste it, and what came of it. */
static void put_row(FILE *to, const struct run *r, int width)
{
	const struct exercise_row *row = r->row;
	char *how = work_text(
		"%s: %.*s", row->sentence, (int)strcspn(row->call, "("), row->call);

	if (strchr(r->cut, '+') != NULL)
		how = work_text("%s, with what comes cut after octet %ld", how,
			strtol(r->cut, NULL, 10));
	else if (strcmp(r->cut, "whole") != 0)
		how = work_text("%s, with what comes cut into pieces of %s", how, r->cut);
	story_wrap(to, work_text("%s:", how), width, 0);
	if (r->code != NULL)
		put_code(to, r->code);
	else
		put_cut(to, row->call, LINE);
	if (r->answer != NULL)
		put_difference(to, row->expected, "got", r->answer,
			common(row->expected, r->answer));
	else
		put_window(to, "expected", row->expected, 0);
}

/* The first sentence, of a verdict that needs no more than that; NULL for the others. */
static char *sentence_of(const struct run *r)
{
	switch (r->verdict) {
	case OUTPUT:
		return work_text("What it printed is not what it should be.");
	case ENDED_BADLY:
		if (r->row != NULL)
			return work_text(
				"It ended before it had answered, with status %d.",
				WEXITSTATUS(r->status));
		return work_text(
			"What it did is right, but it did not end well: its exit "
			"status is %d.",
			WEXITSTATUS(r->status));
	case LEFT:
		return work_text(
			"What was said is right. The files that it left are not.");
	case CRASHED:
		return crash_words(r);
	case TIME_OVER:
		return work_text("It did not end: is there a loop without end?");
	case TOO_MUCH:
		return work_text("It wrote without end.");
	case DID_NOTHING:
		return work_text("It ended before it did anything.");
	case HOLDS:
	case ROW_DIFFERS:
	case DIFFERS:
		break;
	}
	return NULL;
}

/* What a filter was given, its first lines. */
static void put_input(FILE *to, const struct run *r)
{
	struct work_command command = {0};
	size_t n;
	char *own = exercise_file(r->exercise, r->of, "args", &n);
	char *input = exercise_file(r->exercise, r->of, "in", &n);

	work_add_all(&command, exercise_says(r->exercise, "run", 0));
	work_add_all(&command, own != NULL ? own : "");
	fputs("The command is", to);
	for (size_t i = 0; i < command.n; i++)
		fprintf(to, " %.*s", (int)strcspn(command.argv[i], "\n"),
			command.argv[i]);
	fprintf(to, ", its input %s/%s.in:\n", r->exercise->cases, r->of->name);
	put_lines(to, visible(input, n < 2000 ? n : 2000), 8);
}

void story_tell(FILE *to, const struct run *r, const char *about, int width)
{
	const char *sentence = sentence_of(r);
	bool went_on = r->verdict == DIFFERS && r->player->script.step == STEP_CLOSES;

	if (*about != '\0')
		story_wrap(to, work_text("%s.", about), width, 0);
	if (sentence != NULL)
		story_wrap(to, sentence, width, 0);
	if (r->verdict == DIFFERS || (r->verdict == TIME_OVER && r->stuck))
		put_departure(to, r);
	if (r->row != NULL)
		put_row(to, r, width);
	if (r->verdict == OUTPUT)
		put_files(to, r, r->printed, r->printed_size);
	if (r->verdict == LEFT)
		put_files(to, r, r->left, r->left_size);
	if (r->row == NULL && exercise_is_filter(r->exercise, r->of))
		put_input(to, r);
	if (r->verdict != CRASHED && !went_on && r->errors != NULL &&
		*r->errors != '\0') {
		fputs("It said on standard error:\n", to);
		put_lines(to, visible(r->errors, strlen(r->errors)), 3);
	}
}

char *story_words(const struct run *r, const char *about)
{
	char *words, *sentence = sentence_of(r);

	if (*about != '\0')
		return work_text("%s", about);
	if (r->verdict ==
		DIFFERS) { /* examine: FILE:LINE: expected 250, got 500: never */
		words = crash_after(r->told, ".txt:", "\n");
		words = words != NULL && strchr(words, ' ') != NULL
				? strchr(words, ' ') + 1
				: "";
		return work_text("%.100s", words);
	}
	if (sentence == NULL)
		return work_text("%.100s", r->row->sentence);
	sentence[strcspn(sentence, "\n")] = '\0';
	return sentence;
}
