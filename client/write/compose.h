#ifndef COMPOSE_H
#define COMPOSE_H

#include "write/mixed.h"
#include "write/original.h"

#include <stddef.h>
#include <stdio.h>

/* What a new message is made of. */
struct material {
	struct part_asked asked; /* for each file */
	char **paths;		 /* of files; the first, or standard input, is the text */
	size_t count;
	FILE *message;	    /* to be answered or forwarded, at its beginning; or NULL */
	const char *source; /* its name in diagnostics */
	const struct original *answered; /* its header, where it is answered */
};

/*
 * Opens the parts of the message, body->parts, which the caller frees, whatever is
 * returned; their files stay open to the end of the program. They are: the text, or an answer to the message with the text in it; else the message behind the
 * text, if there is any; then the other files. Returns 0, or an exit status of
 * <sysexits.h> once it has said on standard error what is wrong.
 */
int compose(struct mixed *body, const struct material *material);

#endif
