/*
 * compare-transcripts: what should have been said against what was said (articles:
 * A10). The first difference is shown, and the rule that the actual line breaks, if it
 * does.
 *
 *	$ compare-transcripts lessons/03-the-transcript/expected.txt actual.txt
 *
 * Each side is compared in its own order, so a pipelined conversation is alike to one
 * in lock-step. With --codes only commands and reply codes count: a server may word
 * its replies as it likes (RFC 5321, 4.2). Begin at compare; what it tells is in
 * explain.
 */
#include "transcript/conversation.h"
#include "transcript/difference.h"
#include "transcript/rule.h"
#include "wire/startup.h"

#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define NOTHING SIZE_MAX /* the place of a line that there is not */

struct comparison {
	bool codes, colours;
	struct conversation expected, actual;
	struct placeholders *names; /* of what was expected */
};

/* Line i of a side, or NULL. */
static const struct line *line_at(const struct conversation *c, int side, size_t i)
{
	return i < c->side[side].count ? &c->side[side].lines[i] : NULL;
}

static bool alike_texts(struct comparison *c, int side, const struct line *expected,
	const char *text, const char *said)
{
	c->names->any_case = c->codes && side == CLIENT;
	if (c->codes && expected->kind == LINE_REPLY)
		return placeholder_matches_code(c->names, text, said);
	return placeholder_matches(c->names, text, said);
}

/*
 * Where codes count, a line that is not like the first of its reply (RFC 5321, 4.2.1).
 */
static bool breaks_reply(const struct comparison *c, const struct line *actual)
{
	return c->codes && actual->kind == LINE_MORE;
}

static bool alike(struct comparison *c, int side, size_t e, size_t a)
{
	const struct line *expected = line_at(&c->expected, side, e);
	const struct line *actual = line_at(&c->actual, side, a);

	if (expected == NULL || actual == NULL || expected->lines)
		return false;
	if (expected->kind == LINE_EVENT || actual->kind == LINE_EVENT)
		return expected->kind == actual->kind &&
		       strcmp(expected->text, actual->text) == 0;
	if (breaks_reply(c, actual))
		return false;
	c->names->line = actual->number;
	return alike_texts(c, side, expected, expected->text, actual->text);
}

/* Puts the next line of a side after a text that ends in \c. */
static bool extend(char **text, const struct conversation *c, int side, size_t *next)
{
	const struct line *line = line_at(c, side, *next);
	char *joined = NULL;

	if (line != NULL && line->kind != LINE_EVENT && !line->lines)
		joined = transcript_join(*text, line->text);
	if (joined == NULL)
		return false;
	free(*text);
	*text = joined;
	(*next)++;
	return true;
}

static bool is_piece(const char *text)
{
	return transcript_end(text) == TEXT_NO_END;
}

/*
 * Whether lines are alike that came in other pieces than were expected: TCP knows
 * nothing of pieces. One that is any text may be any part of a line, and is taken for
 * a line.
 */
static bool alike_in_pieces(struct comparison *c, int side, size_t *e, size_t *a)
{
	const struct line *expected = line_at(&c->expected, side, *e);
	const struct line *actual = line_at(&c->actual, side, *a);
	char octets[TRANSCRIPT_TEXT];
	char *text, *said;
	size_t next = *e + 1, next_said = *a + 1;
	bool are = false, extended = true;

	if (expected == NULL || actual == NULL || expected->kind == LINE_EVENT ||
		actual->kind == LINE_EVENT || expected->lines)
		return false;
	text = strdup(expected->text);
	said = strdup(actual->text);
	while (text != NULL && said != NULL && extended && !are) {
		if (is_piece(said) && (!is_piece(text) || strlen(said) < strlen(text)))
			extended = extend(&said, &c->actual, side, &next_said);
		else
			extended = placeholder_octets(c->names, text, octets) > 0 &&
				   extend(&text, &c->expected, side, &next);
		are = extended && alike_texts(c, side, expected, text, said);
	}
	free(text);
	free(said);
	if (are) {
		*e = next - 1;
		*a = next_said - 1;
	}
	return are;
}

/* Whether the lines from e fit those from a; a trial gives no {NAME} its meaning. */
static bool would_fit(struct comparison *c, int side, size_t e, size_t a, size_t size)
{
	size_t known = c->names->known, i = 0;

	while (i < size && alike(c, side, e + i, a + i))
		i++;
	placeholder_forget(c->names, known);
	return i == size;
}

/*
 * After {lines}: where the lines from e up to the next {lines} are. That is the first
 * place they fit, or if they are the last, the end; else what to hold against e.
 */
static size_t place(struct comparison *c, int side, size_t e, size_t from)
{
	size_t lines = c->expected.side[side].count, count = c->actual.side[side].count;
	size_t size = 1, first = from;

	while (e + size < lines && !line_at(&c->expected, side, e + size)->lines)
		size++;
	if (e + size == lines && from + size < count)
		first = count - size;
	for (size_t i = first; i + size <= count; i++)
		if (would_fit(c, side, e, i, size))
			return i;
	for (size_t i = from; i < count; i++)
		if (would_fit(c, side, e, i, 1))
			return i;
	return e + size == lines ? first : count;
}

/* The side whose next line is earlier in the file, or -1 where there are no more. */
static int earlier(const struct conversation *c, const size_t at[2])
{
	const struct line *client = line_at(c, CLIENT, at[CLIENT]);
	const struct line *server = line_at(c, SERVER, at[SERVER]);

	if (client == NULL)
		return server == NULL ? -1 : SERVER;
	return server == NULL || client->number < server->number ? CLIENT : SERVER;
}

static void paint(const struct comparison *c, const char *colour)
{
	if (c->colours)
		printf("\033[%sm", colour);
}

/* Where a line is, in words. */
static void put_place(const struct conversation *c, const struct line *line)
{
	if (line == NULL)
		printf("the end of %s", c->file_name);
	else
		printf("%s:%lu", c->file_name, line->number);
}

/* One of the two lines, or what of it is in view. */
static void put_line(const struct comparison *c, const char *which, const char *colour,
	int side, const struct line *line, size_t cut)
{
	char who = side == CLIENT ? 'C' : 'S';

	printf("%-10s", which);
	paint(c, colour);
	if (line == NULL)
		printf("(the %s conversation ends here: %c says nothing more)", which,
			who);
	else if (line->kind == LINE_EVENT)
		printf("%s", line->text);
	else
		printf("%c:", who);
	if (line != NULL && line->kind != LINE_EVENT)
		difference_show(stdout, line->text, strlen(line->text), cut);
	paint(c, "0");
	putchar('\n');
}

static void put_lines(const struct comparison *c, int side, const struct line *expected,
	const struct line *actual, size_t cut)
{
	put_line(c, "expected", "32", side, expected, cut);
	put_line(c, "actual", "31", side, actual, cut);
}

static void put_words(const struct comparison *c, const char *words)
{
	paint(c, "1");
	fputs(words, stdout);
	paint(c, "0");
	putchar('\n');
}

static const char *ordinal(size_t n)
{
	if (n % 100 >= 11 && n % 100 <= 13)
		return "th";
	return n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
}

/* What differs within the line that was expected and the one that came. */
static void put_difference(struct comparison *c, int side, const struct line *expected,
	const struct line *actual)
{
	char text[TRANSCRIPT_TEXT], said[TRANSCRIPT_TEXT], words[160];
	struct difference d;
	size_t begin = 0, n, cut;

	if (c->codes && expected->kind == LINE_REPLY) {
		placeholder_code(expected->text, actual->text, text);
		begin = placeholder_code(actual->text, actual->text, said);
		difference_find(&d, c->names, text, said);
	} else {
		difference_find(&d, c->names, expected->text, actual->text);
	}
	d.at += begin;
	cut = difference_cut(d.at);
	put_lines(c, side, expected, actual, cut);
	printf("%12s", "");
	difference_indent(stdout, actual->text, d.at, cut);
	paint(c, "1;31");
	putchar('^');
	paint(c, "0");
	putchar('\n');
	n = difference_characters(actual->text, d.at) + 1;
	snprintf(words, sizeof words, "column %zu (the %zu%s character after %c:): %s",
		n + 2, n, ordinal(n), side == CLIENT ? 'C' : 'S', d.words);
	put_words(c, words);
	if (c->names->given_up)
		printf("what its placeholders stand for was not found in %lu steps\n",
			PLACEHOLDER_STEPS);
}

/* What the {NAME}s of the line have meant since another one. */
static void put_meanings(const struct comparison *c, const struct line *expected,
	const struct line *actual)
{
	for (size_t i = 0; i < c->names->count; i++) {
		const struct placeholder_name *name = &c->names->of[i];
		char placeholder[TRANSCRIPT_NAME + 2];

		snprintf(placeholder, sizeof placeholder, "{%s}", name->name);
		if (name->own != NULL && name->line != actual->number &&
			strstr(expected->text, placeholder) != NULL)
			printf("%s is what it was in %s:%lu\n", placeholder,
				c->actual.file_name, name->line);
	}
}

/* Why there is no line to hold against the other, or NULL where there is. */
static const char *unpaired(struct comparison *c, int side, size_t e, size_t a)
{
	const struct line *expected = line_at(&c->expected, side, e);
	const struct line *actual = line_at(&c->actual, side, a);
	size_t left = c->expected.side[side].count - e;
	size_t came = c->actual.side[side].count - a;

	if (e == NOTHING || (actual != NULL && breaks_reply(c, actual)) ||
		(came > left && would_fit(c, side, e, a + 1, 1)))
		return "a line too many";
	if (actual == NULL || (came < left && would_fit(c, side, e + 1, a, 1)))
		return "a line is missing";
	if (expected->kind == LINE_EVENT || actual->kind == LINE_EVENT)
		return "another event";
	return NULL;
}

/* Tells the first difference: line e of what was expected, line a of what was said. */
static int explain(struct comparison *c, int side, size_t e, size_t a)
{
	const struct line *expected = line_at(&c->expected, side, e);
	const struct line *actual = line_at(&c->actual, side, a);
	const struct line *one = expected != NULL ? expected : actual;
	const struct dialogue *of =
		expected != NULL ? &c->expected.dialogue : &c->actual.dialogue;
	const char *why = unpaired(c, side, e, a);
	const struct rule *rule = NULL;
	char moment[128];

	put_place(&c->expected, expected);
	fputs(" and ", stdout);
	put_place(&c->actual, actual);
	dialogue_moment(of, side, one, moment, sizeof moment);
	printf(" differ, %s:\n", moment);
	if (why != NULL) {
		put_lines(c, side, expected, actual, 0);
		put_words(c, why);
	} else {
		alike(c, side, e, a); /* and how it is not: given up, perhaps */
		put_difference(c, side, expected, actual);
		put_meanings(c, expected, actual);
	}
	if (actual != NULL && actual->kind != LINE_EVENT && one->kind != LINE_EVENT)
		rule = rule_broken(of, one, actual, expected);
	if (rule != NULL)
		printf("RFC %s: %s\n", rule->section, rule->words);
	return 1;
}

/* That a side closes at the end may be left out of what is expected. */
static void leave_out_close(struct comparison *c, int side)
{
	const struct side *expected = &c->expected.side[side];
	struct side *actual = &c->actual.side[side];
	const char *closes = side == CLIENT ? "!C closes" : "!S closes";

	if (actual->count == 0 ||
		strcmp(actual->lines[actual->count - 1].text, closes) != 0 ||
		actual->lines[actual->count - 1].kind != LINE_EVENT)
		return;
	if (expected->count == 0 ||
		expected->lines[expected->count - 1].kind != LINE_EVENT)
		free(actual->lines[--actual->count].text);
}

/* What was said and is more than was expected; or less, where a reply has no end. */
static int compare_rest(struct comparison *c, size_t here[2], const bool open[2])
{
	int side;

	for (side = CLIENT; side <= SERVER; side++)
		while (open[side] && line_at(&c->actual, side, here[side]) != NULL &&
			line_at(&c->actual, side, here[side])->kind != LINE_EVENT)
			here[side]++;
	side = earlier(&c->actual, here);
	if (side >= 0)
		return explain(c, side, NOTHING, here[side]);
	if (c->codes && dialogue_in_reply(&c->actual.dialogue))
		return explain(
			c, SERVER, c->expected.side[SERVER].count - 1, here[SERVER]);
	return 0;
}

/* Returns 0 where they are alike, or 1 after the first difference has been told. */
static int compare(struct comparison *c)
{
	size_t at[2] = {0, 0}, here[2] = {0, 0};
	bool open[2] = {false, false}; /* {lines} has come last */
	int side;

	leave_out_close(c, CLIENT);
	leave_out_close(c, SERVER);
	for (side = earlier(&c->expected, at); side >= 0;
		side = earlier(&c->expected, at)) {
		if (line_at(&c->expected, side, at[side])->lines) {
			open[side] = true;
			at[side]++;
			continue;
		}
		if (open[side])
			here[side] = place(c, side, at[side], here[side]);
		open[side] = false;
		if (!alike(c, side, at[side], here[side]) &&
			!alike_in_pieces(c, side, &at[side], &here[side]))
			return explain(c, side, at[side], here[side]);
		at[side]++;
		here[side]++;
	}
	return compare_rest(c, here, open);
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

static bool wants_colours(void)
{
	const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");

	return isatty(STDOUT_FILENO) && (none == NULL || *none == '\0') &&
	       terminal != NULL && strcmp(terminal, "dumb") != 0;
}

int main(int argc, char **argv)
{
	static struct script expected, actual;
	static struct comparison c;
	int first = 1, status;

	startup();
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
	c.colours = wants_colours();
	c.names = &expected.names;
	read_file(&c.expected, &expected, argv[first],
		c.codes ? CONTENTS_CODES : CONTENTS_ALL);
	c.actual.dialogue.protocol = c.expected.dialogue.protocol;
	read_file(&c.actual, &actual, argv[first + 1],
		c.codes ? CONTENTS_CODES_SAID : CONTENTS_ALL);
	c.expected.dialogue.protocol = c.actual.dialogue.protocol;
	status = compare(&c);
	if (status == 0 && isatty(STDOUT_FILENO))
		puts("alike");
	conversation_free(&c.expected);
	conversation_free(&c.actual);
	script_close(&expected);
	script_close(&actual);
	if (fflush(stdout) != 0 || ferror(stdout))
		err(EX_IOERR, "standard output");
	return status;
}
