/*
 * redact: which part of what was said is a secret, and is left out of a record (articles:
 * A3, Bob says his password; RFC 1939, 7; RFC 4954, 4; RFC 9110, 11).
 *
 *	C:PASS {any}		what follows the verb
 *	C:AUTH PLAIN {any}	what follows the mechanism
 *	C:{any}			each answer to a challenge of AUTH
 *	C:Cookie: {any}		the value of an HTTP field with a secret
 *
 * It hides too much rather than too little: a line of a message may begin in the same
 * way.
 */
#ifndef REDACT_H
#define REDACT_H

#include <stdbool.h>
#include <stddef.h>

#define REDACTED "{any}" /* what is written in its place */

/* What is known of one side. */
struct redact_side {
	enum { LINE_IS_NEW, LINE_IS_SEEN, LINE_IS_SECRET } at;
	bool field; /* the last line was a secret field, which a blank continues */
};

/* What is known of both. Begin with zeros. */
struct redact {
	struct redact_side client, server;
	bool answers; /* what the client says answers a challenge */
};

/*
 * Takes the next line that 'C' or 'S' said, or the next piece of a long line, as the
 * text of a transcript; ends says whether the line ends with it. Returns how many
 * octets of the text may be shown.
 */
size_t redact_seen(struct redact *r, char who, const char *text, bool ends);

#endif
