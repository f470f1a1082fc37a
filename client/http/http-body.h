/*
 * http-body: the object after the head of a response, to its end (articles: B4; RFC 9112,
 * 6 and 7.1). SMTP searches for the end of a message, and so has to stuff dots (see
 * dots.h); here it is known before the octets come, which may be any. Either
 * Content-Length says how many there are; or nothing does, and the server closes the
 * connection after the last one; or, where the length is not known when the head is said,
 * the object comes in chunks, each with its length before it, in hexadecimal:
 *
 *	6 CRLF  hello, CRLF
 *	5 CRLF   Bob! CRLF
 *	0 CRLF
 *	CRLF            between the last two there may be fields, the trailer
 */
#ifndef HTTP_BODY_H
#define HTTP_BODY_H

#include "http/http-dialogue.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/*
 * Reads the body of the response in hand into to, or with NULL to nowhere. *octets is how
 * many it has. HTTP_HEARD: all of it has come; else the reason is in d->why, and d->last
 * is set. Errors of the stream stay in the stream; after one it ends, HTTP_LOST.
 */
enum http_heard http_body(struct http_dialogue *d, FILE *to, uintmax_t *octets);

/* Where in a stream of chunks we are. */
enum chunked_at {
	CHUNKED_SIZE,	   /* a chunk begins: its first digit */
	CHUNKED_DIGITS,	   /* or what may follow them */
	CHUNKED_EXTENSION, /* after them, up to the CR: nobody uses it */
	CHUNKED_SIZE_LF,
	CHUNKED_DATA,
	CHUNKED_DATA_CR, /* the CRLF after the data */
	CHUNKED_DATA_LF,
	CHUNKED_TRAILER, /* a line of the trailer begins, or the empty line */
	CHUNKED_FIELD,	 /* within one */
	CHUNKED_FIELD_LF,
	CHUNKED_LAST_LF, /* of the empty line */
	CHUNKED_END,
	CHUNKED_WRONG /* it is not what RFC 9112 says */
};

/* Begin each body with all zero. */
struct chunked {
	enum chunked_at at;
	uintmax_t left;	       /* octets of the chunk that are still to come */
	unsigned line, fields; /* octets of the line, lines of the trailer */
};

/*
 * Takes octets of the stream from in, at most n of them, up to the end of the next piece
 * of the body, which is the *made octets at *data, among those that it took; there may be
 * none. Returns how many it took: fewer than n where there is more to give, and after
 * CHUNKED_END and CHUNKED_WRONG none. Pure: the stream may be cut anywhere.
 */
size_t chunked_take(
	struct chunked *c, const char *in, size_t n, const char **data, size_t *made);

#endif
