/*
 * http-body: the object behind the head of a response, to its end (articles: B4; RFC 9112,
 * 6 and 7.1). Compare with dots.h, where the end is searched for.
 */
#ifndef HTTP_BODY_H
#define HTTP_BODY_H

#include "http/http-dialogue.h"

#include <stdio.h>

/*
 * Reads the body of the response in hand into to, or with NULL to nowhere. *octets is how
 * many it has. HTTP_HEARD: all of it has come; else the reason is in d->why, and d->last
 * is set. Errors of the stream stay in the stream; after one it ends, HTTP_LOST.
 */
enum http_heard http_body(struct http_dialogue *d, FILE *to, uintmax_t *octets);

#endif
