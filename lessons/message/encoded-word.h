/*
 * encoded-word: what is not ASCII in the text of a header, where only ASCII may stand
 * (articles: B6; RFC 2047).
 */
#ifndef ENCODED_WORD_H
#define ENCODED_WORD_H

#include <stdbool.h>
#include <stddef.h>

enum {
	ENCODED_WORD = 75,	/* octets of a word at most, 2047, 2 */
	ENCODED_WORD_LINE = 76, /* octets of a line that has one, 2047, 2 */
	ENCODED_WORD_TEXT = 8192
};

/* Whether text cannot stand in a header as it is, or would be read as a word. */
bool encoded_word_needed(const char *text);

/*
 * Encodes text, in UTF-8, as words of base64 with a blank between them, into
 * words of size octets with a NUL; column is where on its line the first one
 * will stand, below 60. No word begins or ends within a character. False where text is
 * not UTF-8, or it does not fit.
 */
bool encoded_word_encode(const char *text, size_t column, char *words, size_t size);

/*
 * The same for a text that somebody else wrote, and in which words have been left whose
 * charset we do not know: they stay as they are, for who wrote them can read them. What is
 * about them is encoded only where it must be. is_phrase: it is the name in an address (5
 * (3)).
 */
bool encoded_word_pass(
	const char *text, bool is_phrase, size_t column, char *words, size_t size);

/* Whether there is such a word in text. */
bool encoded_word_has_unread(const char *text);

/* The octets of the word that text begins with, or 0; no blank may be in it (2). */
size_t encoded_word_length(const char *text);

/*
 * Decodes the words of a value, in base64 or in Q, to UTF-8, where their charset is one
 * that charset.h knows; other words, and all else, stay as they are. White space between
 * two words goes (6.2), and a character that was cut between them is whole again. mark is
 * that of charset.h. Writes to text of size octets, cut where it does not fit, and returns
 * how many; control octets and NUL can be among them.
 */
size_t encoded_word_decode(const char *value, char mark, char *text, size_t size);

/*
 * Writes what a field of a stranger's header says to people into text, of size octets
 * with a NUL, fit to be written into another header: in UTF-8, its words decoded, with a
 * blank for each control octet, line ends among them (6), and `?` for what is not UTF-8;
 * cut after a whole character where it does not fit, and after ENCODED_WORD_TEXT octets
 * anyway.
 */
void encoded_word_readable(const char *value, char *text, size_t size);

/*
 * Decodes octets written as mark and two digits of hex, in any case, as in the Q
 * encoding (mark `=`; there `_` is a blank too; 4.2) and in parameters (mark `%`,
 * RFC 2231): length octets of from into to, which may be the same place. A mark
 * without digits stays. Returns how many octets it wrote, length at most.
 */
size_t encoded_word_octets(const char *from, size_t length, char mark, char *to);

#endif
