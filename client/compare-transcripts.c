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
#include "transcript/difference.h"
#include "transcript/rule.h"
#include "wire/program.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* Colours of a terminal; none where it is none. */
struct colours {
	const char *expected, *actual, *caret, *words, *off;
};

static struct colours colours(void)
{
	const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");

	if (!isatty(STDOUT_FILENO) || (none != NULL && *none != '\0') ||
		terminal == NULL || strcmp(terminal, "dumb") == 0)
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

/* One of the two lines, or what of it is in view. */
static void put_line(const struct comparison *c, const char *which,
	const struct line *line, size_t cut)
{
	if (line == NULL) {
		printf("(the %s conversation ends here: %c says nothing more)", which,
			letter(c));
		return;
	}
	if (line->kind == LINE_EVENT) {
		fputs(line->text, stdout);
		return;
	}
	printf("%c:", letter(c));
	difference_show(stdout, line->text, strlen(line->text), cut);
}

static void put_lines(const struct comparison *c, const struct colours *in, size_t cut)
{
	printf("expected  %s", in->expected);
	put_line(c, "expected", c->line, cut);
	printf("%s\nactual    %s", in->off, in->actual);
	put_line(c, "actual", c->said, cut);
	printf("%s\n", in->off);
}

static const char *ordinal(size_t n)
{
	if (n % 100 >= 11 && n % 100 <= 13)
		return "th";
	switch (n % 10) {
	case 1:
		return "st";
	case 2:
		return "nd";
	case 3:
		return "rd";
	default:
		return "th";
	}
}

/* Finds what differs within the line; where codes count, within the code. */
static void find(const struct comparison *c, struct difference *d)
{
	const char *text = c->line->text, *said = c->said->text;
	char code[TRANSCRIPT_TEXT], said_code[TRANSCRIPT_TEXT];
	size_t begin;

	if (!c->codes || c->line->kind != LINE_REPLY) {
		difference_find(d, c->names, text, said);
		return;
	}
	placeholder_code(text, said, code);
	begin = placeholder_code(said, said, said_code);
	difference_find(d, c->names, code, said_code);
	d->at += begin;
}

/* What differs within the line that was expected and the one that came. */
static void put_difference(const struct comparison *c, const struct colours *in)
{
	const char *said = c->said->text;
	struct difference d;
	size_t n, cut;

	find(c, &d);
	cut = difference_cut(d.at);
	put_lines(c, in, cut);
	printf("%12s", "");
	difference_indent(stdout, said, d.at, cut);
	printf("%s^%s\n", in->caret, in->off);
	n = difference_characters(said, d.at) + 1;
	printf("%scolumn %zu (the %zu%s character after %c:): %s%s\n", in->words, n + 2,
		n, ordinal(n), letter(c), d.words, in->off);
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
	const struct dialogue *of =
		c->line != NULL ? &c->expected.dialogue : &c->actual.dialogue;
	const struct rule *rule = NULL;
	char moment[128];

	put_place(&c->expected, c->line);
	fputs(" and ", stdout);
	put_place(&c->actual, c->said);
	dialogue_moment(of, c->side, one, moment, sizeof moment);
	printf(" differ, %s:\n", moment);
	if (c->unpaired != NULL) {
		put_lines(c, &in, 0);
		printf("%s%s%s\n", in.words, c->unpaired, in.off);
	} else {
		put_difference(c, &in);
		put_meanings(c);
	}
	if (c->said != NULL && c->said->kind != LINE_EVENT && one->kind != LINE_EVENT)
		rule = rule_broken(of, one, c->said, c->line);
	if (rule != NULL)
		printf("RFC %s: %s\n", rule->section, rule->words);
}

/* Reads one of the two transcripts. */
static void read_file(struct conversation *c, struct script *script, const char *name,
	enum contents contents)
{
	script->to_compare = true;
	if (script_open(script, name) != 0)
		errx(EX_NOINPUT, "%s", script->problem);
	if (!conversation_read(c, script, contents))
		err(EX_OSERR, "%s", name);
}

static _Noreturn void usage(FILE *to, int status)
{
	fputs("usage: compare-transcripts [--codes] EXPECTED ACTUAL\n"
	      "\t--codes  only commands and reply codes count, not how a server words "
	      "its replies\n"
	      "Ends with 0 where they are alike, 1 where they differ, 66 where one "
	      "cannot "
	      "be read.\n",
		to);
	exit(status);
}

int main(int argc, char **argv)
{
	static struct script expected, actual;
	static struct comparison c;
	int first = 1;
	bool alike;

	program_begin();
	if (argc > 1 && strcmp(argv[1], "-h") == 0)
		usage(stdout, EX_OK);
	if (argc > 1 && strcmp(argv[1], "--codes") == 0) {
		c.codes = true;
		first++;
	} else if (argc > 1 && argv[1][0] == '-' && argv[1][1] != '\0') {
		usage(stderr, EX_USAGE);
	}
	if (argc != first + 2)
		usage(stderr, EX_USAGE);
	c.names = &expected.names;
	read_file(&c.expected, &expected, argv[first],
		c.codes ? CONTENTS_CODES : CONTENTS_ALL);
	c.actual.dialogue.protocol = c.expected.dialogue.protocol;
	read_file(&c.actual, &actual, argv[first + 1],
		c.codes ? CONTENTS_CODES_SAID : CONTENTS_ALL);
	c.expected.dialogue.protocol = c.actual.dialogue.protocol;
	alike = comparison_alike(&c);
	if (!alike)
		explain(&c);
	else if (isatty(STDOUT_FILENO))
		puts("alike");
	conversation_free(&c.expected);
	conversation_free(&c.actual);
	script_close(&expected);
	script_close(&actual);
	if (fflush(stdout) != 0 || ferror(stdout))
		err(EX_IOERR, "standard output");
	return alike ? 0 : 1;
}
