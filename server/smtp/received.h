/*
 * received: the line that a server adds before a message, and the lines of the hosts
 * before it that it counts (articles: B6, the postmark; RFC 5321, 4.4 and 6.3).
 */
#ifndef RECEIVED_H
#define RECEIVED_H

#include <stddef.h>

#define RECEIVED_SIZE 2048 /* octets that received_write makes at most, with a NUL */
#define RECEIVED_HOPS 100  /* Received: lines that a message may have on arrival */

/* Where a message comes from; the texts stay the caller's. */
struct received {
	const char *helo;     /* the name that the client gave itself */
	const char *peer;     /* its numeric address, or "" */
	const char *by;	      /* our own name */
	const char *protocol; /* SMTP, or ESMTP after EHLO */
	const char *only;     /* the recipient; NULL if there are several */
};

/* Writes Received:, with LF line ends, as a string. */
void received_write(char text[RECEIVED_SIZE], const struct received *r);

/* Counts the Received: lines while a header passes. Begin with all zero. */
struct hops {
	enum {
		HOPS_NAME, /* in a line that agrees with "Received:" so far */
		HOPS_LINE, /* in another line, or in the rest of this one */
		HOPS_BODY  /* the header is over */
	} at;
	size_t column; /* HOPS_NAME: octets of this line */
	unsigned count;
};
void received_hops(struct hops *h, const char *octets, size_t n);

#endif
