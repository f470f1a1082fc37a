/*
 * story: a story is one reason, what went well before it, what was expected and what
 * came, one under the other. The output of a program is shown with \xNN for each octet
 * that is not text. Begin at story_tell.
 */
#include "classroom/story.h"
#include "classroom/crash.h"
#include "classroom/excerpt.h"
#include "wire/spoken.h"
#include "wire/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define UNWRITTEN "\\xa5" /* in an answer: what row-memory.c has filled memory with */

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

/* The first line in which two files differ. */
static void put_files(FILE *to, const struct run *r, const char *octets, size_t n)
{
	size_t size = r->expected_size, same = 0;
	char *expected = visible(r->expected, size), *got = visible(octets, n);
	const char *e, *g;

	if (n < size && memcmp(r->expected, octets, n) == 0 &&
		(n == 0 || octets[n - 1] != '\n'))
		fprintf(to,
			size - n == 1
				? spoken("It ends too early: %zu octet is missing.\n")
				: spoken("It ends too early: %zu octets are missing.\n"),
			size - n);
	e = work_line(&expected);
	g = work_line(&got);
	while (e != NULL && g != NULL && strcmp(e, g) == 0) {
		e = work_line(&expected);
		g = work_line(&got);
		same++;
	}
	if (same == 0)
		fputs(spoken("The first line:\n"), to);
	else
		fprintf(to,
			same == 1
				? spoken("%zu line is as it should be. Then line %zu:\n")
				: spoken("%zu lines are as they should be. Then line "
					 "%zu:\n"),
			same, same + 1);
	e = e != NULL ? e : spoken("(nothing more)");
	g = g != NULL ? g : spoken("(nothing more)");
	excerpt_difference(to, e, spoken("got"), g);
	fputs(spoken("  (\\r\\n and \\n are how the line ends, \\c: it has no end)\n"),
		to);
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
		fputs(spoken("This went well:\n"), to);
	if (from > 0)
		fprintf(to,
			from == 1 ? spoken("  ... %zu line before\n")
				  : spoken("  ... %zu lines before\n"),
			from);
	for (size_t i = from; i < end; i++)
		excerpt_line(to, start[i % 512]);
}

/* What was to come, as a transcript has it, or in words. */
static const char *expected_of(const struct player *p)
{
	const struct script *s = &p->script;

	switch (s->step) {
	case STEP_SAID:
		return s->who == p->peer ? work_text("%c:%s", p->peer, s->text)
					 : spoken("(that it listens)");
	case STEP_LINES:
		return spoken("(lines)");
	case STEP_CLOSES:
		return work_text("!%c closes", s->who);
	case STEP_RESETS:
	case STEP_WAIT:
		return work_text("!%c resets", s->who);
	case STEP_END:
		break;
	}
	return spoken("(nothing more)");
}

/* The line that was to come, and what came instead. */
static void put_departure(FILE *to, const struct run *r)
{
	const struct player *p = r->player;
	bool heard = strstr(r->told, "\n\tgot ") != NULL;
	const char *expected = expected_of(p), *got = spoken("(nothing more)");

	put_well(to, r->said, heard);
	if (heard)
		got = work_text("%c:%s", p->peer, p->heard);
	if (*r->moment != '\0')
		fprintf(to, spoken("Then, %s:\n"), r->moment);
	else
		fputs(spoken("Then:\n"), to);
	if (heard && p->script.step == STEP_SAID) {
		excerpt_difference(to, expected, spoken("actual"), got);
		if (r->words != NULL && *r->words != '\0')
			fprintf(to, "  %s\n", r->words);
	} else {
		excerpt_beginning(to, spoken("expected"), expected);
		excerpt_beginning(to, spoken("actual"), got);
	}
	if (p->script.step == STEP_CLOSES)
		fputs(spoken("  here the connection should have been closed\n"), to);
	else if (!heard && p->end != HEARD_LINE)
		fputs(spoken("  the connection was closed instead\n"), to);
	else if (!heard)
		fputs(spoken("  nothing came for 5 seconds: it waits, but for what?\n"),
			to);
	if (r->stuck && r->verdict == DIFFERS)
		fputs(spoken("And it did not end when it was told to: is there a loop "
			     "without end?\n"),
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
	int n = (int)strcspn(row->call, "(");
	char *how;

	if (strchr(r->cut, '+') != NULL)
		how = work_text(spoken("%s: %.*s, with what comes cut after octet %ld:"),
			row->sentence, n, row->call, strtol(r->cut, NULL, 10));
	else if (strcmp(r->cut, "whole") != 0)
		how = work_text(
			spoken("%s: %.*s, with what comes cut into pieces of %s:"),
			row->sentence, n, row->call, r->cut);
	else
		how = work_text(spoken("%s: %.*s:"), row->sentence, n, row->call);
	excerpt_wrap(to, how, width, 0);
	if (r->code != NULL)
		put_code(to, r->code);
	else
		excerpt_line(to, row->call);
	if (r->answer == NULL) {
		excerpt_beginning(to, spoken("expected"), row->expected);
		return;
	}
	excerpt_difference(to, row->expected, spoken("got"), r->answer);
	if (strstr(r->answer, UNWRITTEN) != NULL &&
		strstr(row->expected, UNWRITTEN) == NULL)
		fputs(spoken("  (\\xa5: never written)\n"), to);
}

/* The first sentence, of a verdict that needs no more than that; NULL for the others. */
static char *sentence_of(const struct run *r)
{
	switch (r->verdict) {
	case OUTPUT:
		return work_text(spoken("What it printed is not what it should be."));
	case ENDED_BADLY:
		if (r->row != NULL)
			return work_text(spoken("It ended before it had answered, with "
						"status %d."),
				WEXITSTATUS(r->status));
		return work_text(spoken("What it did is right, but it did not end well: "
					"its exit status is %d."),
			WEXITSTATUS(r->status));
	case LEFT:
		return work_text(spoken(
			"What was said is right. The files that it left are not."));
	case CRASHED:
		return crash_words(r);
	case TIME_OVER:
		return work_text(spoken("It did not end: is there a loop without end?"));
	case TOO_MUCH:
		return work_text(spoken("It wrote without end."));
	case DID_NOTHING:
		return work_text(spoken("It ended before it did anything."));
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
	char *words = work_text("%s", "");

	work_add_all(&command, exercise_says(r->exercise, "run", 0));
	work_add_all(&command, own != NULL ? own : "");
	for (size_t i = 0; i < command.n; i++)
		words = work_text("%s%s%.*s", words, i > 0 ? " " : "",
			(int)strcspn(command.argv[i], "\n"), command.argv[i]);
	fprintf(to, spoken("The command is %s, its input %s/%s.in:\n"), words,
		r->exercise->cases, r->of->name);
	excerpt_lines(to, visible(input, n < 2000 ? n : 2000), 8);
}

void story_tell(FILE *to, const struct run *r, const char *about, int width)
{
	const char *sentence = sentence_of(r);
	bool went_on = r->verdict == DIFFERS && r->player->script.step == STEP_CLOSES;

	if (*about != '\0')
		excerpt_wrap(to, work_text(spoken("%s."), about), width, 0);
	if (sentence != NULL)
		excerpt_wrap(to, sentence, width, 0);
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
		fputs(spoken("It said on standard error:\n"), to);
		excerpt_lines(to, visible(r->errors, strlen(r->errors)), 3);
	}
}

/* The text, or as much of it as a line of a record takes. */
static char *in_brief(const char *text)
{
	return work_text("%.*s", (int)utf8_fitting(text, strlen(text), 100), text);
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
		return in_brief(words);
	}
	if (sentence == NULL)
		return in_brief(r->row->sentence);
	sentence[strcspn(sentence, "\n")] = '\0';
	return sentence;
}
