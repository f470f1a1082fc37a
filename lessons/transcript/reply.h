/*
 * reply: what a server answers (articles: A11; RFC 5321, 4.2).
 *
 * A code of three digits for the program, words for the person. The first digit
 * says it all: 2 done, 3 go on, 4 not now, 5 never.
 */
#ifndef REPLY_H
#define REPLY_H

#include <stdbool.h>
#include <stddef.h>

/* Whether text begins with a code of three digits and a blank, a hyphen, or nothing. */
bool reply_is(const char *text);

/* Whether it is a line NNN-, which more lines of the same reply follow (4.2.1). */
bool reply_goes_on(const char *text);

/*
 * The part of a line that programs act on, in the text of a transcript. That is three
 * digits before a hyphen; or, in a line that begins with HTTP/, the second word, if
 * there is one; else the first word. A word ends before a blank, or before a backslash,
 * which begins an octet that cannot be shown, or a line end. A word that begins with a
 * backslash ends before a blank alone. Points into text; *n is the length in octets.
 */
const char *reply_code(const char *text, size_t *n);

/*
 * Whether both lines have the same code, to the last octet, whatever their words are.
 */
bool reply_same_code(const char *expected, const char *got);

/* The same to show to a person: never empty, and not too long; *n octets. */
const char *reply_word(const char *text, int *n);

/* What it means, in words, that got came instead of expected. */
const char *reply_meaning(const char *expected, const char *got);

#endif
