/*
 * survey: what data has to ask of a channel before it can be sent: whether it is 7bit or
 * 8bit, and which charset it is in (articles: A6, B7; RFC 2045, 2.7 to 2.9).
 */
#ifndef SURVEY_H
#define SURVEY_H

#include "wire/utf8.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is known of data so far. Begins as {0}. */
struct survey {
	bool has_nul, has_bare_cr;
	bool has_high;		    /* octets above 127 */
	bool is_not_utf8;	    /* octets that are not well-formed UTF-8 */
	uintmax_t octets, to_quote; /* all, those quoted-printable would encode */
	size_t line, longest;	    /* octets of the line in hand, of the longest */
	unsigned char last;
	struct utf8 utf8;
};

/* Looks at the next octets, in spans of any size; then at the end. */
void survey_take(struct survey *survey, const void *octets, size_t length);
void survey_end(struct survey *survey);

/* After the end: whether the data is 7bit: ASCII in lines of at most 998, 2.7. */
bool survey_is_7bit(const struct survey *survey);

/* After the end: whether it is 8bit: such lines, with octets above 127, 2.8. */
bool survey_is_8bit(const struct survey *survey);

/*
 * After the end: whether text stays readable, and short, in quoted-printable: where
 * at most one octet in six has to be encoded. Blanks at the end of a line do not count.
 */
bool survey_is_mostly_plain(const struct survey *survey);

/* After the end: the charset that such text is in, as far as can be seen. */
const char *survey_charset(const struct survey *survey);

#endif
