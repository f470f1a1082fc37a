/*
 * http-field: the lines of which the head of every message of HTTP is made, a request's
 * or a response's (articles: B4; RFC 9112, 2 and 5). A head is one line of its own kind,
 * fields as in the header of mail, `name: value`, and an empty line.
 *
 * The functions are pure.
 */
#ifndef HTTP_FIELD_H
#define HTTP_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HTTP_LINE   8002 /* octets of a line, with its CRLF (RFC 9112, 3: 8000 without) */
#define HTTP_FIELDS 100	 /* lines after the first one */

/* Where in `HTTP/1.1` its two digits are, and where it ends (RFC 9112, 2.3). */
enum { HTTP_MAJOR = 5, HTTP_MINOR = 7, HTTP_VERSION = 8 };

/* Whether the first n octets of text are a token: a method, or the name of a field. */
bool http_token(const char *text, size_t n);

/* Whether text begins with the name of a version: `HTTP/`, a digit, a dot, a digit. */
bool http_version(const char *text);

/*
 * Cuts a line into the name of a field, for which line then stands, and its value, which
 * it returns, without blanks around it. NULL where the line is no field: nothing may
 * stand between name and colon, and no control octet but a tab in the value.
 */
char *http_field(char *line);

/*
 * What the fields of a head say of the connection and of the body. Begin with all zero.
 */
struct http_said {
	bool closes;	  /* `Connection: close`: this is the last message */
	bool coded;	  /* Transfer-Encoding has come, */
	bool chunked;	  /* and the last coding that it names is chunked, */
	bool recoded;	  /* and it names others */
	bool measured;	  /* Content-Length has */
	uintmax_t length; /* and this is what it said */
};

/*
 * Takes in a field, if it is one of these. Returns false for a Content-Length that is no
 * length; it may be there several times, as `5, 5` too, if it is the same. What
 * Transfer-Encoding says is known once the head is over, for it may be there several
 * times, too.
 */
bool http_take_field(struct http_said *said, const char *name, const char *value);

#endif
