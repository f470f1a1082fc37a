/*
 * transcript: what two sides of a conversation said, as lines of text (articles:
 * A10). lessons/README.md has the format for people; this is what it takes in C.
 *
 *	S:220 hamburger.edu
 *	C:HELO crepes.fr
 *
 * A line that was said has exactly one spelling as text: octets that could harm a
 * terminal or be misread are escapes. A person may spell it otherwise (\x41 for A), and
 * use placeholders, so a text is read unit by unit.
 */
#ifndef TRANSCRIPT_H
#define TRANSCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#define TRANSCRIPT_LINE 8192			  /* octets of a line, with its end */
#define TRANSCRIPT_TEXT (4 * TRANSCRIPT_LINE + 8) /* octets of its text, with a NUL */
#define TRANSCRIPT_NAME 32			  /* octets of a NAME, with a NUL */

/*
 * The text of a line that was said: n octets, at most TRANSCRIPT_LINE, with its line
 * end. CRLF is not shown; a bare LF is \n, a missing line end is \c. Writes the text
 * and a NUL to text[TRANSCRIPT_TEXT]; returns its length.
 */
size_t transcript_text(const char *octets, size_t n, char *text);

/* How many of the n octets at p are one character of UTF-8: 2 to 4, or 0. */
size_t transcript_utf8(const char *p, size_t n);

/*
 * A unit of a text: an octet that was said (0 to 255), however it is spelled, or
 * one of these.
 */
enum transcript_unit {
	TEXT_CRLF = 256, /* the end of the line, in the usual way */
	TEXT_LF,	 /* \n at the end: a bare LF */
	TEXT_NO_END,	 /* \c at the end: no line end */
	TEXT_ANY,	 /* {any} */
	TEXT_LINES,	 /* {lines} */
	TEXT_NAME,	 /* {NAME} */
	TEXT_WRONG	 /* any other escape or brace */
};

/* Returns the next unit of the text at *at, which moves past it. */
int transcript_unit(const char **at);

/*
 * The same for a text that was said: there {any} is a brace and some letters.
 */
int transcript_said_unit(const char **at);

/* Whether a unit is one of the three ends. */
bool transcript_is_end(int unit);

/* How the line ends that a text is: TEXT_CRLF, TEXT_LF or TEXT_NO_END. */
int transcript_end(const char *text);

/* Collects what one side says until it is a line. Begin with n zero. */
struct transcript_said {
	size_t n;
	char octets[TRANSCRIPT_LINE];
};

/*
 * Takes octets from in, at most n of them, up to a line end; it cuts a longer line at
 * TRANSCRIPT_LINE, so the cut does not depend on how the octets arrived. *whole says
 * whether said holds a whole line now; the caller then sets said->n to zero. Returns
 * how many octets it took.
 */
size_t transcript_take(
	struct transcript_said *said, const char *in, size_t n, bool *whole);

#endif
