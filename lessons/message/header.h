/*
 * header: lines of `name: value`, then an empty line (articles: B6; RFC 5322). Both the
 * writer and the reader of a message need this.
 */
#ifndef HEADER_H
#define HEADER_H

#include "message/multipart.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum {
	HEADER_FOLD = 78,    /* the most octets a line should have, 2.1.1 */
	HEADER_LINE = 998,   /* the most octets a line may have, 2.1.1 */
	HEADER_FIELD = 65536 /* octets of a field that are kept when it is read */
};

/*
 * A line end in a value would begin a field, or a body, that nobody wrote. Returns NULL
 * if value has no control octets at all, else what is wrong, in words.
 */
const char *header_controls(const char *value);

/*
 * Checks that value is what RFC 5322 allows in a field: printing ASCII and blanks, in
 * words that fit on a line. header_put writes nothing else. Returns NULL, or what is
 * wrong, in words.
 */
const char *header_wrong(const char *name, const char *value);

/*
 * Writes the field `name: value`. It folds the line (2.2.3) before a blank if it would
 * pass HEADER_FOLD, or ENCODED_WORD_LINE with encoded-words. Returns false, and writes
 * nothing, if header_wrong finds something wrong. Errors of the stream stay in the
 * stream.
 */
bool header_put(FILE *out, const char *name, const char *value);

/*
 * Writes text as a quoted-string (3.2.4) with a NUL into quoted, which has room for
 * twice as many octets and three more.
 */
void header_quote(const char *text, char *quoted);

/*
 * What a message begins with, by its first n octets: a header, which may be empty and
 * then is only the empty line; or a body without a header. BEGINS_UNSURE: more octets
 * are needed. *postmark is how many octets before the header do not belong to the
 * message. A mailbox in one file, and git format-patch, have a line `From
 * alice@crepes.fr Wed Sep  9 ...`, perhaps with a > before it, before each message. If
 * no field follows, such a line is the text of a letter.
 */
enum begins { BEGINS_HEADER, BEGINS_BODY, BEGINS_UNSURE };
enum begins header_begins(const char *octets, size_t n, size_t *postmark);

/* What header_get found. */
enum header_found {
	HEADER_IS_FIELD, /* a field */
	HEADER_IS_END,	 /* the empty line, or the end of the stream */
	HEADER_IS_BODY	 /* any other line: a body without empty line; not taken */
};

/*
 * A field, unfolded: `Subject: a b`, without its line end. A field of more than
 * HEADER_FIELD octets is cut, and its tail is drained. A NUL is read as `?`.
 */
struct header_field {
	char text[HEADER_FIELD + 1];
	size_t length;
};

/*
 * Reads the next field of the message, or of the present part. Lines end in LF or CRLF.
 * A delimiter ends a header too.
 */
enum header_found header_get(struct multipart *in, struct header_field *field);

/*
 * The same for a header as strangers send it. header_begin skips what is before the
 * first field of a message: a byte order mark, and, if a field follows them, lines of
 * blanks, blanks before the field, and the line `From alice@crepes.fr Wed Sep  9` that
 * a mailbox in one file has before each message. header_next skips such a line between
 * two fields too. A line without a name continues the field before it in two cases:
 * that field ends in `;` and the line begins like a parameter, or a Content- field
 * follows the line.
 */
void header_begin(struct multipart *in);
enum header_found header_next(struct multipart *in, struct header_field *field);

/*
 * The value of the field, without blanks before it, if the field has this name, in any
 * case; else NULL. It points into field.
 */
const char *header_value(const struct header_field *field, const char *name);

#endif
