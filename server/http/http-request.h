/*
 * http-request: what a client of HTTP asks for, read line by line (articles: B4; RFC
 * 9112, 3 and 5). Compare with envelope.h: there a command has one line, and what belongs
 * to it comes in the next command; here one request has it all in its head.
 *
 *	GET /index.html HTTP/1.1
 *	Host: crepes.fr
 *
 * The functions are pure. Each returns NULL, or what to refuse the request with: the code,
 * the name of the code, a colon, and why.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "http/http-field.h"

/* All but the first is put there by the functions. */
struct http_request {
	/* The request line; http_request_line cuts it into its words. */
	char line[HTTP_LINE];
	const char *method; /* "" until it is known */
	const char *path;   /* begins with a slash, its %XX decoded, once */
	bool old;	    /* HTTP/1.0: a connection for each request */
	bool closes;	    /* `Connection: close`: this is the last one */
	uintmax_t length;   /* of Content-Length */
	/* The field has come: Host, Content-Length, Transfer-Encoding. */
	bool has_host, has_length, has_coding;
};

/* Begins a request with its first line, which is in r->line. */
const char *http_request_line(struct http_request *r);

/* Takes one field in; the line is cut into pieces. */
const char *http_request_field(struct http_request *r, char *line);

/* The empty line: is the request whole? */
const char *http_request_end(const struct http_request *r);

/* Whether a body follows the head, be it an empty one. */
bool http_request_has_body(const struct http_request *r);

#endif
