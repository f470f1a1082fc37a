/*
 * placeholder: what {any} and {NAME} stand for in a text of a transcript.
 *
 * {any} is any text within a line. {NAME} is any text too, but the same one
 * wherever it stands in the conversation.
 */
#ifndef PLACEHOLDER_H
#define PLACEHOLDER_H

#include "transcript/transcript.h"

#define PLACEHOLDER_NAMES 32 /* different {NAME}s in one transcript */

/* Begin with all zero. */
struct placeholders {
	size_t count;
	unsigned long tries; /* to match one line */
	struct {
		char name[TRANSCRIPT_NAME];
		char *means; /* a text, ours to free; NULL until it is known */
	} of[PLACEHOLDER_NAMES];
};

/* Enters the {NAME} that text begins with. Returns false where the table is full. */
bool placeholder_enter(struct placeholders *p, const char *text);

/* Forgets what the names mean, not the names. */
void placeholder_forget(struct placeholders *p);

/*
 * Whether said, a text as transcript_text makes it, is what text stands for. Every
 * {NAME} of text must have been entered; one without a meaning gets it here.
 */
bool placeholder_matches(struct placeholders *p, const char *text, const char *said);

/*
 * The octets to send for text, with the line end, and every {NAME} replaced by what
 * it means. Writes at most TRANSCRIPT_TEXT; returns how many, or -1 where a
 * placeholder has no meaning yet or the line becomes too long.
 */
long placeholder_octets(struct placeholders *p, const char *text, char *octets);

#endif
