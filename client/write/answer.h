/*
 * answer: a message that is replied to or forwarded, and the parts of it that go into
 * the new one (articles: A1; RFC 5322, 3.6.4 and 3.6.5). A stranger wrote it; only what
 * may be written into a header is kept.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include "message/address-list.h"
#include "message/header.h"

#include <stdbool.h>
#include <stdio.h>

enum {
	ANSWER_WORDS = 2000, /* longest subject that is kept, with a NUL */
	ANSWER_SUBJECT = ANSWER_WORDS + sizeof "Fwd: ",
	ANSWER_ID = 501 /* longest Message-ID, with a NUL */
};

/* A text is empty if the field was missing, or nothing of it may be written. */
struct original {
	FILE *message;	    /* at its beginning */
	const char *source; /* its name in diagnostics */
	bool has_header;    /* it has a field; else it is hardly a message */

	char subject[ANSWER_WORDS], date[100]; /* readable, in UTF-8 */
	char author[ADDRESS_NAME]; /* of From: the name, or else the mailbox */
	char from[HEADER_FIELD], reply_to[HEADER_FIELD]; /* addresses, written as in To */
	char id[ANSWER_ID], in_reply_to[ANSWER_ID];	 /* one each */
	char references[HEADER_FIELD];			 /* ids, a blank between them */
};

/*
 * Opens the message at path and reads its header. If a field comes twice, the first
 * that can be used counts. A file that cannot be read ends the program with status 66.
 */
void original_open(struct original *original, const char *path);

/*
 * Writes the subject of an answer, in UTF-8, into subject, of ANSWER_SUBJECT octets:
 * mark, which is `Re:` for a reply and `Fwd:` for a forward, then the subject of the
 * original without such marks.
 */
void answer_subject(char *subject, const char *mark, const struct original *original);

/*
 * Writes In-Reply-To with the id of the original, and References with the ids of the
 * thread so far and that id; leaves out a field without ids, or with more than fit.
 * Errors of out stay in out.
 */
void answer_thread(FILE *out, const struct original *original);

/*
 * Returns the text of a reply, as a temporary file at its beginning: a line that names
 * the author of the quotation; each line of the texts that the original shows to its
 * reader, in UTF-8, after `> `; an empty line; and the rest of own, a file named
 * source. It leaves out files and messages in the original. A NUL in own ends the
 * program with 65, an error of reading with 74.
 */
FILE *answer_text(const struct original *original, FILE *own, const char *source);

#endif
