/*
 * comparison: first it compares two lines, and says in words how they differ; then it
 * finds the lines after {lines}; last comes the whole. Begin at comparison_alike.
 */
#include "transcript/comparison.h"
#include "wire/spoken.h"
#include "wire/utf8.h"

#include <stdio.h>
#include <string.h>

/* Line i of a side, or NULL. */
static const struct line *line_at(const struct conversation *c, int side, size_t i)
{
	return i < c->side[side].count ? &c->side[side].lines[i] : NULL;
}

/*
 * Where codes count, a line that is not like the first of its reply (RFC 5321, 4.2.1).
 */
static bool breaks_reply(const struct comparison *c, const struct line *said)
{
	return c->codes && said->kind == LINE_MORE;
}

/* Whether line e of what was expected and line a of what was said are alike. */
static bool alike(struct comparison *c, int side, size_t e, size_t a)
{
	const struct line *expected = line_at(&c->expected, side, e);
	const struct line *said = line_at(&c->actual, side, a);

	if (expected == NULL || said == NULL || expected->lines ||
		breaks_reply(c, said) ||
		(expected->kind == LINE_EVENT) != (said->kind == LINE_EVENT))
		return false;
	c->names->line = said->number;
	c->names->any_case = c->codes && side == CLIENT;
	if (c->codes && expected->kind == LINE_REPLY)
		return placeholder_matches_code(c->names, expected->text, said->text);
	return placeholder_matches(c->names, expected->text, said->text);
}

static bool is_plain(int unit)
{
	return unit >= ' ' && unit <= '~' && unit != '\\';
}

static bool is_other_case(int unit, int other)
{
	int letter = unit | 0x20;

	return letter >= 'a' && letter <= 'z' && (unit ^ other) == 0x20;
}

/* Whether a text has but blanks, up to the end of the line. */
static bool is_blank(const char *text)
{
	int unit;

	do
		unit = transcript_unit(&text);
	while (unit == ' ');
	return transcript_is_end(unit);
}

static bool has_placeholder(const char *text)
{
	int unit;

	do
		unit = transcript_unit(&text);
	while (unit < TEXT_CRLF);
	return !transcript_is_end(unit);
}

/* What is wrong, in words, where got was said and wanted was to come. */
static void put_words(struct comparison *c, const char *wanted, const char *got)
{
	static const char *const ends[] = {
		SPOKEN("CRLF"), SPOKEN("a bare LF"), SPOKEN("nothing at all")};
	const char *words = spoken("another character was expected");
	const char *next = wanted, *next_got = got;
	int w = transcript_said_unit(&next), g = transcript_said_unit(&next_got);

	if (transcript_is_end(w) && transcript_is_end(g)) {
		snprintf(c->words, sizeof c->words,
			spoken("the line is ended by %s instead of %s"),
			spoken(ends[g - TEXT_CRLF]), spoken(ends[w - TEXT_CRLF]));
		return;
	}
	if (transcript_is_end(w))
		words = is_blank(got) ? spoken("a blank at the end of the line")
				      : spoken("the line should end here");
	else if (transcript_is_end(g))
		words = is_blank(wanted)
				? spoken("a blank is missing at the end of the line")
				: spoken("the line ends too soon");
	else if (w == ' ' && transcript_said_unit(&next) == g)
		words = spoken("a blank is missing");
	else if (g == ' ' && transcript_said_unit(&next_got) == w)
		words = spoken("a blank too many");
	else if (is_other_case(w, g))
		words = spoken("a letter in the wrong case");
	else if (is_plain(w) && is_plain(g)) {
		snprintf(c->words, sizeof c->words,
			spoken("expected \"%c\", here is \"%c\""), w, g);
		return;
	}
	snprintf(c->words, sizeof c->words, "%s", words);
}

/*
 * Finds where the line that was said departs from the one that was expected: the search
 * for what placeholders stand for knows how far it came.
 */
static void find_difference(struct comparison *c)
{
	char code[TRANSCRIPT_TEXT], said_code[TRANSCRIPT_TEXT];
	const struct placeholder_miss *miss = &c->names->miss;
	const char *text = c->line->text, *said = c->said->text;
	const char *at, *wanted;
	size_t hole = 0;

	if (c->codes && c->line->kind == LINE_REPLY) {
		placeholder_code(text, said, code);
		c->at = placeholder_code(said, said, said_code);
		text = code;
		said = said_code;
	}
	placeholder_matches(c->names, text, said);
	at = miss->said;
	wanted = miss->wanted;
	if (miss->hole != NULL)
		hole = strcspn(miss->hole, "}") + 1;
	if (hole > 0 && (wanted == miss->hole + hole || has_placeholder(wanted)) &&
		!transcript_is_end(transcript_said_unit(&wanted))) {
		c->at += (size_t)(miss->begin - said);
		snprintf(c->words, sizeof c->words,
			spoken("nothing from here on is what should follow %.*s"),
			(int)hole, miss->hole);
		return;
	}
	while (at > said && utf8_is_within(*at))
		at--; /* do not cut a character in two */
	c->at += (size_t)(at - said);
	put_words(c, miss->wanted, miss->said);
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
	if (e + size == lines && from + size < count && !c->unfinished)
		first = count - size;
	for (size_t i = first; i + size <= count; i++)
		if (would_fit(c, side, e, i, size) || c->names->given_up)
			return i;
	for (size_t i = from; i < count; i++)
		if (would_fit(c, side, e, i, 1) || c->names->given_up)
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
static const char *unpaired(struct comparison *c, size_t e, size_t a)
{
	size_t left = c->expected.side[c->side].count - e;
	size_t came = c->actual.side[c->side].count - a;

	if (c->line == NULL || (c->said != NULL && breaks_reply(c, c->said)) ||
		(came > left && would_fit(c, c->side, e, a + 1, 1)))
		return spoken("a line too many");
	if (c->said == NULL || (came < left && would_fit(c, c->side, e + 1, a, 1)))
		return spoken("a line is missing");
	if (c->line->kind == LINE_EVENT || c->said->kind == LINE_EVENT)
		return spoken("another event");
	return NULL;
}

/* The first difference: line e of what was expected, line a of what was said. */
static bool differ(struct comparison *c, int side, size_t e, size_t a)
{
	const char *why;

	c->side = side;
	c->line = line_at(&c->expected, side, e);
	c->said = line_at(&c->actual, side, a);
	why = unpaired(c, e, a);
	c->is_paired = why == NULL;
	if (c->is_paired)
		find_difference(c);
	else
		snprintf(c->words, sizeof c->words, "%s", why);
	return false;
}

static bool ends_in_event(const struct side *side)
{
	return side->count > 0 && side->lines[side->count - 1].kind == LINE_EVENT;
}

/* That a side closes at the end may be left out of what is expected. */
static void leave_out_close(struct comparison *c, int who)
{
	struct side *said = &c->actual.side[who];

	if (ends_in_event(said) && !ends_in_event(&c->expected.side[who]) &&
		strcmp(said->lines[said->count - 1].text + 2, " closes") == 0)
		said->count--;
}

/* What was said and is more than was expected; or less, where a reply has no end. */
static bool compare_rest(struct comparison *c, size_t here[2], const bool open[2])
{
	int side;

	for (side = CLIENT; side <= SERVER; side++)
		while (open[side] && line_at(&c->actual, side, here[side]) != NULL &&
			line_at(&c->actual, side, here[side])->kind != LINE_EVENT)
			here[side]++;
	c->taken = here[SERVER];
	side = c->unfinished ? -1 : earlier(&c->actual, here);
	if (side >= 0)
		return differ(c, side, c->expected.side[side].count, here[side]);
	if (c->codes && !open[SERVER] && conversation_in_reply(&c->actual))
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
		if (!alike(c, side, at[side], here[side]))
			return differ(c, side, at[side], here[side]);
		at[side]++;
		here[side]++;
	}
	return compare_rest(c, here, open);
}
