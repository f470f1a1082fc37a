/*
 * attachment: what is done with a part that is not shown: a command of Bob's is run on
 * it, it is saved, or it is only named (articles: B10, B13, B14).
 */
#ifndef ATTACHMENT_H
#define ATTACHMENT_H

#include "read/entity.h"

#include <stdbool.h>
#include <stdio.h>

struct attachment_options {
	const char *source; /* the name of the message in diagnostics */
	const char *folder; /* to save in, or NULL */
	bool acts;	    /* there is somebody to ask, and mailcap is looked at */
};

/*
 * Whether there is somebody to ask: a terminal that this process belongs to, and that
 * standard output or standard error is shown on. in is the message: where that is a
 * terminal, its next line would be the answer, and nobody can be asked.
 */
bool attachment_can_ask(FILE *in);

/*
 * Reads the part in hand to its end, and says on standard output in a line what became
 * of it. A command is run after a yes alone, and so is application/octet-stream saved
 * where there is somebody to ask. The program ends, with a line, where something cannot
 * be written, or the message not be read.
 */
void attachment_take(const struct attachment_options *options, struct multipart *message,
	const struct entity *entity);

#endif
