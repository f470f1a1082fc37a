/*
 * compare-transcripts: what should have been said against what was said (articles: A10).
 * The first difference is shown, and the rule that the actual line breaks, if it does.
 *
 *	$ compare-transcripts lessons/03-the-transcript/expected.txt actual.txt
 *
 * Each side is compared in its own order, so a pipelined conversation is alike to one in
 * lock-step. With --codes only commands and reply codes count: a server may word its
 * replies as it likes (RFC 5321, 4.2). How it is compared is in comparison.c; here is how
 * it is told. Begin at explain.
 */
#include "transcript/comparison.h"
#include "transcript/rule.h"
#include "wire/program.h"
#include "wire/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MARGIN	12 /* columns before the text of a line: "expected  S:" */
#define IN_VIEW 60 /* octets of a long line that are shown, */
#define LEAD_IN 30 /* of which so many are before the difference */

static const char usage[] =
	"usage: compare-transcripts [--codes] EXPECTED ACTUAL\n"
	"\t--codes  only commands and reply codes count, not the words of replies\n"
	"Ends with 0 where they are alike, 1 where they differ, 66 where one cannot\n"
	"be read.\n";

/* Colours of a terminal; none where it is none. */
struct colours {
	const char *expected, *actual, *caret, *words, *off;
};

static struct colours colours(void)
{
	if (!program_has_colours())
		return (struct colours){"", "", "", "", ""};
	return (struct colours){
		"\033[32m", "\033[31m", "\033[1;31m", "\033[1m", "\033[0m"};
}

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

/* A text, or what of it is in view after so many octets, with dots for what is not. */
static void put_view(const char *text, size_t cut)
{
	char view[IN_VIEW + 4]; /* the last character may be of four octets */
	size_t length = strlen(text), n;

	cut = cut < length ? cut : length;
	while (utf8_is_within(text[cut]))
		cut++;
	n = utf8_copy(text + cut, length - cut, '?', '?', view, sizeof view);
	printf("%s%s%s", cut > 0 ? "..." : "", view, cut + n < length ? "..." : "");
}

/* One of the two lines. */
static void put_line(
	const struct comparison *c, const struct colours *in, bool expected, size_t cut)
{
	const char *which = expected ? "expected" : "actual";
	const struct line *line = expected ? c->line : c->said;

	printf("%-10s%s", which, expected ? in->expected : in->actual);
	if (line == NULL) {
		printf("(the %s conversation ends here: %c says nothing more)", which,
			letter(c));
	} else {
		if (line->kind != LINE_EVENT)
			printf("%c:", letter(c));
		put_view(line->text, cut);
	}
	printf("%s\n", in->off);
}

/*
 * The columns of a character, by its first octets: Chinese and its like take two, an
 * accent of its own takes none.
 */
static int columns(const char *character)
{
	unsigned char first = (unsigned char)character[0];

	if (first == 0xcc)
		return 0;
	if (first == 0xef)
		return character[1] == '\xbc' || character[1] == '\xbd' ? 2 : 1;
	return first >= 0xe3 ? 2 : 1;
}

static const char *ordinal(size_t n)
{
	static const char *const endings[] = {"th", "st", "nd", "rd"};

	return n % 100 / 10 == 1 || n % 10 > 3 ? "th" : endings[n % 10];
}

/* The two lines, and under them where they differ, and how. */
static void put_difference(const struct comparison *c, const struct colours *in)
{
	const char *said = c->said->text;
	size_t cut = 0, n = 1;
	int blanks = MARGIN;

	if (c->at >= IN_VIEW) {
		cut = c->at + 1 - LEAD_IN;
		blanks += (int)strlen("...");
	}
	for (size_t i = 0; i < c->at; i++) {
		if (utf8_is_within(said[i]))
			continue;
		n++;
		if (i >= cut)
			blanks += columns(said + i);
	}
	put_line(c, in, true, cut);
	put_line(c, in, false, cut);
	printf("%*s%s^%s\n", blanks, "", in->caret, in->off);
	printf("%scolumn %zu (the %zu%s character after %c:): %s%s\n", in->words, n + 2,
		n, ordinal(n), letter(c), c->words, in->off);
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
	const struct colours in = colours();
	const struct line *one = c->line != NULL ? c->line : c->said;
	const char *rule = NULL;
	char moment[128];

	put_place(&c->expected, c->line);
	fputs(" and ", stdout);
	put_place(&c->actual, c->said);
	conversation_moment(c->side, one, moment, sizeof moment);
	printf(" differ, %s:\n", moment);
	if (!c->is_paired) {
		put_line(c, &in, true, 0);
		put_line(c, &in, false, 0);
		printf("%s%s%s\n", in.words, c->words, in.off);
	} else {
		put_difference(c, &in);
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
