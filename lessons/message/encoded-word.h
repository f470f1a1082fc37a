/*
 * encoded-word: how text that is not ASCII is written in a header, where only ASCII is
 * allowed (articles: B6; RFC 2047).
 */
#ifndef ENCODED_WORD_H
#define ENCODED_WORD_H

#include <stdbool.h>
#include <stddef.h>

enum {
	ENCODED_WORD = 75,	/* longest word, 2047, 2 */
	ENCODED_WORD_LINE = 76, /* longest line with such a word, 2047, 2 */
	ENCODED_WORD_TEXT = 8192
};

/* Whether text has to be encoded: it is not ASCII, or would be read as a word. */
bool encoded_word_needed(const char *text);

/*
 * Encodes text, in UTF-8, as words of base64 with a blank between them, into words of
 * size octets with a NUL; column, below 60, is where on its line the first word will
 * be. A word holds whole characters. Returns false if text is not UTF-8, or the words
 * do not fit.
 */
bool encoded_word_encode(const char *text, size_t column, char *words, size_t size);

/*
 * The same for a text that somebody else wrote. It may have words in a charset that we
 * do not know: they stay as they are, because their writer can read them. The rest is
 * encoded only if it must be. is_phrase: the text is the name in an address (5 (3)).
 */
bool encoded_word_pass(
	const char *text, bool is_phrase, size_t column, char *words, size_t size);

/* Whether there is such a word in text. */
bool encoded_word_has_unread(const char *text);

/* The octets of the word that text begins with, or 0. A word has no blanks (2). */
size_t encoded_word_length(const char *text);

/*
 * Decodes the words of a value, in base64 or in Q, to UTF-8. Words in a charset that
 * charset.h does not know stay as they are, and so does the rest. White space between
 * two words is dropped (6.2), and a character that was cut between them is whole again.
 * mark is that of charset.h. Writes to text, of size octets, cut if it does not fit,
 * and returns how many octets; control octets and NUL may be among them.
 */
size_t encoded_word_decode(const char *value, char mark, char *text, size_t size);

/*
 * Writes the value of a field that a stranger wrote, as people read it, into text, of
 * size octets with a NUL. It can then be written into another header: its words are
 * decoded to UTF-8, each control octet, line ends included, is a blank (6), and octets
 * that are not UTF-8 are `?`. A text that does not fit, or has more than
 * ENCODED_WORD_TEXT octets, is cut after a whole character.
 */
void encoded_word_readable(const char *value, char *text, size_t size);

/*
 * Decodes octets written as mark and two hexadecimal digits, in either case: as in the
 * Q encoding, with mark `=` (where `_` is a blank too; 4.2), and in parameters, with
 * mark `%` (RFC 2231). Takes length octets of from, and writes to to, which may be the
 * same place. A mark without digits stays. Returns how many octets it wrote, length at
 * most.
 */
size_t encoded_word_octets(const char *from, size_t length, char mark, char *to);

#endif
