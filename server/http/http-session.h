/*
 * http-session: a server's conversation with one client (articles: A14, B1, B4; RFC
 * 9110, RFC 9112). Compare with smtp-session.h: there the server speaks first, and
 * remembers from one command to the next who sends a message to whom. Here the client
 * speaks first, and each request is complete: the server remembers nothing of the one
 * before.
 */
#ifndef HTTP_SESSION_H
#define HTTP_SESSION_H

#include "http/http-field.h"
#include "wire/wire.h"

/*
 * What a client asks for. Compare with envelope.h: there a command is one line, and the
 * next command says more. Here the head of one request says everything.
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

/* The same for all conversations of a server. */
struct http_site {
	int root; /* the folder of the files, a descriptor */
	/*
	 * As in the first HTTP/1.0: a connection for each object, without
	 * Content-Length. The object ends where the server closes the connection (RFC
	 * 9112, 6.3). A client that gets only a part of it cannot notice.
	 */
	bool one_each;
};

struct http_session {
	const struct http_site *site;
	struct wire *wire;
	bool over; /* nothing more is read; set it before the last response */
	struct http_request request; /* the present one */
	char field[HTTP_LINE];	     /* the last line of its head */
};

/* One whole conversation, for serve(); its context is a struct http_site. */
void http_session(struct wire *w, const void *site);

/*
 * The responses: http-response.c. Each answers the present request. HEAD gets the same
 * response as GET, without the body (RFC 9110, 9.3.2).
 */

/*
 * Refuses the request. refusal is the code, its name, a colon, and the reason; the body
 * is the same, in one line.
 */
void http_refuse(struct http_session *s, const char *refusal);

/* 405, with the methods that are allowed. */
void http_not_allowed(struct http_session *s);

/*
 * 200 and the file that the path names, or 301, 404 or 503. If the file turns out
 * shorter than the announced length, the conversation is over: the client can notice
 * only by its end.
 */
void http_give_file(struct http_session *s);

#endif
