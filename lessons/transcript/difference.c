/*
 * difference: the search for what placeholders stand for knows how far it came; what is
 * there instead of what was to come is told in words. Begin at difference_find.
 */
#include "transcript/difference.h"
#include "wire/utf8.h"

#include <stdio.h>
#include <string.h>

static bool is_end(int unit)
{
	return unit >= TEXT_CRLF && unit <= TEXT_NO_END;
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
	return is_end(unit);
}

static bool has_placeholder(const char *text)
{
	int unit;

	do
		unit = transcript_unit(&text);
	while (unit < TEXT_CRLF);
	return !is_end(unit);
}

/* What is wrong, in words, where got was said and wanted was to come. */
static void put_words(struct difference *d, const char *wanted, const char *got)
{
	static const char *const ends[] = {"CRLF", "a bare LF", "nothing at all"};
	const char *words = "another character was expected";
	const char *next = wanted, *next_got = got;
	int w = transcript_said_unit(&next), g = transcript_said_unit(&next_got);

	if (is_end(w) && is_end(g)) {
		snprintf(d->words, sizeof d->words,
			"the line is ended by %s instead of %s", ends[g - TEXT_CRLF],
			ends[w - TEXT_CRLF]);
		return;
	}
	if (is_end(w))
		words = is_blank(got) ? "a blank at the end of the line"
				      : "the line should end here";
	else if (is_end(g))
		words = is_blank(wanted) ? "a blank is missing at the end of the line"
					 : "the line ends too soon";
	else if (w == ' ' && transcript_said_unit(&next) == g)
		words = "a blank is missing";
	else if (g == ' ' && transcript_said_unit(&next_got) == w)
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
	const struct placeholder_miss *miss = &names->miss;
	const char *at, *wanted;

	placeholder_matches(names, expected, said);
	at = miss->said;
	wanted = miss->wanted;
	if (miss->hole != NULL &&
		(miss->alike == miss->before || has_placeholder(wanted)) &&
		!is_end(transcript_said_unit(&wanted))) {
		d->at = (size_t)(miss->begin - said);
		snprintf(d->words, sizeof d->words,
			"nothing from here on is what should follow %.*s",
			(int)strcspn(miss->hole, "}") + 1, miss->hole);
		return;
	}
	while (at > said && utf8_is_within(*at))
		at--; /* no character is cut in two */
	d->at = (size_t)(at - said);
	put_words(d, miss->wanted, miss->said);
}
