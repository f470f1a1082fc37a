/*
 * http-dialogue: a client asks for the object of a URL and hears the head of the
 * response (articles: A14, B1, B4; RFC 9112, 4 to 6). Compare with smtp-dialogue.h:
 * there a reply is lines, and the lines show its end. Here an object comes after the
 * head, and the head says where the object ends.
 */
#ifndef HTTP_DIALOGUE_H
#define HTTP_DIALOGUE_H

#include "http/http-field.h"
#include "wire/wire.h"

#include <stdio.h>

#define HTTP_PATIENCE 300000 /* milliseconds for a line, and for each piece of a body */
#define URL_PEER      272    /* octets of HOST:PORT, with a NUL */

/*
 * Where an object is, `http://HOST[:PORT]/PATH` (RFC 9110, 4.2.1; RFC 3986, 3): the
 * host to connect to, and the path to ask for.
 */
struct url {
	char peer[URL_PEER];		   /* HOST:PORT, for peer_dial */
	const char *host, *target;	   /* both point into the text: */
	size_t host_octets, target_octets; /* HOST[:PORT], and /PATH?QUERY */
};

/*
 * Reads a URL. Returns NULL, or the reason why it cannot be fetched here. A URL that
 * was read has no octet that could end a line.
 */
const char *url_read(struct url *u, const char *text);

/*
 * Copies the last part of the path, decoded, or "" for none; cut to size octets with a
 * NUL. Somebody else has chosen this name: see safe-file.h.
 */
void url_name(const struct url *u, char *name, size_t size);

/* How a request ended. For all but the first d->why has the reason. */
enum http_heard {
	HTTP_HEARD,
	HTTP_UNANSWERED, /* the connection ended before any octet of the response */
	HTTP_LOST,	 /* it ended too early, or nothing came in time */
	HTTP_STRANGE	 /* this is not a response of HTTP */
};

/* How the client knows the end of a body (RFC 9112, 6.3). */
enum http_framing {
	HTTP_NO_BODY,
	HTTP_LENGTH,  /* Content-Length says how many octets it has */
	HTTP_CHUNKED, /* each chunk says how many octets it has, see http-body.c */
	HTTP_TO_CLOSE /* the server closes the connection */
};

/* Begin with all zero, except the wire, which the caller opens and closes. */
struct http_dialogue {
	struct wire wire;
	const char *why;
	int status;	    /* of the response, 200 to 599 */
	bool last;	    /* this is the last request of the connection */
	const char *reason; /* the status and its words, as they came; points into line */
	char line[HTTP_LINE];  /* the status line */
	char field[HTTP_LINE]; /* the last field */
	char location
		[HTTP_LINE]; /* where the server says the object is; "" if it does not */
	enum http_framing framing;
	uintmax_t length; /* of the body, with HTTP_LENGTH */
	struct http_said said;
};

/*
 * Asks for the object that a URL names, and reads the head of the response. It skips
 * responses that only inform (1xx). With close it says that this is the last request.
 */
enum http_heard http_get(struct http_dialogue *d, const struct url *u, bool close);

/*
 * Reads the body of the present response and writes it to to, unless that is NULL:
 * http-body.c. *octets is its length. Returns HTTP_HEARD if all of it has come; else it
 * sets d->last too. Errors of the stream stay in the stream; after one it returns
 * HTTP_LOST.
 */
enum http_heard http_body(struct http_dialogue *d, FILE *to, uintmax_t *octets);

#endif
