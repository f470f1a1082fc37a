/*
 * http-session: a server's conversation with one client (articles: A14, B1, B4; RFC 9110,
 * RFC 9112). Compare with smtp-session.h: there the server speaks first, and knows from
 * one command to the next who sends a message to whom; here the client does, and each
 * request stands for itself: nothing is known of the one before.
 */
#ifndef HTTP_SESSION_H
#define HTTP_SESSION_H

#include "http/http-field.h"
#include "wire/wire.h"

/*
 * What a client asks for. Compare with envelope.h: there a command has one line, and what
 * belongs to it comes in the next command; here one request has it all in its head.
 *
 *	GET /index.html HTTP/1.1
 *	Host: crepes.fr
 */
struct http_request {
	char line[HTTP_LINE]; /* the request line, cut into its words */
	const char *method;   /* "" until it is known */
	const char *path;     /* begins with a slash, its %XX decoded, once */
	bool old;	      /* HTTP/1.0: a connection for each request */
	bool has_host;
	struct http_said said;
};

/* What all conversations of a server have in common. */
struct http_site {
	int root; /* the folder of the files, a descriptor */
	/*
	 * As HTTP/1.0 began: a connection for each object, without Content-Length, which
	 * ends where the server closes (RFC 9112, 6.3). Who hears less than all of it
	 * cannot tell.
	 */
	bool one_each;
};

struct http_session {
	const struct http_site *site;
	struct wire *wire;
	bool over; /* nothing more is read; to be set before the last response is said */
	struct http_request request; /* the one in hand */
	char field[HTTP_LINE];	     /* the last line of its head */
};

/* One whole conversation, for serve(); its context is a struct http_site. */
void http_session(struct wire *w, const void *site);

/*
 * The responses: http-response.c. Each answers the request in hand; to HEAD each is said
 * as to GET, but for the body (RFC 9110, 9.3.2).
 */

/*
 * Refuses the request. refusal is the code, its name, a colon, and why: all of it is the
 * body, one line.
 */
void http_refuse(struct http_session *s, const char *refusal);

/* 405, with the methods that are allowed. */
void http_not_allowed(struct http_session *s);

/*
 * 200 and the file that the path names; 301, 404 or 503 where there is none. Where it
 * cannot be read to the length that was said, the conversation is over: only its end
 * tells the client.
 */
void http_give_file(struct http_session *s);

#endif
