/*
 * bounce: the mail that informs a sender what was not delivered (articles: A4; RFC
 * 3464, RFC 6522, RFC 5321, 6.1).
 *
 * It has three parts: words for a person; the same for a program, as fields; and the
 * header of the message, so that the sender knows which one it was.
 */
#ifndef BOUNCE_H
#define BOUNCE_H

#include "queue/decide.h"

#include <stdio.h>

/* What a bounce is made of. */
struct bounce {
	const char *host;	   /* our own name */
	const char *where;	   /* HOST:PORT of the server that was asked, or NULL */
	const char *name;	   /* of the bounce, as an entry */
	struct queue_entry *entry; /* the entry that was not delivered */
	const struct fate *fates;  /* one for each of its recipients */
};

/*
 * Writes the bounce as a message with LF line ends: all ASCII, no line over 998 octets,
 * whatever the message and the server's replies hold. It names the recipients with
 * FAILED or GIVEN_UP. Returns 0, or -1 with errno; errors of out stay in out too.
 */
int bounce_write(FILE *out, const struct bounce *b);

#endif
