#ifndef CANONICAL_H
#define CANONICAL_H

#include "wire/utf8.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The data of a body: whether a channel that passes 7-bit text would pass it (RFC
 * 2045, 2.7 to 2.9), and the line ends of text: CRLF in mail (its canonical form),
 * LF in our files. Everything takes spans of any size.
 */

/* What a survey has learnt of data so far. Begins as {0}. */
struct survey {
	bool has_nul, has_cr, has_bare_cr;
	bool has_high;		    /* octets above 127 */
	bool is_not_utf8;	    /* octets that are not well-formed UTF-8 */
	uintmax_t octets, to_quote; /* all, those quoted-printable would encode */
	size_t line, longest;	    /* octets of the line in hand, of the longest */
	unsigned char last;
	struct utf8 utf8;
};

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

/*
 * Makes each LF of text a CRLF that is none yet: length octets into to, which
 * has room for twice as many. *cr says whether the last octet of the span before
 * was a CR; it begins as false. Returns how many octets it wrote.
 */
size_t to_canonical(bool *cr, const char *octets, size_t length, char *to);

/*
 * Makes each CRLF of text an LF: length octets into to, which has room for one
 * more. *cr says that a CR is held till it is known what follows; it begins as
 * false, and at the end of the text the caller writes the CR that is still held.
 * Returns how many octets it wrote.
 */
size_t from_canonical(bool *cr, const char *octets, size_t length, char *to);

#endif
