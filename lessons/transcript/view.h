/*
 * view: shows a person where two lines differ: as much of a long line as fits a
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
	size_t cut; /* octets of a text before the part in view */
	const char *expected, *actual, *caret, *words, *off; /* colours of a terminal */
};

/* All of a text is in view; without colours on standard output theirs are "". */
struct view view_begin(void);

/* Moves the view to the place after at octets of a text. */
void view_turn(struct view *v, size_t at);

/* Prints the part of a text in view, with dots for the rest. */
void view_text(const struct view *v, const char *text);

/*
 * Prints a line with a caret below that place of the text, which is printed after
 * label.
 */
void view_caret(const struct view *v, const char *label, const char *text, size_t at);

/* How many characters the first at octets of a text are. */
size_t view_characters(const char *text, size_t at);

#endif
