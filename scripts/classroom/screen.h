/*
 * screen: what a person sees of a lesson that is walked: texts, what appears in the windows, and
 * questions that Enter answers. All is kept, so that b shows it once more.
 */
#ifndef SCREEN_H
#define SCREEN_H

#include "classroom/window.h"

#include <stdbool.h>
#include <stddef.h>

struct screen {
	bool asks;	      /* somebody is there who presses Enter */
	int width, height;    /* of the terminal; no height: it is none */
	int rows, column;     /* shown since Enter was pressed; where we are in a line */
	char *record;	      /* all that was shown: */
	size_t size, *begins; /* octets of it; where each step begins */
	size_t step;
	struct windows *windows; /* that are looked after while we wait */
};

/* Begins a lesson of so many steps at the most. */
void screen_begin(struct screen *s, size_t steps);

/* Begins a step: what is shown from now on belongs to it. */
void screen_step(struct screen *s);

/* Shows a text of ours. */
void screen_tell(struct screen *s, const char *text);

/*
 * Shows octet i of n that have appeared. Nothing is a command to the terminal, and a word that
 * does not fit in its line begins the next one, after an indent.
 */
void screen_show(struct screen *s, const char *octets, size_t i, size_t n);

/*
 * Asks, and waits for Enter, where somebody is there to press it. b shows what was before;
 * q ends the program.
 */
void screen_ask(struct screen *s, const char *question);

#endif
