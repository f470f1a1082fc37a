/*
 * base64: binary data as lines of plain characters. Passages B3 and B9, RFC
 * 2045, 6.8. A whole line of text, 76 characters, is 57 octets; the encoder
 * works in lines and the decoder in groups of four characters, and both take
 * the slow way only where something is left over or does not belong.
 *
 *     printf 'pickles' | build/b64          cGlja2xlcw==
 */
#include "message/base64.h"

#include <string.h>

static const char alphabet[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

enum { NOT_A_CHARACTER = 0x80 }; /* no value of six bits has this bit */

void base64_encoder_start(struct base64_encoder *encoder)
{
	encoder->held = 0;
	for (size_t i = 0; i < 64 * 64; i++) {
		encoder->pairs[i][0] = alphabet[i >> 6];
		encoder->pairs[i][1] = alphabet[i & 63];
	}
}

/* Three octets, 24 bits, become two pairs of characters. */
static void encode_three(
	const struct base64_encoder *encoder, const unsigned char *octets, char *text)
{
	unsigned bits = (unsigned)octets[0] << 16 | (unsigned)octets[1] << 8 | octets[2];
	memcpy(text, encoder->pairs[bits >> 12], 2);
	memcpy(text + 2, encoder->pairs[bits & 0xfff], 2);
}

static char *encode_line(
	const struct base64_encoder *encoder, const unsigned char *octets, char *text)
{
	for (int i = 0; i < BASE64_LINE; i += 3, text += 4)
		encode_three(encoder, octets + i, text);
	*text++ = '\n';
	return text;
}

size_t base64_encode(
	struct base64_encoder *encoder, const void *octets, size_t length, char *text)
{
	const unsigned char *next = octets;
	char *start = text;
	if (encoder->held > 0) {
		size_t wanted = BASE64_LINE - encoder->held;
		size_t taken = length < wanted ? length : wanted;
		memcpy(encoder->line + encoder->held, next, taken);
		encoder->held += taken;
		next += taken;
		length -= taken;
		if (encoder->held < BASE64_LINE)
			return 0;
		text = encode_line(encoder, encoder->line, text);
	}
	for (; length >= BASE64_LINE; next += BASE64_LINE, length -= BASE64_LINE)
		text = encode_line(encoder, next, text);
	memcpy(encoder->line, next, length);
	encoder->held = length;
	return (size_t)(text - start);
}

size_t base64_encode_end(struct base64_encoder *encoder, char *text)
{
	char *start = text;
	size_t held = encoder->held, i = 0;
	if (held == 0)
		return 0;
	for (; i + 3 <= held; i += 3, text += 4)
		encode_three(encoder, encoder->line + i, text);
	if (i < held) {
		/* One octet left is two characters, two octets are three. */
		unsigned char last[3] = {encoder->line[i], 0, 0};
		if (held - i == 2)
			last[1] = encoder->line[i + 1];
		encode_three(encoder, last, text);
		if (held - i == 1)
			text[2] = '=';
		text[3] = '=';
		text += 4;
	}
	*text++ = '\n';
	encoder->held = 0;
	return (size_t)(text - start);
}

void base64_decoder_start(struct base64_decoder *decoder)
{
	memset(decoder, 0, sizeof *decoder);
	memset(decoder->value, NOT_A_CHARACTER, sizeof decoder->value);
	for (unsigned char i = 0; i < 64; i++)
		decoder->value[(unsigned char)alphabet[i]] = i;
}

/* Four characters, 24 bits, become three octets. Returns where the octets go on. */
static unsigned char *decode_group(uint32_t bits, unsigned char *octets)
{
	*octets++ = bits >> 16 & 0xff;
	*octets++ = bits >> 8 & 0xff;
	*octets++ = bits & 0xff;
	return octets;
}

/*
 * One character, the slow way: skipped if it is not of the alphabet, the end if it is
 * padding, else six more bits, and the fourth one gives a group. Returns where the octets
 * go on.
 */
static unsigned char *decode_character(
	struct base64_decoder *decoder, unsigned char c, unsigned char *octets)
{
	if (c == '=')
		decoder->ended = true;
	if (decoder->value[c] == NOT_A_CHARACTER)
		return octets;
	decoder->bits = decoder->bits << 6 | decoder->value[c];
	if (++decoder->held < 4)
		return octets;
	decoder->held = 0;
	return decode_group(decoder->bits, octets);
}

size_t base64_decode(
	struct base64_decoder *decoder, const char *text, size_t length, void *octets)
{
	const unsigned char *value = decoder->value;
	const unsigned char *next = (const unsigned char *)text, *end = next + length;
	unsigned char *out = octets;
	while (next < end && !decoder->ended) {
		while (decoder->held == 0 && end - next >= 4) {
			unsigned a = value[next[0]], b = value[next[1]];
			unsigned c = value[next[2]], d = value[next[3]];
			if ((a | b | c | d) & NOT_A_CHARACTER)
				break;
			out = decode_group(a << 18 | b << 12 | c << 6 | d, out);
			next += 4;
		}
		if (next < end)
			out = decode_character(decoder, *next++, out);
	}
	return (size_t)(out - (unsigned char *)octets);
}

size_t base64_decode_end(struct base64_decoder *decoder, void *octets)
{
	unsigned char *out = octets;
	unsigned held = decoder->held;
	decoder->held = 0;
	decoder->ended = true;
	/* Two characters are twelve bits, one octet and four bits of padding. */
	if (held == 2)
		out[0] = decoder->bits >> 4 & 0xff;
	if (held == 3) {
		out[0] = decoder->bits >> 10 & 0xff;
		out[1] = decoder->bits >> 2 & 0xff;
	}
	return held > 1 ? held - 1 : 0;
}
