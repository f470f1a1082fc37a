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

#define SCRIPT_NAME 4096 /* octets of a file's name that are shown, with a NUL */

enum step {
	STEP_SAID,   /* side who said text */
	STEP_LINES,  /* it said any number of lines */
	STEP_CLOSES, /* it closed its side */
	STEP_RESETS, /* it reset the connection */
	STEP_WAIT,   /* nobody said anything for milliseconds */
	STEP_END     /* the script is over */
};

/*
 * Begin with all zero, except to_compare. The fields may be read; only the functions
 * below change them.
 */
struct script {
	/*
	 * The script will be compared, not performed. Then another conversation may
	 * begin, with the line # conversation N, after a side has ended.
	 */
	bool to_compare;
	bool another; /* such a line came right before the step */
	FILE *file;
	char file_name[SCRIPT_NAME]; /* made harmless, for messages */
	unsigned long line;	     /* of the file, with the step */
	enum step step;
	char who; /* 'C' or 'S' */
	long milliseconds;
	bool free_text;		    /* in a text of POP3 or HTTP, which may be anything */
	char text[TRANSCRIPT_TEXT]; /* as it is written, placeholders too */
	struct placeholders names;  /* what they mean, as far as it is known */
};

/*
 * Opens a transcript and reads it through once, so that a mistake on its last line is
 * reported before its first line is performed. A file that cannot be rewound is copied
 * to a temporary one. If it cannot be read, the program ends with EX_NOINPUT; if it is
 * not a transcript, with EX_DATAERR, or with EX_NOINPUT if it is to be compared.
 */
void script_open(struct script *s, const char *name);

/* Reads the next step. */
void script_next(struct script *s);

/* Goes back before the first step and forgets what the names meant. */
void script_rewind(struct script *s);

#endif
