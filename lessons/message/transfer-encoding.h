/*
 * transfer-encoding: how the data of a part was made fit for its channel (articles: A6,
 * B7-B9; RFC 2045, 6). Three of the five encodings change nothing, and say what the
 * channel has to pass. A sixth is older than MIME.
 */
#ifndef TRANSFER_ENCODING_H
#define TRANSFER_ENCODING_H

#include "message/base64.h"
#include "message/quoted-printable.h"
#include "message/uuencode.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum transfer_encoding {
	TRANSFER_7BIT,	 /* lines of ASCII of at most 998 octets, 2.7 */
	TRANSFER_8BIT,	 /* such lines of any octets but NUL and CR, 2.8 */
	TRANSFER_BINARY, /* anything, 2.9 */
	TRANSFER_QUOTED_PRINTABLE,
	TRANSFER_BASE64,
	TRANSFER_UUENCODE, /* older than MIME; it is only read */
	TRANSFER_UNKNOWN   /* its data cannot be read, 6.4 */
};

/* The encoding that a name means, in any case, and even if it is misspelt. */
enum transfer_encoding transfer_encoding(const char *name);

/* The name of an encoding that is known. */
const char *transfer_name(enum transfer_encoding encoding);

/*
 * Encodes data, which must be fit for the encoding, and writes it to out. Text may have
 * line ends of either kind. Errors stay in data and out.
 */
void transfer_write(FILE *out, FILE *data, enum transfer_encoding encoding, bool is_text);

/* The most octets that so many characters of a body can become. */
#define TRANSFER_ROOM(length) QUOTED_DECODED_ROOM(length)

enum { TRANSFER_TAIL = QUOTED_HELD + 1 }; /* the most that transfer_decode_end writes */

struct transfer_decoder {
	enum transfer_encoding encoding;
	struct base64_decoder base64;
	struct quoted_decoder quoted;
	struct uu_decoder uu;
};

/* is_text: a line end of a quoted-printable body becomes CRLF. */
void transfer_decoder_start(
	struct transfer_decoder *decoder, enum transfer_encoding encoding, bool is_text);

/*
 * Decodes length characters of a body into octets, which has room for
 * TRANSFER_ROOM(length). Returns how many octets it wrote.
 */
size_t transfer_decode(
	struct transfer_decoder *decoder, const char *text, size_t length, char *octets);

/* Ends the body: writes what is held into octets, at most TRANSFER_TAIL of them. */
size_t transfer_decode_end(struct transfer_decoder *decoder, char *octets);

#endif
