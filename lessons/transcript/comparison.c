/*
 * comparison: first whether two lines are alike, also in other pieces; then where the lines
 * after {lines} are; and last the whole. Begin at comparison_alike.
 */
#include "transcript/comparison.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define NOTHING SIZE_MAX /* the place of a line that there is not */

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

/* The first difference: line e of what was expected, line a of what was said. */
static bool differ(struct comparison *c, int side, size_t e, size_t a)
{
	c->side = side;
	c->line = line_at(&c->expected, side, e);
	c->said = line_at(&c->actual, side, a);
	c->unpaired = unpaired(c, side, e, a);
	if (c->unpaired == NULL)
		alike(c, side, e, a); /* after others were: it may be given up */
	return false;
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
static bool compare_rest(struct comparison *c, size_t here[2], const bool open[2])
{
	int side;

	for (side = CLIENT; side <= SERVER; side++)
		while (open[side] && line_at(&c->actual, side, here[side]) != NULL &&
			line_at(&c->actual, side, here[side])->kind != LINE_EVENT)
			here[side]++;
	side = earlier(&c->actual, here);
	if (side >= 0)
		return differ(c, side, NOTHING, here[side]);
	if (c->codes && !open[SERVER] && dialogue_in_reply(&c->actual.dialogue))
		return differ(
			c, SERVER, c->expected.side[SERVER].count - 1, here[SERVER]);
	return true;
}

bool comparison_alike(struct comparison *c)
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
			return differ(c, side, at[side], here[side]);
		at[side]++;
		here[side]++;
	}
	return compare_rest(c, here, open);
}
