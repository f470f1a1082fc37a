#ifndef MIXED_H
#define MIXED_H

#include "write/boundary.h"
#include "write/part.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/*
 * The body of a message that is written: one part, or several in a multipart/mixed
 * (RFC 2046, 5.1; passage B5), each with fields of its own.
 *
 * Functions that return int return 0, or an exit status of <sysexits.h> once they have
 * said on standard error what is wrong.
 */
struct mixed {
	struct part *parts; /* count of them, open; the caller's */
	size_t count;	    /* at least one */
	char boundary[BOUNDARY_ROOM];
};

/*
 * Decides how each part will be sent, and what stands between them: of the boundaries
 * that belong to number and those after it, the first that is in none of them.
 */
int mixed_decide(struct mixed *body, uint32_t number);

/* Writes the Content- fields of the message. */
void mixed_put_fields(FILE *out, const struct mixed *body);

/* Writes the body. Errors of out stay in out. */
int mixed_put_body(FILE *out, struct mixed *body);

#endif
