/*
 * quoted-printable: text that is mostly ASCII stays readable, and each octet that mail
 * might not pass is `=` and two hexadecimal digits (articles: B9; RFC 2045, 6.7).
 * Octets in, text out, and back, in pieces of any size; nothing here fails.
 */
#ifndef QUOTED_PRINTABLE_H
#define QUOTED_PRINTABLE_H

#include <stdbool.h>
#include <stddef.h>

enum {
	QUOTED_COLUMNS = 76, /* of a line of text, with the `=` that ends a soft one */
	QUOTED_HELD = 1000,  /* octets of a line's end that a decoder holds back */
	QUOTED_TAIL = 8	     /* octets of text that an end can add */
};

/* The octets of text that so many octets become at most, line ends included. */
#define QUOTED_ROOM(octets) (4 * ((octets) + 1))

/* The octets that so many octets of text become at most. */
#define QUOTED_DECODED_ROOM(length) (2 * (length) + QUOTED_HELD)

/* Whether an octet may stand for itself, but for a blank at the end of a line. */
bool quoted_stands(unsigned char octet);

/*
 * An encoder: an octet whose form depends on the next is held until that is known: a
 * blank, and what would fill the last column.
 */
struct quoted_encoder {
	bool is_binary; /* CR and LF are data, =0D and =0A; else an LF ends a line */
	size_t column;	/* of the line in hand: how many are filled */
	bool holds;
	unsigned char held;
};

void quoted_encoder_start(struct quoted_encoder *encoder, bool is_binary);

/*
 * Encodes length octets into text, which has QUOTED_ROOM(length) octets; lines are
 * ended by LF, and a CR is always data. Returns the octets of text written.
 */
size_t quoted_encode(
	struct quoted_encoder *encoder, const void *octets, size_t length, char *text);

/*
 * Encodes what is held, into text of QUOTED_TAIL octets. Text always ends in a line
 * end: a last line that has none in the data gets a soft one, which adds nothing to
 * it. Returns the octets of text written.
 */
size_t quoted_encode_end(struct quoted_encoder *encoder, char *text);

/*
 * What a decoder saw last. It holds back what it cannot know yet: blanks, perhaps at the
 * end of a line; a CR, perhaps of a CRLF; and a `=` with what followed it so far. The
 * last three are what it then knows.
 */
enum quoted_seen {
	QUOTED_TEXT, /* nothing that is held */
	QUOTED_BLANKS,
	QUOTED_MANY_BLANKS, /* too many to be held: they pass */
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
	bool to_crlf;  /* a line end becomes CRLF, as it is in mail; else LF */
	bool after_cr; /* the last octet of the data was a CR */
	enum quoted_seen seen;
	size_t held;
	unsigned char line_end[QUOTED_HELD + 1];
};

void quoted_decoder_start(struct quoted_decoder *decoder, bool to_crlf);

/*
 * Decodes length octets of text into octets, which has QUOTED_DECODED_ROOM(length).
 * Line ends are LF or CRLF; a bare CR, octets that should have been encoded and a `=`
 * that begins nothing pass as they stand. Blanks at the end of a line are dropped, as
 * 6.7 (3) has it, also those between `=` and the line end; of more than QUOTED_HELD
 * octets all pass. With to_crlf a CR that is encoded before a line end is the one of that:
 * many an encoder has made =0D of it. Returns the octets written.
 */
size_t quoted_decode(
	struct quoted_decoder *decoder, const char *text, size_t length, void *octets);

/*
 * Ends the text, and its last line where the line end is missing: writes what is still
 * held, at most QUOTED_HELD + 1 octets, and returns how many.
 */
size_t quoted_decode_end(struct quoted_decoder *decoder, void *octets);

#endif
