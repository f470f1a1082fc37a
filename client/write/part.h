/*
 * part: a file or a text that goes into a message, the fields that say what it is, and
 * its body made fit for mail (articles: A6, B7-B9; RFC 2045, 6; RFC 2046; RFC 2183). On
 * an error the program ends, with a line on standard error and a status of
 * <sysexits.h>: 65 if the data does not allow what was asked, 66 and 74 for files.
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

/* What was asked for, or NULL. */
struct part_asked {
	const char *type;     /* else the name of the file decides */
	const char *encoding; /* a known one; else the data decides */
	const char *charset;  /* of text, which is in UTF-8; else it stays as it is */
};

/* What a channel may do to a body. */
enum part_kind {
	PART_DATA,	/* octets: CR and LF are like any other */
	PART_TEXT,	/* lines, which end in CRLF in mail */
	PART_COMPOSITE, /* lines with parts or a message: never encoded as a whole */
};

/* What the data needs from a channel (RFC 2045, 2.7 to 2.9). */
struct survey {
	bool has_nul, has_bare_cr, has_long_line;
	bool has_high;		    /* octets above 127 */
	bool is_not_utf8;	    /* octets that are not well-formed UTF-8 */
	uintmax_t octets, to_quote; /* all; those that quoted-printable would encode */
	size_t line;		    /* octets of the present line */
	unsigned char last;
	struct utf8 utf8;
};

/* part_open, or the caller, fills in data, source and file_name; the rest is 0. */
struct part {
	struct part_asked asked;
	bool is_inside; /* it is in a multipart; the caller sets this before part_decide */

	/*
	 * A message of somebody else. It becomes a message/rfc822, in 7bit or 8bit (RFC
	 * 2045, 6.4), or, if lines cannot carry it, data with its file name.
	 */
	bool is_forwarded;

	FILE *data;
	const char *source;    /* the name of data in diagnostics */
	const char *file_name; /* the name that goes into the message, or NULL */
	bool is_empty;	       /* the file was */

	/* What part_decide decides. */
	struct survey survey;
	const char *type;
	enum part_kind kind;
	enum transfer_encoding encoding;
	char content_type[PART_TYPE];	 /* the value of the field */
	char file_field[PARAMETER_ROOM]; /* filename=..., as it will be written */
};

/* Opens the file at path, or standard input if path is NULL. path must last. */
void part_open(struct part *part, const char *path);

/*
 * Decides how the part will be sent. If the answer depends on the data, it reads the
 * data once, and keeps it in a temporary file if it cannot be read twice.
 */
void part_decide(struct part *part);

/*
 * Whether boundary is in the body as it will be written. The first octet of boundary
 * must not come again in boundary. A boundary that begins with `=_` cannot be in base64
 * or in quoted-printable.
 */
bool part_holds(struct part *part, const char *boundary);

/*
 * Writes the fields Content-Transfer-Encoding and -Type, and for a file -Disposition:
 * inline for text among other parts, attachment for data, and no field for a text
 * alone.
 */
void part_put_fields(FILE *out, const struct part *part);

/*
 * Writes the body. A body of lines ends in a line end, except a part among others,
 * which ends as its data does. Errors of out stay in out.
 */
void part_put_body(FILE *out, struct part *part);

#endif
