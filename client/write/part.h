/*
 * part: a file or a text that goes into a message, the fields that say what it is, and
 * its body made fit for mail (articles: A6, B7-B9; RFC 2045, 6; RFC 2046; RFC 2183). What
 * cannot be ends the program, with a line on standard error and a status of <sysexits.h>:
 * 65 for what the data does not allow, 66 and 74 for files.
 */
#ifndef PART_H
#define PART_H

#include "message/parameter.h"
#include "message/transfer-encoding.h"
#include "wire/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { PART_TYPE = 1024 }; /* octets of a Content-Type with its NUL */

/* What was asked for; NULL: nothing was. */
struct part_asked {
	const char *type;     /* else the name of the file tells */
	const char *encoding; /* a known one; else the data tells */
	const char *charset;  /* of text, which is in UTF-8; else it stays as it is */
};

/* What a channel may do to a body. */
enum part_kind {
	PART_DATA,	/* octets: what looks like a line end is none */
	PART_TEXT,	/* lines, whose ends are CRLF in mail */
	PART_COMPOSITE, /* lines that hold parts or a message: never encoded as a whole */
};

/* What the data has to ask of a channel (RFC 2045, 2.7 to 2.9). */
struct survey {
	bool has_nul, has_bare_cr, has_long_line;
	bool has_high;		    /* octets above 127 */
	bool is_not_utf8;	    /* octets that are not well-formed UTF-8 */
	uintmax_t octets, to_quote; /* all, those quoted-printable would encode */
	size_t line;		    /* octets of the line in hand */
	unsigned char last;
	struct utf8 utf8;
};

/* part_open fills in data, source and file_name, or else the caller; the rest is 0. */
struct part {
	struct part_asked asked;
	bool is_inside; /* of a multipart; the caller says so before part_decide */

	/*
	 * A message of somebody else: it will be a message/rfc822, in 7bit or 8bit (RFC
	 * 2045, 6.4), or where lines cannot carry it data with its file name.
	 */
	bool is_forwarded;

	FILE *data;
	const char *source;    /* the name of data in diagnostics */
	const char *file_name; /* that goes into the message, or NULL */
	bool is_empty;	       /* the file was */

	/* What part_decide decides. */
	struct survey survey;
	const char *type;
	enum part_kind kind;
	enum transfer_encoding encoding;
	char content_type[PART_TYPE];	 /* the value of the field */
	char file_field[PARAMETER_ROOM]; /* filename=..., as it will be written */
};

/* Opens the file at path, or standard input where it is NULL. path stays in use. */
void part_open(struct part *part, const char *path);

/*
 * Decides how the part will be sent. Data is read once for this where the answer depends
 * on it, and kept in a temporary file where it cannot be read twice.
 */
void part_decide(struct part *part);

/*
 * Whether boundary is in the body as it will be written; its first octet is nowhere else
 * in it. Neither base64 nor quoted-printable can hold one that begins with `=_`.
 */
bool part_holds(struct part *part, const char *boundary);

/*
 * Writes the fields Content-Transfer-Encoding and -Type, and for a file -Disposition:
 * inline for text among other parts, attachment for data; a text alone needs none.
 */
void part_put_fields(FILE *out, const struct part *part);

/*
 * Writes the body; one in lines ends in a line end, but for a part among others, which
 * ends as its data does. Errors of out stay in out.
 */
void part_put_body(FILE *out, struct part *part);

#endif
