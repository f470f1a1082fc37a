/*
 * answer: a message that is replied to or forwarded, and what of it comes into the new
 * one (articles: A1; RFC 5322, 3.6.4 and 3.6.5). All of it was written by a stranger;
 * what is kept of it here is fit to be written.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include "message/address-list.h"
#include "message/header.h"

#include <stdbool.h>
#include <stdio.h>

enum {
	ANSWER_WORDS = 2000, /* octets of a subject that are kept, with a NUL */
	ANSWER_SUBJECT = ANSWER_WORDS + sizeof "Fwd: ",
	ANSWER_ID = 501 /* octets of a Message-ID at most, with a NUL */
};

/* Empty: the field was missing, or nothing in it was fit to be written. */
struct original {
	FILE *message;	    /* at its beginning */
	const char *source; /* its name in diagnostics */
	bool has_header;    /* there was a field; else it is hardly a message */

	char subject[ANSWER_WORDS], date[100]; /* readable, in UTF-8 */
	char author[ADDRESS_NAME]; /* of From: the name, or else the mailbox */
	char from[HEADER_FIELD], reply_to[HEADER_FIELD]; /* addresses, as To has them */
	char id[ANSWER_ID], in_reply_to[ANSWER_ID];	 /* one each */
	char references[HEADER_FIELD];			 /* ids, a blank between them */
};

/*
 * Opens the message at path and reads its header. Of two fields of a name the first that
 * can be used counts. A file that cannot be read ends the program with status 66.
 */
void original_open(struct original *original, const char *path);

/*
 * Writes the subject of an answer, in UTF-8, into subject of ANSWER_SUBJECT octets: mark,
 * `Re:` or, where it is forwarded, `Fwd:`, and that of the original without such marks of
 * its own.
 */
void answer_subject(char *subject, const char *mark, const struct original *original);

/*
 * Writes In-Reply-To, the id of the original, and References, the ids of the thread so far
 * and that one: each where there are any and they fit. Errors of out stay in out.
 */
void answer_thread(FILE *out, const struct original *original);

/*
 * Returns the text of a reply, as a temporary file at its beginning: who wrote what is
 * quoted; each line of the texts that the original shows to its reader, in UTF-8, after
 * `> `; and after an empty line what own, called source, holds to its end. Files and
 * other messages in it are left out. A NUL in own ends the program with 65, what cannot
 * be read with 74.
 */
FILE *answer_text(const struct original *original, FILE *own, const char *source);

#endif
