/*
 * redact: which part of what was said is a secret, and is left out of a record.
 *
 *	C:PASS {any}		what follows the verb
 *	C:AUTH PLAIN {any}	what follows the mechanism
 *	C:{any}			each answer to a challenge of AUTH
 *	C:Cookie: {any}		what a field of HTTP holds that says who asks
 *
 * It rather hides too much than too little: a line of a message may begin as these do.
 */
#ifndef REDACT_H
#define REDACT_H

#include <stdbool.h>
#include <stddef.h>

#define MASK_PLACEHOLDER "{any}"

/* What is known of both sides, the client's and the server's. Begin with zeros. */
struct redact {
	bool answers;	/* what the client says answers a challenge */
	bool inside[2]; /* the next piece goes on a line */
	bool hidden[2]; /* what is left of that line is a secret */
	bool field[2];	/* the last line was a secret field, which a blank continues */
};

/*
 * Whether n octets that begin a line, but do not end it, are too few to tell: they may
 * become a secret, so nothing of them is to be written yet.
 */
bool redact_waits(const struct redact *m, char who, const char *octets, size_t n);

/*
 * Takes the next piece of what 'C' or 'S' said, as the text of a transcript; ends says
 * whether the line ends with it. Returns how many octets of the text may be seen.
 */
size_t redact_seen(struct redact *m, char who, const char *text, bool ends);

#endif
