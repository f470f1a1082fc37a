/*
 * header: lines of `name: value`, then an empty line (articles: B6; RFC 5322). What the
 * writer and the reader of a message both need.
 */
#ifndef HEADER_H
#define HEADER_H

#include "message/multipart.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum {
	HEADER_FOLD = 78,    /* octets a line should have at most, 2.1.1 */
	HEADER_LINE = 998,   /* octets a line must have at most, 2.1.1 */
	HEADER_FIELD = 65536 /* octets of a field that are kept when it is read */
};

/*
 * A line end in a value would begin a field, or a body, that nobody wrote. Returns
 * NULL where value has no control octets at all, else what is wrong, in words.
 */
const char *header_controls(const char *value);

/*
 * What RFC 5322 lets stand in the value of a field, and so the only thing
 * header_put writes: printing ASCII and blanks, in words that fit on a line.
 * Returns NULL, or what is wrong, in words.
 */
const char *header_wrong(const char *name, const char *value);

/*
 * Writes the field `name: value`, folded (2.2.3) before the blanks where a
 * line would pass HEADER_FOLD, or with encoded-words ENCODED_WORD_LINE. Returns
 * false, with nothing written, where header_wrong has something to say. Errors of
 * the stream stay in the stream.
 */
bool header_put(FILE *out, const char *name, const char *value);

/*
 * Writes text as a quoted-string (3.2.4) with a NUL into quoted, which has room for twice
 * its octets and three more.
 */
void header_quote(const char *text, char *quoted);

/*
 * What a message of which these are the first n octets begins with: a header, be it the
 * empty line that ends an empty one, or a body without one. BEGINS_UNSURE: more octets
 * are needed to tell. *postmark is how many octets of lines that are none of its own come
 * before its header: mailboxes in one file have `From alice@crepes.fr Wed Sep  9` and so
 * on, or with a > before it, before each of their messages, and so has what git
 * format-patch writes. Where no field follows, such a line is the text of a letter.
 */
enum begins { BEGINS_HEADER, BEGINS_BODY, BEGINS_UNSURE };
enum begins header_begins(const char *octets, size_t n, size_t *postmark);

/* What header_get found. */
enum header_found {
	HEADER_IS_FIELD, /* a field */
	HEADER_IS_END,	 /* the empty line, or the end of the stream */
	HEADER_IS_BODY /* a line that is no field, not taken: a body without empty line */
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
 * Reads the next field of the message, or of the part in hand, whose lines end in LF or
 * CRLF. A delimiter ends a header too.
 */
enum header_found header_get(struct multipart *in, struct header_field *field);

/*
 * The same for a header as strangers send it. header_begin passes over what is before the
 * first field of a message: a byte order mark; and where a field follows them lines of
 * blanks, the blanks before a field, and the line that mailboxes in one file have before
 * each message, `From alice@crepes.fr Wed Sep  9`, which header_next passes over between
 * two fields too. A line without a name goes on with the field before it where that ends
 * in `;` and the line begins like a parameter, or where a Content- field follows the line.
 */
void header_begin(struct multipart *in);
enum header_found header_next(struct multipart *in, struct header_field *field);

/*
 * The value of the field, blanks before it skipped, if its name is this one, in
 * any case; else NULL. It lives in field.
 */
const char *header_value(const struct header_field *field, const char *name);

#endif
