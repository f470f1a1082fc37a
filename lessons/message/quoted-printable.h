/*
 * quoted-printable: text that is mostly ASCII stays readable, and each octet that mail
 * might change is written as `=` and two hexadecimal digits (articles: B9; RFC 2045,
 * 6.7). The encoder takes octets and gives text, the decoder takes text and gives
 * octets, in pieces of any size. No call can fail.
 */
#ifndef QUOTED_PRINTABLE_H
#define QUOTED_PRINTABLE_H

#include <stdbool.h>
#include <stddef.h>

enum {
	QUOTED_COLUMNS =
		76, /* characters in a line of text, with the `=` of a soft line break */
	QUOTED_HELD = 1000, /* octets at the end of a line that a decoder holds back */
	QUOTED_TAIL = 8	    /* the most that quoted_encode_end writes */
};

/* The most characters that so many octets can become, line ends included. */
#define QUOTED_ROOM(octets) (4 * ((octets) + 1))

/* The most octets that so many characters can become. */
#define QUOTED_DECODED_ROOM(length) (2 * (length) + QUOTED_HELD)

/* Whether an octet may be written as it is; a blank may not at the end of a line. */
bool quoted_stands(unsigned char octet);

/*
 * An encoder. It holds an octet whose form depends on the next one: a blank, and the
 * octet that would fill the last column.
 */
struct quoted_encoder {
	bool is_binary; /* CR and LF are data, =0D and =0A; else an LF ends a line */
	size_t column;	/* how many of the present line are filled */
	bool holds;
	unsigned char held;
};

void quoted_encoder_start(struct quoted_encoder *encoder, bool is_binary);

/*
 * Encodes length octets into text, which has room for QUOTED_ROOM(length). Lines end in
 * LF, and a CR is always data. Returns how many characters it wrote.
 */
size_t quoted_encode(
	struct quoted_encoder *encoder, const void *octets, size_t length, char *text);

/*
 * Ends the text: encodes the octet that is held. text has room for QUOTED_TAIL. The
 * text always ends in a line end: if the data has none there, a soft line break is
 * written, which adds nothing to the data. Returns how many characters it wrote.
 */
size_t quoted_encode_end(struct quoted_encoder *encoder, char *text);

/*
 * What a decoder saw last. It holds back what depends on the next character: blanks,
 * which may be at the end of a line; a CR, which may belong to a CRLF; and a `=` with
 * what came after it. The last three values are the results.
 */
enum quoted_seen {
	QUOTED_TEXT, /* nothing that is held */
	QUOTED_BLANKS,
	QUOTED_MANY_BLANKS, /* too many to be held: they are data */
	QUOTED_CR,
	QUOTED_EQUALS,
	QUOTED_EQUALS_BLANKS,
	QUOTED_EQUALS_CR,
	QUOTED_EQUALS_DIGIT,
	QUOTED_OCTET,
	QUOTED_LINE_END,
	QUOTED_SOFT_BREAK
};

struct quoted_decoder {
	bool to_crlf;  /* write a line end as CRLF, as it is in mail; else as LF */
	bool after_cr; /* the last octet of the data was a CR */
	enum quoted_seen seen;
	size_t held;
	unsigned char line_end[QUOTED_HELD + 1];
};

void quoted_decoder_start(struct quoted_decoder *decoder, bool to_crlf);

/*
 * Decodes length characters of text into octets, which has room for
 * QUOTED_DECODED_ROOM(length). Line ends are LF or CRLF. A bare CR, octets that should
 * have been encoded, and a `=` that begins nothing are data as they are. Blanks at the
 * end of a line are dropped, as 6.7 (3) says, and so are blanks between `=` and the
 * line end; more than QUOTED_HELD of them are data. With to_crlf, =0D before a line end
 * is the CR of that line end: many encoders write it. Returns how many octets it wrote.
 */
size_t quoted_decode(
	struct quoted_decoder *decoder, const char *text, size_t length, void *octets);

/*
 * Ends the text, and its last line if the line end is missing: writes what is still
 * held, at most QUOTED_HELD + 1 octets, and returns how many.
 */
size_t quoted_decode_end(struct quoted_decoder *decoder, void *octets);

#endif
