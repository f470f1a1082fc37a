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
	MULTIPART_BOUNDARY = 1024, /* octets of a boundary at most; 70 by 5.1.1 */
	MULTIPART_DEPTH = 50,	   /* multiparts in one another at most */
	MULTIPART_SPAN = 65536	   /* octets that are read at once */
};

/*
 * A message that is read from its beginning to its end, once, and where in it we are.
 * Only multipart_open and the functions below change it; closed and why may be read.
 */
struct multipart {
	FILE *in;
	bool at_end;	    /* of in: nothing comes after what span holds */
	bool at_line_start; /* the next octet begins a line */
	bool part_is_over;  /* the next octet begins a delimiter, or there is none */
	bool closed;	    /* the multipart that ended last had its last delimiter */
	int why;	    /* errno, where the stream could not be read; else 0 */
	size_t start, end; /* what was read and not yet taken: span[start] to span[end] */
	char span[MULTIPART_SPAN];
	size_t depth; /* multiparts that we are in, the innermost last */
	struct boundary {
		char text[MULTIPART_BOUNDARY];
		size_t length;
	} boundaries[MULTIPART_DEPTH];
};

/* Begins to read a message, which is in no multipart yet. */
void multipart_open(struct multipart *message, FILE *in);

/*
 * The next octet of the part in hand, or of the message where it is no multipart; EOF at
 * its end. multipart_peek leaves it there. In lines of a header, the line end before a
 * delimiter still comes: it ends the last field.
 */
int multipart_get(struct multipart *message);
int multipart_peek(struct multipart *message);

/*
 * Shows the octets that come next, at *octets, and takes none: MULTIPART_BOUNDARY or
 * more, unless the message ends, 0 at the end of the part in hand. What follows its first
 * line end may belong to the next part.
 */
size_t multipart_ahead(struct multipart *message, const char **octets);

/*
 * The next octets of the part in hand, at *octets, which last until the next call.
 * Returns how many, 0 at the end of the part. The line end before a delimiter belongs
 * to the delimiter. Errors stay in the stream.
 */
size_t multipart_take(struct multipart *message, const char **octets);

/*
 * The part in hand is a multipart with this boundary, of length octets; its body is next.
 * False where the boundary is empty or too long, or there are too many already.
 */
bool multipart_enter(struct multipart *message, const char *boundary, size_t length);

/*
 * Passes over what is left of the part in hand, or of the preamble, and over the
 * delimiter. True: the next part of the innermost multipart begins. False: it had no
 * more, and we are back in the part that holds it. A last delimiter may be missing.
 */
bool multipart_next(struct multipart *message);

#endif
