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

/* Where a line is. */
static void put_place(const struct conversation *c, const struct line *line)
{
	if (line == NULL)
		printf("the end of %s", c->file_name);
	else
		printf("%s:%lu", c->file_name, line->number);
}

/* One of the two lines. */
static void put_line(const struct comparison *c, const struct view *v, bool expected)
{
	const char *which = expected ? "expected" : "actual";
	const struct line *line = expected ? c->line : c->said;

	printf("%-10s%s", which, expected ? v->expected : v->actual);
	if (line == NULL) {
		printf("(the %s conversation ends here: %c says nothing more)", which,
			letter(c));
	} else {
		if (line->kind != LINE_EVENT)
			printf("%c:", letter(c));
		view_text(v, line->text);
	}
	printf("%s\n", v->off);
}

static const char *ordinal(size_t n)
{
	static const char *const endings[] = {"th", "st", "nd", "rd"};

	return n % 100 / 10 == 1 || n % 10 > 3 ? "th" : endings[n % 10];
}

/* The two lines, and under them where they differ, and how. */
static void put_difference(const struct comparison *c, struct view *v)
{
	size_t n;

	view_turn(v, c->at);
	n = view_characters(c->said->text, c->at) + 1;
	put_line(c, v, true);
	put_line(c, v, false);
	view_caret(v, "expected  C:", c->said->text, c->at);
	printf("%scolumn %zu (the %zu%s character after %c:): %s%s\n", v->words, n + 2, n,
		ordinal(n), letter(c), c->words, v->off);
	if (c->names->given_up)
		printf("what its placeholders stand for was not found in %lu steps\n",
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
			printf("%s is what it was in %s:%lu\n", placeholder,
				c->actual.file_name, name->line);
	}
}

/* Tells the first difference. */
static void explain(const struct comparison *c)
{
	struct view v = view_begin();
	const struct line *one = c->line != NULL ? c->line : c->said;
	const char *rule = NULL;
	char moment[128];

	put_place(&c->expected, c->line);
	fputs(" and ", stdout);
	put_place(&c->actual, c->said);
	conversation_moment(c->side, one, moment, sizeof moment);
	printf(" differ, %s:\n", moment);
	if (!c->is_paired) {
		put_line(c, &v, true);
		put_line(c, &v, false);
		printf("%s%s%s\n", v.words, c->words, v.off);
	} else {
		put_difference(c, &v);
		put_meanings(c);
	}
	if (c->said != NULL && c->said->kind != LINE_EVENT)
		rule = rule_broken(c->actual.protocol, c->said, c->line);
	if (rule != NULL)
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
		puts("alike");
	return program_end(0);
}
