/*
 * printed: makes the lines of both the server's side of two conversations, compares
 * these, and reports a difference. Begin at printed_compare.
 */
#include "transcript/printed.h"
#include "transcript/comparison.h"
#include "transcript/view.h"
#include "wire/spoken.h"
#include "wire/utf8.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static void *checked(void *memory)
{
	if (memory == NULL)
		err(EX_OSERR, "memory");
	return memory;
}

/*
 * Each brace of a text that was said is doubled: makes of it what a person has written, but
 * for a brace alone. Returns false where there are too many names.
 */
static bool as_expected(char *text, struct placeholders *names)
{
	char *to = text;
	const char *from, *next;

	for (from = text; *from != '\0'; from += *from == '{' ? 2 : 1)
		*to++ = *from;
	*to = '\0';
	for (from = next = text; *from != '\0'; from = next) {
		int unit = transcript_unit(&next);

		if (unit == TEXT_NAME && !placeholder_enter(names, from))
			return false;
		if (unit != TEXT_WRONG)
			continue;
		to = text + (from - text);
		memmove(to + 1, to, strlen(to) + 1);
		next++;
	}
	return true;
}

/* The text of a line of n octets; of one that is too long, of its beginning. */
static char *text_of(const char *octets, size_t n)
{
	char said[TRANSCRIPT_LINE], text[TRANSCRIPT_TEXT];

	n = n < sizeof said - 2 ? n : sizeof said - 2;
	memcpy(said, octets, n);
	memcpy(said + n, "\r\n", 2);
	transcript_text(said, n + 2, text);
	return checked(strdup(text));
}

/* Adds a line to a side. */
static struct line *add(struct side *side, char *text, unsigned long number)
{
	if (side->count == side->room) {
		side->room = 2 * side->room + 16;
		side->lines =
			checked(realloc(side->lines, side->room * sizeof *side->lines));
	}
	side->lines[side->count] =
		(struct line){.text = text, .number = number, .kind = LINE_REPLY};
	return &side->lines[side->count++];
}

static void add_expected(struct side *side, const struct printed *p)
{
	const char *from = p->expected;

	for (unsigned long number = p->first; *from != '\0'; number++) {
		size_t n = strcspn(from, "\n");
		char *text = text_of(from, n);

		if (!as_expected(text, p->names))
			errx(EX_DATAERR, "%s:%lu: more than %d different {NAME}s",
				p->file_name, number, PLACEHOLDER_NAMES);
		add(side, text, number)->lines = strcmp(text, "{lines}") == 0;
		from += from[n] == '\n' ? n + 1 : n;
	}
}

static void add_printed(struct side *side, const struct printed *p)
{
	const char *from = p->octets, *end = from + p->n, *lf;

	while (from < end) {
		lf = memchr(from, '\n', (size_t)(end - from));
		if (lf == NULL && !p->whole)
			return;
		lf = lf != NULL ? lf : end;
		add(side, text_of(from, (size_t)(lf - from)), p->line);
		from = lf + 1;
	}
}

static void free_side(struct side *side)
{
	for (size_t i = 0; i < side->count; i++)
		free(side->lines[i].text);
	free(side->lines);
}

/* Of n octets of a text, what a person sees: a doubled brace or backslash is one. */
static char *seen(const char *text, size_t n)
{
	char *copy = checked(strndup(text, n)), *to = copy;

	for (const char *p = copy; *p != '\0'; p++) {
		*to++ = *p;
		if ((*p == '{' || *p == '\\') && p[1] == *p)
			p++;
	}
	*to = '\0';
	return copy;
}

static void put_line(const char *label, const struct view *v, const char *colour,
	const struct line *line, const char *nothing)
{
	char *text = line != NULL ? seen(line->text, strlen(line->text)) : NULL;

	utf8_padded(stdout, label, 10);
	fputs(colour, stdout);
	if (text != NULL)
		view_text(v, text);
	printf("%s%s\n", text != NULL ? "" : nothing, v->off);
	free(text);
}

/* What the {NAME}s of the line have meant since another one. */
static void put_meanings(const struct printed *p, const char *line)
{
	for (size_t i = 0; i < p->names->count; i++) {
		const struct placeholder_name *name = &p->names->of[i];
		char placeholder[TRANSCRIPT_NAME + 2];

		snprintf(placeholder, sizeof placeholder, "{%s}", name->name);
		if (name->own != NULL && name->line != p->line &&
			strstr(line, placeholder) != NULL)
			printf(spoken("%s is what it was in line %lu\n"), placeholder,
				name->line);
	}
}

/* Tells the first difference. */
static void explain(const struct printed *p, const struct comparison *c)
{
	const struct side *side = &c->expected.side[SERVER];
	const struct line *last = c->line;
	char *before = c->is_paired ? seen(c->said->text, c->at) : NULL;
	struct view v = view_begin();

	if (last == NULL && side->count > 0)
		last = &side->lines[side->count - 1];
	if (before != NULL)
		view_turn(&v, strlen(before));
	printf(spoken("%s:%lu: after \"%s\":\n"), p->file_name,
		last != NULL ? last->number : p->line, p->command);
	put_line(spoken("expected"), &v, v.expected, c->line, spoken("(nothing more)"));
	put_line(spoken("got"), &v, v.actual, c->said,
		p->whole ? spoken("(nothing more, and it has ended)")
			 : spoken("(nothing more)"));
	if (before == NULL) {
		printf("%s%s%s\n", v.words, c->words, v.off);
		return;
	}
	view_caret(&v, "expected  ", before, strlen(before));
	printf(spoken("%scolumn %zu: %s%s\n"), v.words,
		view_characters(before, strlen(before)) + 1, c->words, v.off);
	put_meanings(p, c->line->text);
	free(before);
}

/* Whether more lines could make it fit: none was there, or {lines} come before it. */
static bool could_fit(const struct printed *p, const struct comparison *c)
{
	const struct line *line = c->expected.side[SERVER].lines;

	if (p->whole || c->said == NULL)
		return !p->whole;
	while (line < c->line && !line->lines)
		line++;
	return line < c->line;
}

enum fit printed_compare(struct printed *p)
{
	struct comparison c = {.names = p->names, .unfinished = !p->whole};
	enum fit fit = PRINTED_FITS;
	size_t known = p->names->known;
	const char *from = p->octets, *end = from + p->n, *lf;

	add_expected(&c.expected.side[SERVER], p);
	add_printed(&c.actual.side[SERVER], p);
	if (!comparison_alike(&c)) {
		fit = could_fit(p, &c) ? PRINTED_FITS_SO_FAR : PRINTED_DIFFERS;
		if (p->is_last)
			explain(p, &c);
	}
	for (size_t i = 0; i < c.taken && from < end; i++) {
		lf = memchr(from, '\n', (size_t)(end - from));
		from = lf != NULL ? lf + 1 : end;
	}
	p->taken = (size_t)(from - p->octets);
	if (!p->is_last || fit != PRINTED_FITS)
		placeholder_forget(p->names, known);
	free_side(&c.expected.side[SERVER]);
	free_side(&c.actual.side[SERVER]);
	return fit;
}
