/*
 * decode-part: turns the body of a part back into what it was (articles: B10): it
 * undoes the transfer encoding, and gives text the line ends of our files. For a reader
 * it also converts the charset to UTF-8, removes the tags of text/html, and makes
 * controls harmless to a terminal.
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

enum { PART_BEGIN = 1024 /* the first octets of a page, searched for its charset */ };

struct part_decoder {
	bool is_text, is_for_reader, is_page, is_flowed;
	struct transfer_decoder transfer;
	struct charset charset;
	bool is_looking; /* for the charset, in the first octets of a page, */
	size_t begun;	 /* so many are held in */
	char begin[PART_BEGIN];
	bool held_cr;	  /* of a CRLF that was cut */
	struct html html; /* of a page: text/html for a reader */
	struct flowed flowed;
	struct utf8 utf8;
	FILE *to;
	uintmax_t octets; /* so far; for a reader, before controls are escaped */
	bool ends_line;	  /* the last octet was a line end */
	bool is_blank;	  /* nothing of it can be seen */
};

/*
 * Begins a part with this content: as a file, or for a reader. to may be NULL, and
 * then the octets are only counted.
 */
void part_decoder_start(struct part_decoder *decoder, const struct content *content,
	bool is_for_reader, FILE *to);

/*
 * Takes all of the present part. Returns false, with errno, if writing to to failed;
 * errors of the message's stream stay in the stream.
 */
bool decode_part(struct part_decoder *decoder, struct multipart *message);

#endif
