#ifndef ATTACHMENT_H
#define ATTACHMENT_H

#include "read/entity.h"

#include <stdbool.h>

/*
 * What is done with a part that is not shown (passages B10, B13 and B14): a command of
 * Bob's is run on it, it is saved, or it is only named.
 */
struct keep {
	const char *source; /* the name of the message in diagnostics */
	const char *folder; /* to save in, or NULL */
	bool acts;	    /* there is somebody to ask, and mailcap is looked at */
};

/*
 * Reads the part in hand to its end, and says on standard output in a line what became
 * of it. Where there is somebody to ask, application/octet-stream is saved after a yes
 * alone. The program ends, with a line, where something cannot be written, or the
 * message not be read.
 */
void keep_part(
	const struct keep *keep, struct multipart *message, const struct entity *entity);

#endif
