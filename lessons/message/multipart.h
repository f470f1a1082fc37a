/*
 * multipart: several parts in one body (articles: B5; RFC 2046, 5.1). A line that begins
 * with `--` and the boundary, the delimiter, comes before each of them, and one more
 * after the last, with `--` at its end. A part may be a multipart itself, with a
 * boundary of its own.
 */
#ifndef MULTIPART_H
#define MULTIPART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum {
	MULTIPART_BOUNDARY = 1024, /* longest boundary; 70 in 5.1.1 */
	MULTIPART_DEPTH = 50,	   /* most multiparts in one another */
	MULTIPART_SPAN = 65536	   /* octets that are read at once */
};

/*
 * A message that is read once, from its beginning to its end, and our place in it. Only
 * multipart_open and the functions below change it; closed and why may be read.
 */
struct multipart {
	FILE *in;
	bool at_end;	    /* of in: span holds the last octets */
	bool at_line_start; /* the next octet begins a line */
	bool part_is_over; /* the next octet begins a delimiter, or the message is over */
	bool closed;	   /* the last multipart that ended had its last delimiter */
	int why;	   /* errno if the stream could not be read; else 0 */
	size_t start, end; /* read and not yet taken: from span[start] up to span[end] */
	char span[MULTIPART_SPAN];
	size_t depth; /* multiparts that we are in, the innermost last */
	struct boundary {
		char text[MULTIPART_BOUNDARY];
		size_t length;
	} boundaries[MULTIPART_DEPTH];
};

/* Begins to read a message, not within any multipart. */
void multipart_open(struct multipart *message, FILE *in);

/*
 * Returns the next octet of the present part, or of the message if it is not a
 * multipart; EOF at its end. multipart_peek does not take the octet. In a header, the
 * line end before a delimiter is returned too: it ends the last field.
 */
int multipart_get(struct multipart *message);
int multipart_peek(struct multipart *message);

/*
 * Points *octets at the next octets, without taking them. Returns how many:
 * MULTIPART_BOUNDARY or more, fewer if the message ends, 0 at the end of the present
 * part. Octets after the first line end may belong to the next part.
 */
size_t multipart_ahead(struct multipart *message, const char **octets);

/*
 * Takes the next octets of the present part, and points *octets at them, until the next
 * call. Returns how many, 0 at the end of the part. The line end before a delimiter
 * belongs to the delimiter. Errors stay in the stream.
 */
size_t multipart_take(struct multipart *message, const char **octets);

/*
 * Enters the present part, which is a multipart with this boundary, of length octets;
 * its body is next. Returns false if the boundary is empty or too long, or there are
 * too many already.
 */
bool multipart_enter(struct multipart *message, const char *boundary, size_t length);

/*
 * Skips the rest of the present part, or of the preamble, and the delimiter. Returns
 * true if the next part of the innermost multipart begins; false if it has no more
 * parts, and we are back in the part that contains it. The last delimiter may be
 * missing.
 */
bool multipart_next(struct multipart *message);

#endif
