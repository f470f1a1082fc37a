/*
 * outgoing: a message as a file, and as it goes over the wire (RFC 5321, 4.5.2): a
 * file's lines end in LF, those of the wire in CRLF, and dots are stuffed.
 */
#ifndef OUTGOING_H
#define OUTGOING_H

#include "dialogue.h"

#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

struct outgoing {
	FILE *file;	  /* the caller's to close */
	long start;	  /* where in it the message begins */
	uintmax_t octets; /* as it will be sent, dots unstuffed: what SIZE= says */
	bool eight_bit;	  /* some are above 127: BODY=8BITMIME */
};

/*
 * Measures the message from where file stands to its end. A file that cannot be read
 * again is spooled, see spool.h, and o->file is then another. Returns 0, or -1 with errno.
 */
int outgoing_open(struct outgoing *o, FILE *file);

/* Says MAIL FROM, with what the server offered: SIZE=, BODY=. Returns as below. */
int outgoing_mail(const struct outgoing *o, struct dialogue *d, const char *from);

/*
 * Says DATA, sends the message, and hears what the server says to it. Returns the first
 * digit of the reply, or 0 where there is none, as dialogue_hear does. Where the file
 * cannot be read to its end the conversation is given up without the final dot.
 */
int outgoing_data(struct outgoing *o, struct dialogue *d);

#endif
