/*
 * chunked: how HTTP/1.1 sends an object whose length is not known yet (articles: B4; RFC
 * 9112, 7.1). Compare with dots.h: SMTP searches for the end, and so has to stuff dots;
 * here each piece says first how long it is, in hexadecimal, and may hold anything.
 *
 *	6 CRLF  hello, CRLF
 *	5 CRLF   Bob! CRLF
 *	0 CRLF
 *	CRLF            between the last two there may be fields, the trailer
 *
 * The function is pure, and takes a stream in pieces of any size.
 */
#ifndef CHUNKED_H
#define CHUNKED_H

#include <stddef.h>
#include <stdint.h>

/* Where in the stream we are. */
enum chunked_at {
	CHUNKED_SIZE,	   /* a chunk begins: its digits, after the first one too */
	CHUNKED_EXTENSION, /* behind them, up to the CR: nobody uses it */
	CHUNKED_SIZE_LF,
	CHUNKED_DATA,
	CHUNKED_DATA_CR, /* the CRLF behind the data */
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
	unsigned digits;
	uintmax_t left;	       /* octets of the chunk that are still to come */
	unsigned line, fields; /* octets of the line, lines of the trailer */
};

/*
 * Takes octets of the stream from in, at most n of them, up to the end of the next piece
 * of the body, which is the *made octets at *data, among those that it took; there may be
 * none. Returns how many it took: fewer than n where there is more to give, and behind
 * CHUNKED_END and CHUNKED_WRONG none.
 */
size_t chunked_take(
	struct chunked *c, const char *in, size_t n, const char **data, size_t *made);

#endif
