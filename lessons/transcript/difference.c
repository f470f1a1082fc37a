/*
 * difference: what was expected is taken as its literal pieces, those between two
 * placeholders. The first piece that is not found where it should be is where the lines
 * part. Begin at difference_find; how lines are shown comes after it.
 */
#include "transcript/difference.h"

#include <string.h>

#define UNITS	(TRANSCRIPT_LINE + 1) /* of a line that was said, with its end */
#define IN_VIEW 60		      /* octets of a long line that are shown */
#define LEAD_IN 30		      /* of which so many are before the difference */

/* How far the pieces have been found. */
struct search {
	struct placeholders *names;
	const char *text;	  /* what was said, */
	int said[UNITS + 1];	  /* its units */
	size_t offset[UNITS + 1]; /* and where in the text each of them begins */
	size_t n;		  /* how many there are */
	size_t from;		  /* how many have been found */
	const char *hole;	  /* a placeholder before the piece, or NULL */
	int piece[UNITS];	  /* the literal piece that is looked for next */
	size_t length;
	size_t at;     /* where it was looked for last, */
	size_t common; /* and how many units were there as they should be */
};

static bool is_end(int unit)
{
	return unit >= TEXT_CRLF && unit <= TEXT_NO_END;
}

static bool is_letter(int unit)
{
	return (unit >= 'A' && unit <= 'Z') || (unit >= 'a' && unit <= 'z');
}

static bool is_other_case(int unit, int other)
{
	return is_letter(unit) && is_letter(other) && (unit ^ other) == ('a' ^ 'A');
}

static bool is_continuation(int unit)
{
	return unit >= 0x80 && unit <= 0xbf; /* of a character of UTF-8 */
}

static void begin(struct search *s, struct placeholders *names, const char *said)
{
	const char *p = said;

	memset(s, 0, sizeof *s);
	s->names = names;
	s->text = said;
	do {
		s->offset[s->n] = (size_t)(p - said);
		s->said[s->n] = transcript_said_unit(&p);
		s->n++;
	} while (s->n < UNITS && !is_end(s->said[s->n - 1]));
	s->offset[s->n] = strlen(said);
	s->said[s->n] = TEXT_CRLF;
}

/* Whether the piece is at this place. */
static bool is_at(struct search *s, size_t at)
{
	size_t n = 0;

	while (n < s->length && at + n < s->n &&
		(s->piece[n] == s->said[at + n] ||
			(s->names->any_case &&
				is_other_case(s->piece[n], s->said[at + n]))))
		n++;
	s->at = at;
	s->common = n;
	return n == s->length;
}

/*
 * Whether the piece is where it may be: after a hole anywhere, or where it ends the
 * line.
 */
static bool is_found(struct search *s)
{
	if (s->hole == NULL)
		return is_at(s, s->from);
	if (s->length > 0 && is_end(s->piece[s->length - 1]))
		return is_at(s, s->n - s->from > s->length ? s->n - s->length : s->from);
	for (size_t at = s->from; at < s->n; at++)
		if (is_at(s, at))
			return true;
	return is_at(s, s->from);
}

/* Finds the piece, and with it what the hole stands for. */
static bool find(struct search *s)
{
	struct placeholder_name *name;

	if (!is_found(s))
		return false;
	name = s->hole != NULL ? placeholder_of(s->names, s->hole) : NULL;
	if (name != NULL) {
		name->means = s->text + s->offset[s->from];
		name->n = s->offset[s->at] - s->offset[s->from];
	}
	s->from = s->at + s->length;
	s->length = 0;
	s->hole = NULL;
	return true;
}

static void add(struct search *s, int unit)
{
	if (s->length < UNITS)
		s->piece[s->length++] = unit;
}

/* Goes through what was expected, up to a piece that is not found. */
static bool find_all(struct search *s, const char *expected)
{
	for (;;) {
		const char *placeholder = expected;
		int unit = transcript_unit(&expected);
		const struct placeholder_name *name =
			unit == TEXT_NAME ? placeholder_of(s->names, placeholder) : NULL;

		if (unit <= TEXT_NO_END)
			add(s, unit);
		if (is_end(unit))
			return find(s);
		if (unit <= TEXT_NO_END)
			continue;
		if ((name == NULL || name->means == NULL) && !find(s))
			return false;
		if (name == NULL || name->means == NULL) {
			s->hole = placeholder;
			continue;
		}
		for (const char *p = name->means; p < name->means + name->n;)
			add(s, transcript_said_unit(&p));
	}
}

/* Whether there are blanks and then the end of the line. */
static bool is_blanks_to_end(const int *units)
{
	const int *p = units;

	while (*p == ' ')
		p++;
	return p > units && is_end(*p);
}

static bool is_plain(int unit)
{
	return unit >= ' ' && unit <= '~' && unit != '\\';
}

/*
 * What is wrong, in words: wanted is the rest of the piece, got what there is instead.
 */
static void put_words(struct difference *d, const int *wanted, size_t n, const int *got)
{
	static const char *const ends[] = {"CRLF", "a bare LF", "nothing at all"};
	const char *words = "another character was expected";
	int w = wanted[0], g = got[0];

	if (is_end(w) && is_end(g)) {
		snprintf(d->words, sizeof d->words,
			"the line is ended by %s instead of %s", ends[g - TEXT_CRLF],
			ends[w - TEXT_CRLF]);
		return;
	}
	if (is_end(w))
		words = is_blanks_to_end(got) ? "a blank at the end of the line"
					      : "the line should end here";
	else if (is_end(g))
		words = is_end(wanted[n - 1]) && is_blanks_to_end(wanted)
				? "a blank is missing at the end of the line"
				: "the line ends too soon";
	else if (w == ' ' && n > 1 && wanted[1] == g)
		words = "a blank is missing";
	else if (g == ' ' && got[1] == w)
		words = "a blank too many";
	else if (is_other_case(w, g))
		words = "a letter in the wrong case";
	else if (is_plain(w) && is_plain(g)) {
		snprintf(d->words, sizeof d->words, "expected \"%c\", here is \"%c\"", w,
			g);
		return;
	}
	snprintf(d->words, sizeof d->words, "%s", words);
}

void difference_find(struct difference *d, struct placeholders *names,
	const char *expected, const char *said)
{
	struct search s;
	bool alike;
	size_t n;

	begin(&s, names, said);
	alike = find_all(&s, expected);
	for (size_t i = 0; i < names->count; i++)
		if (names->of[i].own == NULL)
			names->of[i].means = NULL;
	d->at = 0;
	d->words[0] = '\0';
	if (alike)
		return; /* and should not have been asked for */
	n = s.common;
	while (n > 0 &&
		(is_continuation(s.piece[n]) || is_continuation(s.said[s.at + n])))
		n--;
	d->at = s.offset[s.at + n];
	if (n > 0 || s.hole == NULL || is_end(s.piece[0])) {
		put_words(d, s.piece + n, s.length - n, s.said + s.at + n);
		return;
	}
	d->at = s.offset[s.from];
	snprintf(d->words, sizeof d->words,
		"nothing from here on is what should follow %.*s",
		(int)strcspn(s.hole, "}") + 1, s.hole);
}

size_t difference_cut(size_t at)
{
	return at >= IN_VIEW ? at + 1 - LEAD_IN : 0;
}

/*
 * Where the view of a text ends that begins at *cut, which moves to a whole character.
 */
static size_t view_end(const char *text, size_t n, size_t *cut)
{
	size_t end;

	while (*cut > 0 && *cut < n && is_continuation((unsigned char)text[*cut]))
		(*cut)++;
	end = *cut + IN_VIEW;
	while (end < n && is_continuation((unsigned char)text[end]))
		end++;
	return end < n ? end : n;
}

void difference_show(FILE *out, const char *text, size_t n, size_t cut)
{
	size_t end = view_end(text, n, &cut);

	if (cut > 0)
		fputs("...", out);
	if (cut < end)
		fwrite(text + cut, 1, end - cut, out);
	if (end < n)
		fputs("...", out);
}

/*
 * The columns of a character, by its first octets: Chinese and its like take two, an
 * accent of its own takes none.
 */
static int columns(const unsigned char *octets)
{
	switch (octets[0]) {
	case 0xcc:
		return 0;
	case 0xcd:
		return octets[1] <= 0xaf ? 0 : 1;
	case 0xea:
		return octets[1] >= 0xb0 ? 2 : 1;
	case 0xef:
		return octets[1] == 0xbc || octets[1] == 0xbd ? 2 : 1;
	default:
		return (octets[0] >= 0xe3 && octets[0] <= 0xed) || octets[0] >= 0xf0 ? 2
										     : 1;
	}
}

void difference_indent(FILE *out, const char *text, size_t n, size_t cut)
{
	size_t end = view_end(text, n, &cut);
	int blanks = cut > 0 ? 3 : 0; /* for the dots */

	for (size_t i = cut; i < end; i++)
		if (!is_continuation((unsigned char)text[i]))
			blanks += columns((const unsigned char *)text + i);
	fprintf(out, "%*s", blanks, "");
}

size_t difference_characters(const char *text, size_t n)
{
	size_t characters = 0;

	for (size_t i = 0; i < n; i++)
		characters += is_continuation((unsigned char)text[i]) ? 0 : 1;
	return characters;
}
