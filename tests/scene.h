/*
 * scene: a sentence of a file of conversations, while it is tried. Begin in converse.c.
 */
#ifndef SCENE_H
#define SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { PIECES_MOST = 7 };

/* How a conversation is held. */
enum { AS_WRITTEN, TOGETHER, PIECES };

/* Octets, and a NUL after them. */
struct text {
	char *octets;
	size_t n;
};

/* A sentence that is tried, in one way. */
struct scene {
	int way;
	size_t piece;			  /* of PIECES */
	size_t sizes[PIECES_MOST + 1];	  /* what pieces asks for; 0 ends it */
	bool has_conversation, has_event; /* without an event it is held together, too */
	struct text run;		  /* the command line, as it is written */
	FILE *script, *in;		  /* what is held or read next */
	struct text script_text, in_text;
	bool has_run;
	bool is_due; /* there is something to be run */
	struct text out,
		errors; /* of what was run last, as long as nobody looked at it */
	int status;
	bool failed;
};

/* Begins a text, which grows as the file is written; forget frees it. */
void open_text(FILE **file, struct text *text);
void forget(struct text *text);

/* Reads the octets at *at, or where none are written a word, and moves past. */
struct text take_text(const char **at);

/* A whole file, whose name the program ends without. */
struct text read_file(const char *name);

/* The sentence does not hold, and why; expected and got may be NULL. */
void fail(struct scene *s, const char *line, const struct text *expected,
	const struct text *got);

/*
 * Runs what is due, a conversation or a program that reads, and keeps what it left; settle
 * fails where nobody expected that.
 */
void run(struct scene *s);
void settle(struct scene *s);

/* The words that look: at what is in a folder, and at what the last run gave. */
void look_at_all(struct scene *s, const char *word, const char *line, const char *at);
void look_for(struct scene *s, const char *word, const char *line, const char *at);
void check(struct scene *s, const char *word, const char *line, const char *at);

#endif
