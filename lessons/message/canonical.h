/*
 * canonical: the line ends of text: CRLF in mail (its canonical form, RFC 2045, 6.6), LF
 * in our files. Text comes in spans of any size, also between a CR and its LF.
 */
#ifndef CANONICAL_H
#define CANONICAL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Makes each bare LF of text a CRLF: length octets into to, which has room for twice as
 * many. *cr says whether the last octet of the span before was a CR; it begins as
 * false. Returns how many octets it wrote.
 */
size_t to_canonical(bool *cr, const char *octets, size_t length, char *to);

/*
 * Makes each CRLF of text an LF: length octets into to, which has room for one more.
 * *cr says that a CR is held until the next octet is known; it begins as false. If *cr
 * is true at the end of the text, the caller writes that CR. Returns how many octets it
 * wrote.
 */
size_t from_canonical(bool *cr, const char *octets, size_t length, char *to);

#endif
