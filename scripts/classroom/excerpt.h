/*
 * excerpt: texts as far as a terminal shows them: in lines, or as much of a line as has
 * room.
 *
 *	  expected  250 Hello, Alice
 *	  got       250 Hello,Alice
 *	                      ^
 */
#ifndef EXCERPT_H
#define EXCERPT_H

#include <stddef.h>
#include <stdio.h>

/*
 * Writes a text in lines of at most width columns, broken between words, of Chinese between
 * characters; indent blanks begin each but the first.
 */
void excerpt_wrap(FILE *to, const char *text, int width, int indent);

/* The first line of a text; at most so many lines of it. */
void excerpt_line(FILE *to, const char *text);
void excerpt_lines(FILE *to, const char *text, size_t lines);

/* A line after a label: expected, got and their like. */
void excerpt_beginning(FILE *to, const char *label, const char *line);

/*
 * The line that was expected and another one, and a caret where they part. Where that
 * would be out of view, or almost so, the view begins later.
 */
void excerpt_difference(
	FILE *to, const char *expected, const char *label, const char *got);

#endif
