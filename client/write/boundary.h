#ifndef BOUNDARY_H
#define BOUNDARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The boundary between the parts of a multipart message (RFC 2046, 5.1.1): a line that
 * begins with two hyphens and it ends a part, so that it may stand in none of them.
 */

enum { BOUNDARY_ROOM = 71 }; /* at most 70 octets, and a NUL */

/*
 * Writes the boundary that belongs to number into boundary of BOUNDARY_ROOM octets. It
 * begins with `=_`, which stands neither in base64 nor in quoted-printable (RFC 2045,
 * 6.7), and its first octet stands nowhere else in it. Another number has another.
 */
void boundary_make(char *boundary, uint32_t number);

/* A search for a boundary in data. Begins as {boundary}. */
struct boundary_search {
	const char *boundary;
	size_t met; /* octets of it that the data so far ends in */
};

/* Whether it stands in the data up to here: length octets after those before. */
bool boundary_found(struct boundary_search *search, const char *octets, size_t length);

#endif
