/*
 * http-dialogue: a client asks for the object of a URL and hears the head of the response
 * (articles: A14, B1, B4; RFC 9112, 4 to 6). Compare with smtp-dialogue.h: there a reply
 * is lines, and its end is seen in them; here an object comes after the head, and the
 * head tells how its end is known.
 */
#ifndef HTTP_DIALOGUE_H
#define HTTP_DIALOGUE_H

#include "http/http-field.h"
#include "wire/wire.h"

#include <stdio.h>

#define HTTP_PATIENCE 300000 /* milliseconds for a line, and for each piece of a body */
#define URL_PEER      272    /* octets of HOST:PORT, with a NUL */

/*
 * Where an object is, `http://HOST[:PORT]/PATH` (RFC 9110, 4.2.1; RFC 3986, 3): whom to
 * connect to, and what to ask for there.
 */
struct url {
	char peer[URL_PEER];	   /* HOST:PORT, for peer_dial */
	const char *host, *target; /* as they stand in the text, which they point into: */
	size_t host_octets, target_octets; /* HOST[:PORT], and /PATH?QUERY */
};

/*
 * Reads a URL. Returns NULL, or why it is none that can be fetched here. A URL that was
 * read has no octet that could end a line.
 */
const char *url_read(struct url *u, const char *text);

/*
 * The last part of the path, decoded, as a name that somebody else has chosen (see
 * safe-file.h); "" where there is none. It is cut to size octets with a NUL.
 */
void url_name(const struct url *u, char *name, size_t size);

/* What came of a request. For all but the first d->why has the reason. */
enum http_heard {
	HTTP_HEARD,
	HTTP_UNANSWERED, /* the connection ended before any octet of the response */
	HTTP_LOST,	 /* it ended too early, or nothing came in time */
	HTTP_STRANGE	 /* it is no response of HTTP */
};

/* How the end of a body is known (RFC 9112, 6.3). */
enum http_framing {
	HTTP_NO_BODY,
	HTTP_LENGTH,  /* Content-Length says how many octets it has */
	HTTP_CHUNKED, /* it says so piece by piece, see http-body.c */
	HTTP_TO_CLOSE /* the server closes the connection */
};

/* Begin with all zero but the wire, which the caller opens and closes. */
struct http_dialogue {
	struct wire wire;
	const char *why;
	int status;		  /* of the response, 200 to 599 */
	bool last;		  /* the connection is not for another request */
	const char *reason;	  /* the status and its words, as they came; is in line */
	char line[HTTP_LINE];	  /* the status line */
	char field[HTTP_LINE];	  /* the last field */
	char location[HTTP_LINE]; /* where the object is said to be; "" if it is not */
	enum http_framing framing;
	uintmax_t length; /* of the body, with HTTP_LENGTH */
	struct http_said said;
};

/*
 * Asks for the object that a URL names and hears the head of the response to it; those
 * that are for information alone (1xx) are skipped. With close the server is told that
 * this is the last request.
 */
enum http_heard http_get(struct http_dialogue *d, const struct url *u, bool close);

/*
 * Reads the body of the response in hand into to, or with NULL to nowhere: http-body.c.
 * *octets is how many it has. HTTP_HEARD: all of it has come; else d->last is set, too.
 * Errors of the stream stay in the stream; after one it ends, HTTP_LOST.
 */
enum http_heard http_body(struct http_dialogue *d, FILE *to, uintmax_t *octets);

#endif
