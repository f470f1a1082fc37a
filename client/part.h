#ifndef PART_H
#define PART_H

#include "body.h"
#include "header.h"
#include "parameter.h"
#include "transfer-encoding.h"

#include <stdbool.h>
#include <stdio.h>

/*
 * A part of a message that is written: a file, the fields that say what it is,
 * and its body made fit for mail (passages B7 to B9; RFC 2045, 2046).
 *
 * Functions that return int return 0, or an exit status of <sysexits.h> once
 * they have said on standard error what is wrong.
 */
struct part {
	const char *given_type;	    /* as it was asked for, or NULL: by file name */
	const char *given_encoding; /* as it was asked for, or NULL: by the data */
	const char *given_charset;  /* of text, which is in UTF-8, or NULL: as it is */

	FILE *data;
	const char *source;    /* the name of data in diagnostics */
	const char *file_name; /* to go into the message, or NULL */
	struct survey survey;
	const char *type;
	enum transfer_encoding encoding;
	bool is_text;			 /* lines, whose ends are CRLF in mail */
	char content_type[HEADER_FIELD]; /* the values of the fields */
	char disposition[PARAMETER_ROOM + sizeof "attachment; "];
};

/* Opens the file at path, or standard input where it is NULL. path stays in use. */
int part_open(struct part *part, const char *path);

/*
 * Decides how the part will be sent, and refuses what cannot be. Data is read once
 * for this where the answer depends on it, and kept in a temporary file where it
 * cannot be read twice.
 */
int part_decide(struct part *part);

/* Writes the fields Content-Transfer-Encoding, -Type and, for a file, -Disposition. */
void part_put_fields(FILE *out, const struct part *part);

/* Writes the body. Errors of out stay in out. */
int part_put_body(FILE *out, struct part *part);

#endif
