/*
 * The boundary of a multipart message: a line of text is what tells its parts apart, as
 * one with a dot ends a message in SMTP; only here it is chosen so that it stands in
 * none of them. Passage B5; RFC 2046, 5.1.1.
 *
 *     build/mime-encode README.md lessons/07-base64/picture.jpg | grep boundary
 */
#include "write/boundary.h"

#include <stdio.h>
#include <string.h>

void boundary_make(char *boundary, uint32_t number)
{
	snprintf(boundary, BOUNDARY_ROOM, "=_part_%08lx", (unsigned long)number);
}

bool boundary_found(struct boundary_search *search, const char *octets, size_t length)
{
	const char *boundary = search->boundary, *end = octets + length;
	const char *next = octets;
	while (next < end && boundary[search->met] != '\0') {
		if (search->met == 0) {
			next = memchr(next, boundary[0], (size_t)(end - next));
			if (next == NULL)
				return false;
		}
		if (*next == boundary[search->met]) {
			search->met++;
			next++;
		} else {
			search->met = 0; /* perhaps it begins here: look again */
		}
	}
	return boundary[search->met] == '\0';
}
