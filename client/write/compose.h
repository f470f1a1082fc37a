/*
 * compose: makes a message (articles: A1, B5, B6; RFC 5322, 3.6; RFC 2046, 5.1): a
 * header with the fields of the article, in its order, and a body of one part, or of
 * several with boundaries between them.
 */
#ifndef COMPOSE_H
#define COMPOSE_H

#include "write/answer.h"
#include "write/part.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum compose_as { COMPOSE_NEW, COMPOSE_REPLY, COMPOSE_FORWARD };

/* What a message is made of. Begins as {0}. */
struct message {
	/* The values of its fields, as they will be written. */
	char from[HEADER_FIELD];
	char to[HEADER_FIELD]; /* may be empty */
	char subject[HEADER_FIELD];
	bool has_subject;

	/* Its body: the text is in the first file, or comes from standard input. */
	struct part_asked asked; /* for each file */
	char **files;
	size_t count;
	enum compose_as as;
	struct original original; /* of a reply or a forward */
};

/*
 * Writes the message to out, with LF line ends. The text is first, or the reply with
 * the text in it; then the message that is forwarded, which is alone if the text is
 * empty; then the other files. It checks everything before it writes anything: on an
 * error the program ends, with a line on standard error and a status of <sysexits.h>.
 * Errors of out stay in out.
 */
void compose(FILE *out, const struct message *message);

#endif
