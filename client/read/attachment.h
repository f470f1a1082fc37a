/*
 * attachment: what happens to a part that is not shown: a command of Bob's runs on it,
 * it is saved, or it is only named (articles: B10, B13, B14).
 */
#ifndef ATTACHMENT_H
#define ATTACHMENT_H

#include "read/entity.h"

#include <stdbool.h>
#include <stdio.h>

struct attachment_options {
	const char *source; /* the name of the message in diagnostics */
	const char *folder; /* to save in, or NULL */
	bool acts;	    /* ask, and look into mailcap */
};

/*
 * Whether the program can ask somebody: it belongs to a terminal, and standard output
 * or standard error is that terminal. in is the message; if it comes from a terminal,
 * its next line would be taken for the answer, so nobody can be asked.
 */
bool attachment_can_ask(FILE *in);

/*
 * Reads the present part to its end, and prints a line on standard output about what it
 * did. It runs a command only after a yes; if it can ask, it also saves
 * application/octet-stream only after a yes. The program ends, with a line, if
 * something cannot be written, or the message cannot be read.
 */
void attachment_take(const struct attachment_options *options, struct multipart *message,
	const struct entity *entity);

#endif
