/*
 * outgoing: a message as a file, and as it goes over the wire (articles: B2; RFC 5321,
 * 4.5.2; RFC 1939, 3): a file's lines end in LF, those of the wire in CRLF, and dots
 * are stuffed. Its length is announced before it is sent: by SMTP in SIZE= (RFC 1870),
 * by POP3 in LIST. The length does not count the stuffed dots.
 */
#ifndef OUTGOING_H
#define OUTGOING_H

#include "wire/wire.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

/* Begin with all zero, except before, which is '\n', and cr_is_data, see dots.h. */
struct outgoing {
	FILE *file;	  /* the caller's to close */
	long start;	  /* where in it the message begins */
	uintmax_t octets; /* as it will be sent: what SIZE= says */
	bool eight_bit;	  /* some are above 127: BODY=8BITMIME */
	bool long_line;	  /* a line has over 998, without its end (RFC 5321, 4.5.3.1.6) */
	uintmax_t column; /* octets of the line that is counted */
	bool cr_is_data;
	char before; /* the last octet that was counted */
};

/* Counts n octets of a file; and its end, which adds a missing last line end. */
void outgoing_count(struct outgoing *o, const char *octets, size_t n);
void outgoing_count_end(struct outgoing *o);

/*
 * Begins a message for SMTP: counts it from the present position of file to its end,
 * without the From line of a mailbox file, which is not sent (see header_begins). A
 * file that cannot be read again is spooled (see spool.h), and o->file is then the
 * spooled one. Returns 0, or -1 with errno.
 */
int outgoing_open(struct outgoing *o, FILE *file);

/* How the sending of a message ended. */
enum outgoing_sent {
	OUTGOING_SENT,	  /* all of it, and the dot that ends it, unless w is broken */
	OUTGOING_UNREAD,  /* the file cannot be read to its end */
	OUTGOING_ANSWERED /* the peer said something before the end was sent */
};

/*
 * Sends the message, its dots stuffed, and the line of one dot that ends it. It leaves
 * out that line in two cases: the file could not be read to its end, so the server must
 * not accept half a message; or the peer has already answered, and a reply that is here
 * before the dot is not a reply to the dot.
 */
enum outgoing_sent outgoing_put(const struct outgoing *o, struct wire *w);

#endif
