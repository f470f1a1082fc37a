/*
 * compare-transcripts: compares an expected conversation with the real one (articles:
 * A10). It shows the first difference, and the rule that the real line breaks, if it
 * does.
 *
 *	$ compare-transcripts lessons/03-the-transcript/expected.txt actual.txt
 *
 * Each side is compared in its own order, so a pipelined conversation is alike to one
 * in lock-step. With --codes only commands and reply codes count: a server may word its
 * replies as it likes (RFC 5321, 4.2). comparison.c compares; this page explains the
 * result. Begin at explain.
 */
#include "transcript/comparison.h"
#include "transcript/rule.h"
#include "transcript/view.h"
#include "wire/program.h"
#include "wire/spoken.h"
#include "wire/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
	"usage: compare-transcripts [--codes] EXPECTED ACTUAL\n"
	"\t--codes  only commands and reply codes count, not the words of replies\n"
	"Ends with 0 if they are alike, 1 if they differ, 66 if one of them cannot\n"
	"be read.\n";

static char letter(const struct comparison *c)
{
	return c->side == CLIENT ? 'C' : 'S';
}

#define PLACE (SCRIPT_NAME + 64)
#define NTH   32

/* Where a line is: writes it to place[PLACE]. */
static void say_place(const struct conversation *c, const struct line *line, char *place)
{
	if (line == NULL)
		snprintf(place, PLACE, spoken("the end of %s"), c->file_name);
	else
		snprintf(place, PLACE, "%s:%lu", c->file_name, line->number);
}

/* One of the two lines. */
static void put_line(const struct comparison *c, const struct view *v, bool expected)
{
	const struct line *line = expected ? c->line : c->said;

	utf8_padded(stdout, expected ? spoken("expected") : spoken("actual"), 10);
	fputs(expected ? v->expected : v->actual, stdout);
	if (line == NULL) {
		printf(expected ? spoken("(the expected conversation ends here: %c says "
					 "nothing more)")
				: spoken("(the actual conversation ends here: %c says "
					 "nothing more)"),
			letter(c));
	} else {
		if (line->kind != LINE_EVENT)
			printf("%c:", letter(c));
		view_text(v, line->text);
	}
	printf("%s\n", v->off);
}

/* Writes the number of a character to nth[NTH]. */
static void say_nth(size_t n, char *nth)
{
	size_t digit = n % 100 / 10 == 1 ? 0 : n % 10;

	snprintf(nth, NTH,
		digit == 1   ? spoken("%zust")
		: digit == 2 ? spoken("%zund")
		: digit == 3 ? spoken("%zurd")
			     : spoken("%zuth"),
		n);
}

/* The two lines, and under them where they differ, and how. */
static void put_difference(const struct comparison *c, struct view *v)
{
	char nth[NTH];
	size_t n;

	view_turn(v, c->at);
	n = view_characters(c->said->text, c->at) + 1;
	put_line(c, v, true);
	put_line(c, v, false);
	view_caret(v, "expected  C:", c->said->text, c->at);
	say_nth(n, nth);
	printf(spoken("%scolumn %zu (the %s character after %c:): %s%s\n"), v->words,
		n + 2, nth, letter(c), c->words, v->off);
	if (c->names->given_up)
		printf(spoken("what its placeholders stand for was not found in %lu "
			      "steps\n"),
			PLACEHOLDER_STEPS);
}

/* What the {NAME}s of the line have meant since another one. */
static void put_meanings(const struct comparison *c)
{
	for (size_t i = 0; i < c->names->count; i++) {
		const struct placeholder_name *name = &c->names->of[i];
		char placeholder[TRANSCRIPT_NAME + 2];

		snprintf(placeholder, sizeof placeholder, "{%s}", name->name);
		if (name->own != NULL && name->line != c->said->number &&
			strstr(c->line->text, placeholder) != NULL)
			printf(spoken("%s is what it was in %s:%lu\n"), placeholder,
				c->actual.file_name, name->line);
	}
}

/* Tells the first difference. */
static void explain(const struct comparison *c)
{
	struct view v = view_begin();
	const struct line *one = c->line != NULL ? c->line : c->said;
	char moment[MOMENT], rule[256], place[PLACE], other[PLACE];

	say_place(&c->expected, c->line, place);
	say_place(&c->actual, c->said, other);
	conversation_moment(c->side, one, moment, sizeof moment);
	printf(spoken("%s and %s differ, %s:\n"), place, other, moment);
	if (!c->is_paired) {
		put_line(c, &v, true);
		put_line(c, &v, false);
		printf("%s%s%s\n", v.words, c->words, v.off);
	} else {
		put_difference(c, &v);
		put_meanings(c);
	}
	if (c->said != NULL && c->said->kind != LINE_EVENT &&
		rule_broken(c->actual.protocol, c->said, c->line, rule, sizeof rule))
		puts(rule);
}

int main(int argc, char **argv)
{
	static struct script expected, actual;
	static struct comparison c;

	program_begin();
	if (argc > 1 && strcmp(argv[1], "--codes") == 0) {
		c.codes = true;
		argv++;
		argc--;
	}
	while (program_option(argc, argv, "h", usage) != -1)
		;
	if (optind + 2 != argc)
		program_usage(usage);
	c.names = &expected.names;
	expected.to_compare = actual.to_compare = true;
	script_open(&expected, argv[optind]);
	script_open(&actual, argv[optind + 1]);
	conversation_read(&c.expected, &expected, c.codes);
	c.actual.protocol = c.expected.protocol;
	conversation_read(&c.actual, &actual, c.codes);
	if (!comparison_alike(&c)) {
		explain(&c);
		return program_end(1);
	}
	if (isatty(STDOUT_FILENO))
		puts(spoken("alike"));
	return program_end(0);
}
