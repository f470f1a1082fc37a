/*
 * screen: shows a person a lesson that is walked: texts, the output of the windows, and
 * questions that Enter answers. It keeps all of it, so that b can show it again.
 */
#ifndef SCREEN_H
#define SCREEN_H

#include "classroom/window.h"

#include <stdbool.h>
#include <stddef.h>

struct screen {
	bool asks;	   /* somebody presses Enter */
	int width, height; /* of the terminal; height 0: it is not a terminal */
	int rows, column;  /* rows shown since Enter was pressed; our place in a line */
	char *record;	   /* all that was shown: */
	size_t size, *begins; /* its length; where each step begins */
	size_t step;
	struct windows *windows; /* served while we wait */
};

/* Begins a lesson with at most so many steps. */
void screen_begin(struct screen *s, size_t steps);

/* Begins a step: what is shown from now on belongs to it. */
void screen_step(struct screen *s);

/* Shows a text of ours. */
void screen_tell(struct screen *s, const char *text);

/*
 * Shows octet i of n that have appeared. It makes controls harmless to the terminal,
 * and moves a word that does not fit to the next line, after an indent.
 */
void screen_show(struct screen *s, const char *octets, size_t i, size_t n);

/*
 * Asks, and waits for Enter if somebody can press it. b shows what was before; q ends
 * the program.
 */
void screen_ask(struct screen *s, const char *question);

#endif
