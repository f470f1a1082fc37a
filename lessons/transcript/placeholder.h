/*
 * placeholder: what {any} and {NAME} stand for in the text of a transcript.
 *
 * {any} is any text within a line. {NAME} is any text too, but the same text everywhere
 * in the conversation.
 *
 *	S:{A}x{A}	is like	S:axbxaxb: {A} is axb
 */
#ifndef PLACEHOLDER_H
#define PLACEHOLDER_H

#include "transcript/transcript.h"

#define PLACEHOLDER_NAMES 32 /* different {NAME}s in one transcript */

/*
 * The most steps that matching one line may take; a step looks at one unit. A line with
 * {any} alone never needs more: it looks at each expected unit at most once in each
 * place of the line that was said. A line with many names could need any number.
 */
#define PLACEHOLDER_STEPS (1UL * TRANSCRIPT_LINE * TRANSCRIPT_LINE)

/* A {NAME}, and what it stands for: a text of n octets, without a NUL at its end. */
struct placeholder_name {
	char name[TRANSCRIPT_NAME];
	const char *means; /* NULL until it is known */
	size_t n;
	char *own;	    /* the memory of means, once the line has matched */
	unsigned long line; /* the line that gave it this meaning, */
	size_t order;	    /* and its number among the known names */
};

/* How far the last line that did not match was alike, in the best of all trials. */
struct placeholder_miss {
	size_t alike;	    /* units that were as expected, */
	const char *wanted; /* what was expected next, */
	const char *said;   /* and what the line has there instead */
	const char *hole;   /* the placeholder before that, or NULL, */
	const char *begin;  /* and where its text begins */
};

/* Begin with all zero. */
struct placeholders {
	bool any_case;	     /* set by the caller: capital and small letters are alike */
	unsigned long line;  /* set by the caller: the number of the line that was said */
	bool given_up;	     /* the last line took PLACEHOLDER_STEPS: it may match */
	unsigned long steps; /* taken so far */
	struct placeholder_miss miss;
	size_t known; /* how many have a meaning */
	size_t count;
	struct placeholder_name of[PLACEHOLDER_NAMES];
};

/* Enters the {NAME} that text begins with. Returns false if the table is full. */
bool placeholder_enter(struct placeholders *p, const char *text);

/* The entry of the {NAME} that text begins with, or NULL. */
struct placeholder_name *placeholder_of(struct placeholders *p, const char *text);

/* Forgets what the names mean, except the first known ones. The names stay. */
void placeholder_forget(struct placeholders *p, size_t known);

/*
 * Whether said matches text. In said a brace is only a brace. Every {NAME} of text must
 * have been entered; if said matches, a name without a meaning gets its meaning here.
 * Each placeholder takes as little as it can. Returns false with p->given_up if
 * PLACEHOLDER_STEPS were not enough to find out.
 */
bool placeholder_matches(struct placeholders *p, const char *text, const char *said);

/*
 * The same for a reply. Only its code (reply_code) and its line end count, not its
 * words.
 */
bool placeholder_matches_code(struct placeholders *p, const char *text, const char *said);

/*
 * Writes to code[TRANSCRIPT_TEXT] the part of a reply that counts there. If said is a
 * response of HTTP, the version does not count. Returns where in text that part begins.
 */
size_t placeholder_code(const char *text, const char *said, char *code);

/*
 * The octets to send for text, with the line end, and every {NAME} replaced by its
 * meaning. Writes at most TRANSCRIPT_TEXT octets. Returns how many, or -1 if a
 * placeholder has no meaning yet or the line becomes too long.
 */
long placeholder_octets(struct placeholders *p, const char *text, char *octets);

#endif
