#ifndef PART_H
#define PART_H

#include "message/header.h"
#include "message/parameter.h"
#include "message/transfer-encoding.h"
#include "write/survey.h"

#include <stdbool.h>
#include <stdio.h>

enum { PART_TYPE = 1024 }; /* octets of a Content-Type with its NUL */

/* What was asked for, each NULL where nothing was. */
struct part_asked {
	const char *type;     /* else by file name */
	const char *encoding; /* else by the data */
	const char *charset;  /* of text, which is in UTF-8; else it stays as it is */
};

/*
 * A part of a message that is written: a file, the fields that say what it is,
 * and its body made fit for mail (passages B7 to B9; RFC 2045, 2046).
 *
 * Functions that return int return 0, or an exit status of <sysexits.h> once
 * they have said on standard error what is wrong.
 */
struct part {
	struct part_asked asked;
	bool is_inside;	 /* stands among others, in a multipart */
	bool is_message; /* a message that is forwarded */

	FILE *data;
	const char *source;    /* the name of data in diagnostics */
	const char *file_name; /* to go into the message, or NULL */
	struct survey survey;
	const char *type;
	enum transfer_encoding encoding;
	bool is_text;			 /* lines, whose ends are CRLF in mail */
	char content_type[PART_TYPE];	 /* the value of the field */
	char file_field[PARAMETER_ROOM]; /* filename=..., as it will be written */
};

/* Opens the file at path, or standard input where it is NULL. path stays in use. */
int part_open(struct part *part, const char *path);

/* Takes text, without a file name; source is what diagnostics call it. */
void part_take_text(struct part *part, FILE *text, const char *source);

/*
 * Takes a message that is forwarded, of a file called source. It will be a
 * message/rfc822, also in 8bit where it is so (RFC 2045, 6.4); one that lines cannot
 * carry will be data with the name message.eml.
 */
void part_take_message(struct part *part, FILE *message, const char *source);

/*
 * Decides how the part will be sent, and refuses what cannot be. Data is read once
 * for this where the answer depends on it, and kept in a temporary file where it
 * cannot be read twice.
 */
int part_decide(struct part *part);

/*
 * Whether boundary stands in the body as it will be written. That of base64 and
 * quoted-printable is not searched, see boundary.h.
 */
int part_search(struct part *part, const char *boundary, bool *found);

/*
 * Writes the fields Content-Transfer-Encoding, -Type and, for a file, -Disposition:
 * inline for text, which needs it among others only, else attachment.
 */
void part_put_fields(FILE *out, const struct part *part);

/*
 * Writes the body; one in lines ends in a line end, but for a part among others, which
 * ends as its data does. Errors of out stay in out.
 */
int part_put_body(FILE *out, struct part *part);

#endif
