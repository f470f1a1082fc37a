/*
 * view: how a person is shown where two lines differ: as much of a long line as fits a
 * terminal, and a caret under the place.
 *
 *	expected  250 Hello, Alice
 *	got       250 Hello,Alice
 *	                    ^
 */
#ifndef VIEW_H
#define VIEW_H

#include <stddef.h>

struct view {
	size_t cut; /* octets of a text that come before what is in view */
	const char *expected, *actual, *caret, *words, *off; /* colours of a terminal */
};

/* All of a text is in view; colours are empty where standard output shows none. */
struct view view_begin(void);

/* Turns to the place after so many octets of a text. */
void view_turn(struct view *v, size_t at);

/* Prints what of a text is in view, with dots for what is not. */
void view_text(const struct view *v, const char *text);

/* Prints a line with a caret below that place of the text, which label comes before. */
void view_caret(const struct view *v, const char *label, const char *text, size_t at);

/* How many characters so many octets of a text are. */
size_t view_characters(const char *text, size_t at);

#endif
