/*
 * base64: three octets are four groups of six bits, and each group is one of 64
 * characters that every mail host lets pass (articles: B9; RFC 2045, 6.8). Octets in,
 * text out, and back, in pieces of any size; nothing here fails.
 */
#ifndef BASE64_H
#define BASE64_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	BASE64_COLUMNS = 76,		      /* of a line of text */
	BASE64_LINE = BASE64_COLUMNS / 4 * 3, /* 57: its octets */
	BASE64_TAIL = BASE64_COLUMNS + 1      /* what an end can add */
};

/* The octets of text that so many octets become at most, line ends included. */
#define BASE64_ROOM(octets) (((octets) / BASE64_LINE + 1) * (BASE64_COLUMNS + 1))

/* An encoder: a line that is not full yet is held until it is. */
struct base64_encoder {
	unsigned char line[BASE64_LINE];
	size_t held;
};

void base64_encoder_start(struct base64_encoder *encoder);

/*
 * Encodes length octets into text, which has BASE64_ROOM(length) octets: whole
 * lines, each ended by LF. Returns the octets of text written.
 */
size_t base64_encode(
	struct base64_encoder *encoder, const void *octets, size_t length, char *text);

/*
 * Encodes what is held: a last line, padded with `=` to whole groups of four,
 * into text of BASE64_TAIL octets. Returns the octets of text written.
 */
size_t base64_encode_end(struct base64_encoder *encoder, char *text);

/* The octets that so many characters become at most, with those held before them. */
#define BASE64_DECODED_ROOM(length) ((length) / 4 * 3 + 5 + BASE64_LINE)

/* A decoder: holds up to three characters of a group of four. */
struct base64_decoder {
	unsigned char value[256]; /* of a character: its six bits, or NOT_A_CHARACTER */
	uint32_t bits;
	unsigned held;
	bool ended;   /* padding was seen: no more data, unless whole groups follow */
	bool is_over; /* they do not */
	bool after_line_end;
	size_t line_length;
	unsigned char
		line[BASE64_COLUMNS]; /* what follows the padding, till it is known */
};

void base64_decoder_start(struct base64_decoder *decoder);

/*
 * Decodes length characters of text into octets, which has BASE64_DECODED_ROOM(length).
 * Skips what is not of the alphabet (line ends, blanks, rubbish). Stops at padding, as
 * 6.8 has it, unless the rest of that line, or the next one, is of whole groups. Returns
 * the octets written.
 */
size_t base64_decode(
	struct base64_decoder *decoder, const char *text, size_t length, void *octets);

/*
 * Ends the text: writes the one or two octets of a last group whose padding is
 * missing, and returns how many. A last line without a line end should get one before, by
 * base64_decode: it may be what follows padding.
 */
size_t base64_decode_end(struct base64_decoder *decoder, void *octets);

#endif
