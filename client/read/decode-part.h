/*
 * decode-part: the body of a part, made again what it was (articles: B10): its transfer
 * encoding is undone, and text gets the line ends of our files. For a reader its charset
 * becomes UTF-8 as well, the marks of text/html go, and nothing of it commands a
 * terminal.
 */
#ifndef DECODE_PART_H
#define DECODE_PART_H

#include "message/charset.h"
#include "message/content-fields.h"
#include "message/multipart.h"
#include "message/transfer-encoding.h"
#include "read/flowed.h"
#include "read/html.h"
#include "wire/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { PART_BEGIN = 1024 /* octets of a page in which its charset is looked for */ };

struct part_decoder {
	bool is_text, is_for_reader, is_page, is_flowed;
	struct transfer_decoder transfer;
	struct charset charset;
	bool is_looking; /* for the charset, in what a page begins with, */
	size_t begun;	 /* so many octets, in */
	char begin[PART_BEGIN];
	bool held_cr;	  /* of a CRLF that was cut */
	struct html html; /* of a page: text/html for a reader */
	struct flowed flowed;
	struct utf8 utf8;
	FILE *to;
	uintmax_t octets; /* so far; for a reader, before controls are escaped */
	bool ends_line;	  /* the last one was a line end */
	bool is_blank;	  /* there was nothing to be seen */
};

/*
 * Begins a part with this content: as a file, or for a reader. to may be NULL, and
 * then the octets are only counted.
 */
void part_decoder_start(struct part_decoder *decoder, const struct content *content,
	bool is_for_reader, FILE *to);

/*
 * Takes all of the part in hand. False where to took it no more, with errno; errors of
 * the message's stream stay in the stream.
 */
bool decode_part(struct part_decoder *decoder, struct multipart *message);

#endif
