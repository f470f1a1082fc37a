/*
 * http-response: what the server of HTTP says to a request (articles: B4; RFC 9110, 15;
 * RFC 9112, 4 and 6). A code for the program and words for the person, as in SMTP; behind
 * the head an object, with Content-Length, which says where it ends.
 *
 * To HEAD each is said as to GET, but for the body (RFC 9110, 9.3.2).
 */
#ifndef HTTP_RESPONSE_H
#define HTTP_RESPONSE_H

#include "http/http-session.h"

#include <sys/stat.h>

/*
 * Refuses the request in hand. refusal is the code, its name, a colon, and why: all of
 * it is the body, one line.
 */
void http_refuse(struct http_session *s, const char *refusal);

/* 405, with the methods that are allowed. */
void http_not_allowed(struct http_session *s);

/* 301: a folder was asked for without its last slash. */
void http_moved(struct http_session *s);

/*
 * 200, and the file. Where it cannot be read to the length that was said, the
 * conversation is over: only its end tells the client.
 */
void http_send(struct http_session *s, int fd, const struct stat *file);

#endif
