/*
 * base64: binary data as lines of plain characters (articles: B3, B9; RFC 2045, 6.8).
 * Begin with encode_three, and decode_group, which undoes it. A whole line of
 * text, 76 characters, is 57 octets: the encoder works in lines and the decoder in groups
 * of four characters; both take the slow way only where something is left over or is not
 * of the alphabet.
 *
 *	printf 'pickles' | build/b64		cGlja2xlcw==
 */
#include "message/base64.h"

#include <string.h>

static const char alphabet[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

enum { NOT_A_CHARACTER = 0x80 }; /* no value of six bits has this bit */

void base64_encoder_start(struct base64_encoder *encoder)
{
	encoder->held = 0;
}

/* Turns three octets, 24 bits, into four characters of six bits each. */
static void encode_three(const unsigned char *octets, char *text)
{
	unsigned bits = (unsigned)octets[0] << 16 | (unsigned)octets[1] << 8 | octets[2];

	text[0] = alphabet[bits >> 18];
	text[1] = alphabet[bits >> 12 & 63];
	text[2] = alphabet[bits >> 6 & 63];
	text[3] = alphabet[bits & 63];
}

/* A whole line. Returns where the text goes on. */
static char *encode_line(const unsigned char *octets, char *text)
{
	for (size_t i = 0; i < BASE64_LINE; i += 3) {
		encode_three(octets + i, text);
		text += 4;
	}
	*text++ = '\n';
	return text;
}

size_t base64_encode(
	struct base64_encoder *encoder, const void *octets, size_t length, char *text)
{
	const unsigned char *next = octets;
	char *to = text;

	if (encoder->held > 0) {
		size_t wanted = BASE64_LINE - encoder->held;
		size_t taken = length < wanted ? length : wanted;

		memcpy(encoder->line + encoder->held, next, taken);
		encoder->held += taken;
		next += taken;
		length -= taken;
		if (encoder->held < BASE64_LINE)
			return 0;
		to = encode_line(encoder->line, to);
	}
	while (length >= BASE64_LINE) {
		to = encode_line(next, to);
		next += BASE64_LINE;
		length -= BASE64_LINE;
	}
	memcpy(encoder->line, next, length);
	encoder->held = length;
	return (size_t)(to - text);
}

size_t base64_encode_end(struct base64_encoder *encoder, char *text)
{
	const unsigned char *next = encoder->line, *end = next + encoder->held;
	char *to = text;

	if (encoder->held == 0)
		return 0;
	encoder->held = 0;
	while (end - next >= 3) {
		encode_three(next, to);
		next += 3;
		to += 4;
	}
	if (end - next == 1) { /* 8 bits are two characters */
		unsigned char last[3] = {next[0], 0, 0};

		encode_three(last, to);
		to[2] = '=';
		to[3] = '=';
		to += 4;
	}
	if (end - next == 2) { /* 16 bits are three */
		unsigned char last[3] = {next[0], next[1], 0};

		encode_three(last, to);
		to[3] = '=';
		to += 4;
	}
	*to++ = '\n';
	return (size_t)(to - text);
}

void base64_decoder_start(struct base64_decoder *decoder)
{
	memset(decoder, 0, sizeof *decoder);
	memset(decoder->value, NOT_A_CHARACTER, sizeof decoder->value);
	for (unsigned char i = 0; i < 64; i++)
		decoder->value[(unsigned char)alphabet[i]] = i;
}

/* Turns four characters, 24 bits, into three octets. Returns where the next octet goes. */
static unsigned char *decode_group(uint32_t bits, unsigned char *octets)
{
	octets[0] = bits >> 16 & 0xff;
	octets[1] = bits >> 8 & 0xff;
	octets[2] = bits & 0xff;
	return octets + 3;
}

/*
 * Takes one character. A `=` ends the data; a character outside of the alphabet is skipped;
 * any other adds six bits, and the fourth one of a group writes its octets. Returns where
 * the next octet goes.
 */
static unsigned char *decode_character(
	struct base64_decoder *decoder, unsigned char c, unsigned char *octets)
{
	if (c == '=')
		decoder->ended = true; /* = is no character of the alphabet */
	if (decoder->value[c] == NOT_A_CHARACTER)
		return octets;
	decoder->bits = decoder->bits << 6 | decoder->value[c];
	decoder->held++;
	if (decoder->held < 4)
		return octets;
	decoder->held = 0;
	return decode_group(decoder->bits, octets);
}

/* Decodes until the padding, or all there is. Returns the text that is left. */
static const unsigned char *decode_data(struct base64_decoder *decoder,
	const unsigned char *next, const unsigned char *end, unsigned char **octets)
{
	const unsigned char *value = decoder->value;
	unsigned char *to = *octets;

	while (next < end && !decoder->ended) {
		bool a_group_begins = decoder->held == 0;

		while (a_group_begins && end - next >= 4) {
			unsigned a = value[next[0]], b = value[next[1]];
			unsigned c = value[next[2]], d = value[next[3]];

			if (((a | b | c | d) & NOT_A_CHARACTER) != 0)
				break;
			to = decode_group(a << 18 | b << 12 | c << 6 | d, to);
			next += 4;
			decoder->after_line_end = false;
		}
		/* What comes without padding may end at a footer: no data begins so. */
		if (next < end && decoder->after_line_end && strchr("-_", *next) &&
			*next != '\0')
			decoder->ended = decoder->is_over = true;
		else if (next < end)
			to = decode_character(decoder, *next, to);
		decoder->after_line_end = next < end && *next == '\n';
		next += next < end;
	}
	*octets = to;
	return next;
}

/* Whether the line held is of whole groups, the last of which may be padded. */
static bool goes_on(const struct base64_decoder *decoder)
{
	for (size_t i = 0; i < decoder->line_length; i++) {
		unsigned char c = decoder->line[i];

		if (decoder->value[c] == NOT_A_CHARACTER && c != '=')
			return false;
	}
	return decoder->line_length > 0 && decoder->line_length % 4 == 0;
}

/*
 * Takes an octet after the padding. It "may be taken as evidence" of the end (6.8); but
 * some encode a file in pieces, and each has padding of its own. So the rest of the line,
 * or the next one, is held, as far as 76 octets, and if it is of whole groups the data
 * goes on. A footer that a mailing list has put there is not.
 */
static unsigned char *look_on(
	struct base64_decoder *decoder, unsigned char c, unsigned char *octets)
{
	unsigned char line[BASE64_COLUMNS];
	const unsigned char *next;
	size_t length;

	if (decoder->line_length == 0 && strchr("= \t\r\n", c) != NULL && c != '\0')
		return octets;
	if (c != '\n' && c != '\r')
		decoder->line[decoder->line_length++] = c;
	if (c != '\n' && decoder->line_length < sizeof decoder->line)
		return octets;
	decoder->is_over = !goes_on(decoder);
	if (decoder->is_over)
		return octets;
	octets += base64_decode_end(decoder, octets); /* of the piece before */
	length = decoder->line_length;
	memcpy(line, decoder->line, length);
	decoder->line_length = 0;
	decoder->ended = false;
	next = decode_data(decoder, line, line + length, &octets);
	for (; next < line + length; next++)
		octets = look_on(decoder, *next, octets);
	return c == '\n' && decoder->ended ? look_on(decoder, c, octets) : octets;
}

size_t base64_decode(
	struct base64_decoder *decoder, const char *text, size_t length, void *octets)
{
	const unsigned char *next = (const unsigned char *)text, *end = next + length;
	unsigned char *to = octets;

	while (next < end && !decoder->is_over) {
		if (!decoder->ended) {
			next = decode_data(decoder, next, end, &to);
		} else {
			to = look_on(decoder, *next, to);
			next++;
		}
	}
	return (size_t)(to - (unsigned char *)octets);
}

size_t base64_decode_end(struct base64_decoder *decoder, void *octets)
{
	unsigned char *to = octets;
	unsigned held = decoder->held;

	decoder->held = 0;
	decoder->ended = true;
	if (held == 2) { /* 12 bits: one octet, and four bits of padding */
		to[0] = decoder->bits >> 4 & 0xff;
		return 1;
	}
	if (held == 3) { /* 18 bits: two octets, and two bits of padding */
		to[0] = decoder->bits >> 10 & 0xff;
		to[1] = decoder->bits >> 2 & 0xff;
		return 2;
	}
	return 0;
}
