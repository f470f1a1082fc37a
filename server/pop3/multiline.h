/*
 * multiline: a message as it lies in a file, and as POP3 sends it (RFC 1939, 3): lines
 * that end in CRLF, dots stuffed, and a line of one dot at the end. Compare with stuff
 * in dots.h, which for SMTP makes a line end of a bare CR too: here it is sent as it is,
 * since this message has been accepted already.
 *
 * The functions are pure, and take a message in pieces of any size.
 */
#ifndef MULTILINE_H
#define MULTILINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Begin each message with all zero. */
struct multiline {
	bool within_line, cr; /* where we are; the last octet was a CR */
	uintmax_t octets;     /* made so far, without stuffed dots and the last line */
};

/*
 * An LF gets a CR before it where it has none. Takes all n octets at in; out has room
 * for 2 * n. Returns how many it made.
 */
size_t multiline_put(struct multiline *m, const char *in, size_t n, char *out);

/*
 * The end: the line of one dot, before it the CRLF that a last line may lack. That
 * one counts in m->octets. out has room for 5 octets. Returns how many it made.
 */
size_t multiline_end(struct multiline *m, char *out);

/* What TOP asks for: the header, the empty line, and some lines of the body. */
struct top {
	bool body, text; /* the header is over; the line has an octet that is no CR */
	uintmax_t lines; /* of the body, still to come: set it to begin with */
};

/* Returns how many of the next n octets of a file belong to that: n, until it is over. */
size_t multiline_top(struct top *t, const char *in, size_t n);

#endif
