/*
 * received: what a server adds in front of a message, and what it reads of those who
 * had it before (articles: B6, the postmark; RFC 5321, 4.4 and 6.3).
 */
#ifndef RECEIVED_H
#define RECEIVED_H

#include <stdbool.h>
#include <stddef.h>

#define RECEIVED_SIZE 2048 /* octets that received_write makes at most, with a NUL */
#define RECEIVED_HOPS 100  /* Received: lines that a message may have on arrival */

/* Where a message comes from; the texts stay the caller's. */
struct received {
	const char *from;     /* the reverse-path, "" for the null sender */
	const char *helo;     /* the name that the client gave itself */
	const char *peer;     /* its numeric address, "" where it is not known */
	const char *by;	      /* our own name */
	const char *protocol; /* SMTP, or ESMTP after EHLO */
	const char *only;     /* the recipient, NULL where there are several */
};

/* Writes Return-Path: and Received:, with LF line ends, as a string. */
void received_write(char text[RECEIVED_SIZE], const struct received *t);

/*
 * Whether a message of which these are the first n octets begins with a header
 * (RFC 5322, 2.2), be it the empty line that ends an empty one. BEGINS_UNSURE: more
 * octets are needed to tell.
 */
enum begins { BEGINS_HEADER, BEGINS_BODY, BEGINS_UNSURE };
enum begins received_begins(const char *octets, size_t n);

/* Counts the Received: lines of a header that passes by. Begin with all zero. */
struct hops {
	unsigned count;
	bool body;     /* the header is over */
	bool another;  /* this line is another field */
	size_t column; /* octets of this line, its end not counted */
};
void received_hops(struct hops *h, const char *octets, size_t n);

#endif
