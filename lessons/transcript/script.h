/*
 * script: a transcript, read step by step, to be performed or compared (articles: A10).
 * lessons/README.md has the format for people.
 *
 * The file is read as it is performed, so it may be of any length.
 */
#ifndef SCRIPT_H
#define SCRIPT_H

#include "transcript/placeholder.h"

#include <stdio.h>

#define SCRIPT_NAME 4096 /* octets of a file's name that are told, with a NUL */

enum step {
	STEP_SAID,   /* who said text */
	STEP_LINES,  /* who said any number of lines */
	STEP_CLOSES, /* who closed its side */
	STEP_RESETS, /* who reset the connection */
	STEP_WAIT,   /* nothing was said for so many milliseconds */
	STEP_END     /* that was all */
};

/*
 * Begin with all zero, but for what is to be compared. The fields may be read; only the
 * functions below change them.
 */
struct script {
	/*
	 * Not to be performed: after the end of a side another conversation may begin, with
	 * the line # conversation N.
	 */
	bool to_compare;
	bool another; /* such a line came right before the step */
	FILE *file;
	char file_name[SCRIPT_NAME]; /* made harmless, to be told */
	unsigned long line;	     /* of the file, where the step stands */
	enum step step;
	char who; /* 'C' or 'S' */
	long milliseconds;
	bool free_text; /* of POP3 or HTTP: what is said there can be any text */
	char text[TRANSCRIPT_TEXT]; /* as it is written, placeholders too */
	struct placeholders names;  /* what they mean, as far as it is known */
};

/*
 * Opens a transcript and reads it through once, so that a mistake on its last line
 * is told before its first is performed. What cannot be rewound is copied to a
 * temporary file. Where it cannot be read, the program ends with EX_NOINPUT; where it is
 * no transcript, with EX_DATAERR, or if it is to be compared, with EX_NOINPUT too.
 */
void script_open(struct script *s, const char *name);

/* Reads the next step. */
void script_next(struct script *s);

/* Goes back before the first step and forgets what the names meant. */
void script_rewind(struct script *s);

#endif
