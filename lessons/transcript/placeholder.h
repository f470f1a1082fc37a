/*
 * placeholder: what {any} and {NAME} stand for in a text of a transcript.
 *
 * {any} is any text within a line. {NAME} is any text too, but the same one
 * wherever it stands in the conversation.
 *
 *	S:{A}x{A}	is like	S:axbxaxb: {A} is axb
 */
#ifndef PLACEHOLDER_H
#define PLACEHOLDER_H

#include "transcript/transcript.h"

#define PLACEHOLDER_NAMES 32 /* different {NAME}s in one transcript */

/*
 * Steps, one for each unit looked at, that are taken to match a line. {any} alone never
 * needs more: each unit of what is expected once at each place of what was said. Many
 * names in a line could need any number.
 */
#define PLACEHOLDER_STEPS (1UL * TRANSCRIPT_LINE * TRANSCRIPT_LINE)

/* A {NAME}, and what it stands for: a text of n octets that is not closed by a NUL. */
struct placeholder_name {
	char name[TRANSCRIPT_NAME];
	const char *means; /* NULL until it is known */
	size_t n;
	char *own;	    /* the memory of means, once the line was alike */
	unsigned long line; /* the line that gave it this meaning, and */
	size_t order;	    /* as the how many-th of all that are known */
};

/* How far the last line that was not alike has been so, by the best of all trials. */
struct placeholder_miss {
	size_t alike;	    /* units that were as expected, */
	const char *wanted; /* what was to come then, */
	const char *said;   /* and where the line says something else */
	const char *hole;   /* the placeholder before that, or NULL, */
	const char *begin;  /* and where it begins to stand for something */
};

/* Begin with all zero. */
struct placeholders {
	bool any_case;	     /* set by the caller: letters are alike in either case */
	unsigned long line;  /* set by the caller: where that which was said stands */
	bool given_up;	     /* the last line took PLACEHOLDER_STEPS: it may be alike */
	unsigned long steps; /* taken so far */
	struct placeholder_miss miss;
	size_t known; /* how many have a meaning */
	size_t count;
	struct placeholder_name of[PLACEHOLDER_NAMES];
};

/* Enters the {NAME} that text begins with. Returns false where the table is full. */
bool placeholder_enter(struct placeholders *p, const char *text);

/* The entry of the {NAME} that text begins with, or NULL. */
struct placeholder_name *placeholder_of(struct placeholders *p, const char *text);

/* Forgets what the names mean, but the first known of them; none forgets a name. */
void placeholder_forget(struct placeholders *p, size_t known);

/*
 * Whether said, a text in which a brace is a brace, is what text stands for. Every
 * {NAME} of text must have been entered; where it is, one without a meaning gets it
 * here. Each placeholder takes as little as it can. False with p->given_up where
 * PLACEHOLDER_STEPS were not enough to find out.
 */
bool placeholder_matches(struct placeholders *p, const char *text, const char *said);

/*
 * The same for a reply of which the code counts, not the words (reply_code), and how
 * its line ends.
 */
bool placeholder_matches_code(struct placeholders *p, const char *text, const char *said);

/*
 * Writes to code[TRANSCRIPT_TEXT] what of a reply counts there. Where said is an
 * answer of HTTP, it is not the version. Returns where in text it begins.
 */
size_t placeholder_code(const char *text, const char *said, char *code);

/*
 * The octets to send for text, with the line end, and every {NAME} replaced by what
 * it means. Writes at most TRANSCRIPT_TEXT; returns how many, or -1 where a
 * placeholder has no meaning yet or the line becomes too long.
 */
long placeholder_octets(struct placeholders *p, const char *text, char *octets);

#endif
