/*
 * http-field: the lines in the head of an HTTP message, a request or a response
 * (articles: B4; RFC 9112, 2 and 5). A head is a first line of its own kind, then
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
 * Cuts a line into the name of a field and its value. line is then the name, and the
 * value is returned, without blanks around it. Returns NULL if the line is not a field:
 * the colon must follow the name at once, and a tab is the only control octet allowed
 * in the value.
 */
char *http_field(char *line);

/*
 * What the fields of a head say about the connection and the body. Begin with all zero.
 */
struct http_said {
	bool closes;	  /* `Connection: close`: this is the last message */
	bool coded;	  /* Transfer-Encoding was there, */
	bool chunked;	  /* the last coding that it names is chunked, */
	bool recoded;	  /* and it names other codings */
	bool measured;	  /* Content-Length was there */
	uintmax_t length; /* and this is what it said */
};

/*
 * Takes in a field, if it is one of these. Returns false for a Content-Length that is
 * not a length. The field may come several times, also as `5, 5`, with the same value.
 * Transfer-Encoding may come several times too, so what it says is known at the end of
 * the head.
 */
bool http_take_field(struct http_said *said, const char *name, const char *value);

#endif
