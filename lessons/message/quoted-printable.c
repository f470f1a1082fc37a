/*
 * quoted-printable: text that is mostly ASCII, as lines that every mail host lets pass
 * and a human can still read. Passage B9, RFC 2045, 6.7. What may stand for itself is
 * copied in spans; the slow way is for what is encoded and for the ends of lines.
 *
 *     printf 'Cr\303\252pes = pancakes\n' | build/qp      Cr=C3=AApes =3D pancakes
 *
 * A line that is a lone dot, or begins with "From ", stays as it is: the dot is SMTP's
 * affair (4.5.2 of RFC 5321 doubles it on its way), "From " that of the mbox format.
 */
#include "message/quoted-printable.h"
#include "wire/hex.h"

#include <string.h>

/* A line that goes on ends in a `=`, for which one column is kept. */
enum { SOFT_COLUMNS = QUOTED_COLUMNS - 1 };

static bool is_blank(unsigned char octet)
{
	return octet == ' ' || octet == '\t';
}

/* What is the same in any place of a line, encoded or not. */
static bool is_literal(unsigned char octet)
{
	return octet > ' ' && octet < 0x7f && octet != '=';
}

bool quoted_stands(unsigned char octet)
{
	return is_literal(octet) || is_blank(octet);
}

void quoted_encoder_start(struct quoted_encoder *encoder, bool is_binary)
{
	*encoder = (struct quoted_encoder){.is_binary = is_binary};
}

/* A soft line break, 6.7 (5): it is no part of the data. */
static char *break_line(struct quoted_encoder *encoder, char *text)
{
	encoder->column = 0;
	*text++ = '=';
	*text++ = '\n';
	return text;
}

/*
 * Writes one octet, where it does not fit behind a soft line break. at_end says that it
 * is the last one of a line of the data: a blank there is encoded, and it may fill the
 * last column, since no `=` comes behind it.
 */
static char *encode_octet(
	struct quoted_encoder *encoder, unsigned char octet, bool at_end, char *text)
{
	static const char digits[] = "0123456789ABCDEF"; /* lower case is not allowed */
	bool stands = is_literal(octet) || (is_blank(octet) && !at_end);
	size_t columns = stands ? 1 : 3;
	if (encoder->column + columns > (at_end ? QUOTED_COLUMNS : SOFT_COLUMNS))
		text = break_line(encoder, text);
	encoder->column += columns;
	if (stands) {
		*text++ = (char)octet;
		return text;
	}
	*text++ = '=';
	*text++ = digits[octet >> 4];
	*text++ = digits[octet & 15];
	return text;
}

/*
 * Takes the next octet of the data. Now it is known whether the one that is held was the
 * last one of its line, so that is written; this one is written, or held in its turn.
 */
static char *encode_next(struct quoted_encoder *encoder, unsigned char octet, char *text)
{
	bool is_line_end = octet == '\n' && !encoder->is_binary;
	if (encoder->holds)
		text = encode_octet(encoder, encoder->held, is_line_end, text);
	encoder->holds = false;
	if (is_line_end) {
		encoder->column = 0;
		*text++ = '\n';
		return text;
	}
	size_t columns = quoted_stands(octet) ? 1 : 3;
	if (!is_blank(octet) && encoder->column + columns <= SOFT_COLUMNS)
		return encode_octet(encoder, octet, false, text);
	encoder->holds = true;
	encoder->held = octet;
	return text;
}

/* How many octets are literal, with blanks between them; at most limit. */
static size_t literal_span(const unsigned char *octets, size_t limit)
{
	size_t n = 0;
	for (; n < limit; n++) {
		bool is_between = is_blank(octets[n]) && n + 1 < limit;
		if (!is_literal(octets[n]) && !(is_between && is_literal(octets[n + 1])))
			break;
	}
	return n;
}

size_t quoted_encode(
	struct quoted_encoder *encoder, const void *octets, size_t length, char *text)
{
	const unsigned char *next = octets, *end = next + length;
	char *start = text;
	while (next < end) {
		size_t left = (size_t)(end - next);
		size_t columns = SOFT_COLUMNS - encoder->column;
		size_t span = 0;
		if (!encoder->holds && encoder->column < SOFT_COLUMNS)
			span = literal_span(next, left < columns ? left : columns);
		memcpy(text, next, span);
		text += span;
		next += span;
		encoder->column += span;
		if (next < end)
			text = encode_next(encoder, *next++, text);
	}
	return (size_t)(text - start);
}

size_t quoted_encode_end(struct quoted_encoder *encoder, char *text)
{
	char *start = text;
	if (encoder->holds)
		text = encode_octet(encoder, encoder->held, false, text);
	encoder->holds = false;
	if (encoder->column > 0)
		text = break_line(encoder, text);
	return (size_t)(text - start);
}

void quoted_decoder_start(struct quoted_decoder *decoder, bool to_crlf)
{
	decoder->to_crlf = to_crlf;
	decoder->is_long = false;
	decoder->held = 0;
}

/* What is held was data as it stands. */
static unsigned char *release(struct quoted_decoder *decoder, unsigned char *octets)
{
	memcpy(octets, decoder->line_end, decoder->held);
	octets += decoder->held;
	decoder->held = 0;
	return octets;
}

/* Holds a blank, or lets it pass with the many before it. */
static unsigned char *take_blank(
	struct quoted_decoder *decoder, unsigned char blank, unsigned char *octets)
{
	if (decoder->held == QUOTED_HELD) {
		octets = release(decoder, octets);
		decoder->is_long = true;
	}
	if (decoder->is_long)
		*octets++ = blank;
	else
		decoder->line_end[decoder->held++] = blank;
	return octets;
}

/* Whether c may follow what is held: [=] *blank [CR] LF, or = and two digits. */
static bool continues(const struct quoted_decoder *decoder, unsigned char c)
{
	const unsigned char *held = decoder->line_end;
	unsigned char last = held[decoder->held - 1];
	if (last == '\r' || c == '\n')
		return c == '\n' && hex_value(last) < 0;
	if (hex_value(last) >= 0)
		return hex_value(c) >= 0;
	if (last == '=' && hex_value(c) >= 0)
		return true;
	return is_blank(c) || c == '\r';
}

static unsigned char *decode_next(
	struct quoted_decoder *decoder, unsigned char c, unsigned char *octets)
{
	if (decoder->held > 0 && !continues(decoder, c))
		octets = release(decoder, octets);
	if (is_blank(c))
		return take_blank(decoder, c, octets);
	decoder->is_long = false;
	bool is_escaped = decoder->held > 0 && decoder->line_end[0] == '=';
	if (c == '\n') {
		decoder->held = 0;
		if (!is_escaped && decoder->to_crlf)
			*octets++ = '\r';
		if (!is_escaped)
			*octets++ = '\n';
	} else if (is_escaped && decoder->held == 2 && c != '\r') {
		int high = hex_value(decoder->line_end[1]);
		*octets++ = (unsigned char)(high << 4 | hex_value(c));
		decoder->held = 0;
	} else if (is_escaped || c == '=' || c == '\r') {
		decoder->line_end[decoder->held++] = c;
	} else {
		*octets++ = c;
	}
	return octets;
}

size_t quoted_decode(
	struct quoted_decoder *decoder, const char *text, size_t length, void *octets)
{
	const unsigned char *next = (const unsigned char *)text, *end = next + length;
	unsigned char *out = octets;
	while (next < end) {
		size_t span = 0;
		if (decoder->held == 0 && !decoder->is_long)
			span = literal_span(next, (size_t)(end - next));
		memcpy(out, next, span);
		out += span;
		next += span;
		if (next < end)
			out = decode_next(decoder, *next++, out);
	}
	return (size_t)(out - (unsigned char *)octets);
}

size_t quoted_decode_end(struct quoted_decoder *decoder, void *octets)
{
	unsigned char *out = octets;
	/* Blanks, or `=` and blanks, are the end of a line whose line end is missing. */
	if (decoder->held > 0 && continues(decoder, ' '))
		decoder->held = 0;
	decoder->is_long = false;
	return (size_t)(release(decoder, out) - out);
}
