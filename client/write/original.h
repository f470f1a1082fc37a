#ifndef ORIGINAL_H
#define ORIGINAL_H

#include "message/address.h"
#include "message/header.h"
#include "write/message-id.h"

#include <stdbool.h>
#include <stdio.h>

/*
 * The message that is answered or forwarded: what of its header comes into the new one
 * (passage A1; RFC 5322, 3.6.4 and 3.6.5). All of it comes from a stranger; here it is
 * fit to be written. Empty: it was missing, or none of it was fit.
 */

enum { ORIGINAL_WORDS = 2000 }; /* octets of a subject that are kept */

struct original {
	bool has_header; /* there was a field; else it is hardly a message */
	char subject[ORIGINAL_WORDS], date[100]; /* readable */
	char author[ADDRESS_NAME];		 /* the name, or the mailbox, of From */
	char from[HEADER_FIELD], reply_to[HEADER_FIELD]; /* addresses, as To has them */
	char id[MESSAGE_ID_ROOM], in_reply_to[MESSAGE_ID_ROOM]; /* one each */
	char references[HEADER_FIELD];				/* ids */
};

/*
 * Reads the header of message, which is seekable, from where it stands, and stands there
 * again. Of two fields of a name the first counts. Returns 0, or with errno -1.
 */
int original_read(struct original *original, FILE *message);

#endif
