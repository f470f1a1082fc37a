/*
 * utf8: which octets are characters, and which of those may go to a terminal (RFC 3629).
 * Octets come one at a time, so a character may be cut anywhere between two spans.
 */
#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* The octets of a character so far, and the range of the next one. */
struct utf8 {
	unsigned char octets[4];
	unsigned count, length;
	bool is_wrong; /* utf8_show has met what is no character */
	bool is_line;  /* utf8_show shows an LF and what turns a text as octets */
	unsigned embedded, isolated; /* such marks on this line that are still open */
	unsigned char low, high;
};

enum utf8_found {
	UTF8_CHARACTER, /* octets holds one, of count octets */
	UTF8_MORE,	/* octets begins one */
	UTF8_WRONG	/* the octet cannot go on with the character: it may begin one */
};

/*
 * Takes the next octet. Begin with {0}. After UTF8_WRONG the count octets in octets are
 * not a character; the new octet is among them only if it is the first.
 */
enum utf8_found utf8_next(struct utf8 *utf8, unsigned char octet);

/* Whether the character in octets is a control: C0, DEL, or C1 (U+0080 to U+009F). */
bool utf8_is_control(const struct utf8 *utf8);

/*
 * Whether the character in octets turns the direction of a text: U+061C, U+200E and F,
 * U+202A to E, U+2066 to 9 (UAX 9). With one of them exe.gpj reads jpg.exe.
 */
bool utf8_is_turn(const struct utf8 *utf8);

/* Whether text is well-formed UTF-8 throughout. */
bool utf8_is_whole(const char *text);

/*
 * Whether an octet of well-formed UTF-8 is within a character that began before it: a
 * text must not be cut there.
 */
bool utf8_is_within(char octet);

/*
 * The columns that a terminal gives to the character that begins text, of length octets: 2
 * for Chinese and its like, 0 for an accent of its own and within a character, else 1.
 */
int utf8_columns(const char *text, size_t length);

/* The columns of the whole text. */
int utf8_width(const char *text, size_t length);

/* How many of the octets, as whole characters, fit into so many columns. */
size_t utf8_fitting(const char *text, size_t length, int columns);

/*
 * The octets from here on that a line must not part: a word, up to a blank or the end of
 * its line; of Chinese a character, with the marks that cannot begin a line after it, or
 * with one that cannot end a line before it.
 */
size_t utf8_unbroken(const char *text);

/* Prints a text, and blanks after it up to so many columns. */
void utf8_padded(FILE *out, const char *text, int columns);

/*
 * Copies length octets of text to to, of size octets with a NUL, cut after a whole
 * character if they do not fit. for_control replaces each octet of a control, for_wrong
 * each octet that is not well-formed UTF-8. Returns how many it wrote.
 */
size_t utf8_copy(const char *text, size_t length, char for_control, char for_wrong,
	char *to, size_t size);

/*
 * Makes a text harmless, the name of a file above all: it stays on one line, and cannot
 * command a terminal. A question mark replaces each octet of a control, line ends and
 * TAB included, and each that is not well-formed UTF-8. Writes it to shown, cut to size
 * octets with a NUL, and returns shown. (Where the octets matter, see utf8_show.)
 */
const char *utf8_harmless(const char *text, char *shown, size_t size);

/*
 * Shows what came from elsewhere, so that it cannot command a terminal: control octets
 * except LF and TAB, C1 controls (U+0080 to U+009F) and what is not well-formed UTF-8
 * come out as \xNN. A mark that turns the direction of a text is ended on its own line.
 * Spans of a text may be of any size; utf8_show_end ends the text. Errors of the stream
 * stay in the stream.
 */
void utf8_show(FILE *out, struct utf8 *utf8, const void *octets, size_t length);
void utf8_show_end(FILE *out, struct utf8 *utf8);

/*
 * Shows a whole text that is one line: an LF too is \x0a, and marks that turn its
 * direction come out as \xNN, because words of ours are beside it.
 */
void utf8_show_line(FILE *out, const char *text, size_t length);

#endif
