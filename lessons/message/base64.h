/*
 * base64: three octets are four groups of six bits, and each group is one of 64
 * characters that every mail host lets pass (articles: B9; RFC 2045, 6.8). The encoder
 * takes octets and gives text, the decoder takes text and gives octets, in pieces of
 * any size. No call can fail.
 */
#ifndef BASE64_H
#define BASE64_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	BASE64_COLUMNS = 76,		      /* characters in a line of text */
	BASE64_LINE = BASE64_COLUMNS / 4 * 3, /* 57: the octets that they encode */
	BASE64_TAIL = BASE64_COLUMNS + 1      /* the most that base64_encode_end writes */
};

/* The most characters that so many octets can become, line ends included. */
#define BASE64_ROOM(octets) (((octets) / BASE64_LINE + 1) * (BASE64_COLUMNS + 1))

/* An encoder. It holds the octets of a line that is not full yet. */
struct base64_encoder {
	unsigned char line[BASE64_LINE];
	size_t held;
};

void base64_encoder_start(struct base64_encoder *encoder);

/*
 * Encodes length octets into text, which has room for BASE64_ROOM(length). Writes whole
 * lines, each with an LF, and holds the rest in encoder->line: encoder->held octets.
 * Returns how many characters it wrote.
 */
size_t base64_encode(
	struct base64_encoder *encoder, const void *octets, size_t length, char *text);

/*
 * Ends the text: encodes the octets that are held as a last line, padded with `=` to
 * whole groups of four, with an LF. If nothing is held it writes nothing. text has room
 * for BASE64_TAIL. Returns how many characters it wrote.
 */
size_t base64_encode_end(struct base64_encoder *encoder, char *text);

/* The most octets that so many characters can become, with those that were held. */
#define BASE64_DECODED_ROOM(length) ((length) / 4 * 3 + 5 + BASE64_LINE)

/* A decoder: holds up to three characters of a group of four. */
struct base64_decoder {
	unsigned char
		value[256]; /* for each octet of text: its six bits, or NOT_A_CHARACTER */
	uint32_t bits;
	unsigned held;
	bool ended;   /* padding was seen: the data is over, unless whole groups follow */
	bool is_over; /* no whole groups followed: the rest is ignored */
	bool after_line_end;
	size_t line_length;
	unsigned char
		line[BASE64_COLUMNS]; /* what follows the padding, until that is known */
};

void base64_decoder_start(struct base64_decoder *decoder);

/*
 * Decodes length characters of text into octets, which has room for
 * BASE64_DECODED_ROOM(length). Skips characters outside the alphabet: line ends,
 * blanks, rubbish. Stops at padding, as 6.8 says, unless whole groups follow on that
 * line or the next. Returns how many octets it wrote.
 */
size_t base64_decode(
	struct base64_decoder *decoder, const char *text, size_t length, void *octets);

/*
 * Ends the text: writes the one or two octets of a last group that is not full, with
 * padding or without, and returns how many. If the last line has no line end, give one
 * to base64_decode first: the line may follow padding.
 */
size_t base64_decode_end(struct base64_decoder *decoder, void *octets);

#endif
