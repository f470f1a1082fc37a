/*
 * quoted-printable: text that is mostly ASCII, as lines that every mail host lets pass
 * and a human can still read (articles: B9; RFC 2045, 6.7). Begin with encode_octet and,
 * for the way back, decode_next. Most of a text is taken in spans (encode_span,
 * decode_span). One octet at a time goes where the next one decides: blanks that may end
 * a line, the last column, line ends.
 *
 *	printf 'Cr\303\252pes = pancakes\n' | build/qp	Cr=C3=AApes =3D pancakes
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
 * Writes one octet, after a soft line break if it does not fit into the line. at_end says
 * that it is the last octet of a line of the data. A blank is encoded there. The octet may
 * fill the last column there, since no `=` follows.
 */
static char *encode_octet(
	struct quoted_encoder *encoder, unsigned char octet, bool at_end, char *text)
{
	static const char digits[] = "0123456789ABCDEF"; /* lower case is not allowed */
	bool stands = is_literal(octet) || (is_blank(octet) && !at_end);
	size_t columns = stands ? 1 : 3, room = at_end ? QUOTED_COLUMNS : SOFT_COLUMNS;

	if (encoder->column + columns > room)
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
 * Takes the next octet of the data. It shows whether the held octet was the last of its
 * line, so the held octet is written now. The new octet is written or held in its turn.
 */
static char *encode_next(struct quoted_encoder *encoder, unsigned char octet, char *text)
{
	bool is_line_end = octet == '\n' && !encoder->is_binary;
	size_t columns = quoted_stands(octet) ? 1 : 3;

	if (encoder->holds)
		text = encode_octet(encoder, encoder->held, is_line_end, text);
	encoder->holds = false;
	if (is_line_end) {
		encoder->column = 0;
		*text++ = '\n';
		return text;
	}
	if (!is_blank(octet) && encoder->column + columns <= SOFT_COLUMNS)
		return encode_octet(encoder, octet, false, text);
	encoder->holds = true;
	encoder->held = octet;
	return text;
}

/*
 * Copies octets that are the same in text and data: literal ones, and a blank if a
 * literal octet follows, for then no line ends after it. It stops after limit octets.
 * Returns how many it copied.
 */
static size_t copy_plain(const unsigned char *from, size_t limit, void *to)
{
	unsigned char *copy = to;
	size_t n = 0;

	while (n < limit) {
		bool is_plain = is_literal(from[n]);

		if (is_blank(from[n]) && n + 1 < limit) /* as what follows it */
			is_plain = is_literal(from[n + 1]);
		if (!is_plain)
			break;
		copy[n] = from[n];
		n++;
	}
	return n;
}

/*
 * Encodes plain octets, and then octets that become =XX, as far as they fit into the line,
 * while nothing is held and the line is not full. encode_next takes LF, a line end or =0A.
 * Returns how many octets it took; *text points to the end of what it wrote.
 */
static size_t encode_span(struct quoted_encoder *encoder, const unsigned char *octets,
	size_t length, char **text)
{
	size_t columns = SOFT_COLUMNS - encoder->column;
	size_t n = copy_plain(octets, length < columns ? length : columns, *text);
	char *to = *text + n;

	encoder->column += n;
	while (n < length && !quoted_stands(octets[n]) && octets[n] != '\n' &&
		encoder->column + 3 <= SOFT_COLUMNS) {
		to = encode_octet(encoder, octets[n], false, to);
		n++;
	}
	*text = to;
	return n;
}

size_t quoted_encode(
	struct quoted_encoder *encoder, const void *octets, size_t length, char *text)
{
	const unsigned char *next = octets, *end = next + length;
	char *to = text;

	while (next < end) {
		if (!encoder->holds && encoder->column < SOFT_COLUMNS)
			next += encode_span(encoder, next, (size_t)(end - next), &to);
		if (next < end) {
			to = encode_next(encoder, *next, to);
			next++;
		}
	}
	return (size_t)(to - text);
}

size_t quoted_encode_end(struct quoted_encoder *encoder, char *text)
{
	char *to = text;

	if (encoder->holds)
		to = encode_octet(encoder, encoder->held, false, to);
	encoder->holds = false;
	if (encoder->column > 0)
		to = break_line(encoder, to);
	return (size_t)(to - text);
}

void quoted_decoder_start(struct quoted_decoder *decoder, bool to_crlf)
{
	decoder->to_crlf = to_crlf;
	decoder->after_cr = false;
	decoder->seen = QUOTED_TEXT;
	decoder->held = 0;
}

/* What is held is no part of the data. */
static void drop(struct quoted_decoder *decoder)
{
	decoder->seen = QUOTED_TEXT;
	decoder->held = 0;
}

/* What is held was data as it is. */
static unsigned char *release(struct quoted_decoder *decoder, unsigned char *octets)
{
	memcpy(octets, decoder->line_end, decoder->held);
	octets += decoder->held;
	drop(decoder);
	return octets;
}

/*
 * What c is after what was seen: a state that holds it, or what all of that was; or
 * QUOTED_TEXT, where c does not go on with it.
 */
static enum quoted_seen go_on(enum quoted_seen seen, unsigned char c)
{
	switch (seen) {
	case QUOTED_TEXT:
	case QUOTED_BLANKS: /* blanks */
		if (is_blank(c))
			return QUOTED_BLANKS;
		if (c == '\r')
			return QUOTED_CR;
		if (c == '=' && seen == QUOTED_TEXT)
			return QUOTED_EQUALS;
		return c == '\n' ? QUOTED_LINE_END : QUOTED_TEXT;
	case QUOTED_CR: /* [blanks] CR */
		return c == '\n' ? QUOTED_LINE_END : QUOTED_TEXT;
	case QUOTED_MANY_BLANKS: /* more blanks, or CRs after =, than are held */
		return is_blank(c) ? QUOTED_MANY_BLANKS : QUOTED_TEXT;
	case QUOTED_EQUALS:	   /* = */
	case QUOTED_EQUALS_BLANKS: /* = blanks */
		if (hex_value(c) >= 0 && seen == QUOTED_EQUALS)
			return QUOTED_EQUALS_DIGIT;
		if (is_blank(c))
			return QUOTED_EQUALS_BLANKS;
		if (c == '\r')
			return QUOTED_EQUALS_CR;
		return c == '\n' ? QUOTED_SOFT_BREAK : QUOTED_TEXT;
	case QUOTED_EQUALS_CR: /* = [blanks] CR; some mail hosts put a CR before CRLF */
		if (c == '\r')
			return QUOTED_EQUALS_CR;
		return c == '\n' ? QUOTED_SOFT_BREAK : QUOTED_TEXT;
	case QUOTED_EQUALS_DIGIT: /* = digit */
		return hex_value(c) >= 0 ? QUOTED_OCTET : QUOTED_TEXT;
	default:
		return QUOTED_TEXT;
	}
}

/* Takes the next octet of the text. */
static unsigned char *decode_next(
	struct quoted_decoder *decoder, unsigned char c, unsigned char *octets)
{
	enum quoted_seen seen = go_on(decoder->seen, c);
	int high;

	if (seen == QUOTED_TEXT) {
		octets = release(decoder, octets);
		seen = go_on(QUOTED_TEXT, c);
	}
	/* Full, and what goes on may go on for ever: blanks, or CRs after a =. */
	if (decoder->held >= QUOTED_HELD &&
		(is_blank(c) || (decoder->seen == QUOTED_EQUALS_CR && c == '\r'))) {
		octets = release(decoder, octets);
		seen = QUOTED_MANY_BLANKS;
	}
	switch (seen) {
	case QUOTED_TEXT:
	case QUOTED_MANY_BLANKS:
		*octets++ = c;
		decoder->seen = seen;
		break;
	case QUOTED_LINE_END:
		drop(decoder);
		if (decoder->to_crlf && !decoder->after_cr)
			*octets++ = '\r';
		*octets++ = '\n';
		break;
	case QUOTED_SOFT_BREAK:
		drop(decoder);
		break;
	case QUOTED_OCTET:
		high = hex_value(decoder->line_end[1]);
		*octets++ = (unsigned char)(high << 4 | hex_value(c));
		drop(decoder);
		break;
	default:
		decoder->line_end[decoder->held] = c;
		decoder->held++;
		decoder->seen = seen;
	}
	return octets;
}

/*
 * Decodes spans that are plain, =XX, and soft line breaks that are = LF, until anything
 * comes that decode_next has to look at. Returns how many octets of text that was; *octets
 * points to the end of what it wrote.
 */
static size_t decode_span(
	const unsigned char *text, size_t length, unsigned char **octets)
{
	unsigned char *to = *octets;
	size_t at = 0;

	for (;;) {
		size_t span = copy_plain(text + at, length - at, to);
		int octet;

		to += span;
		at += span;
		if (length - at < 3 || text[at] != '=')
			break;
		octet = hex_octet((const char *)text + at + 1);
		if (octet >= 0) {
			*to++ = (unsigned char)octet;
			at += 3;
		} else if (text[at + 1] == '\n') {
			at += 2;
		} else {
			break;
		}
	}
	*octets = to;
	return at;
}

size_t quoted_decode(
	struct quoted_decoder *decoder, const char *text, size_t length, void *octets)
{
	const unsigned char *next = (const unsigned char *)text, *end = next + length;
	unsigned char *to = octets;

	/* Either way may end in the CR that was =0D; a line end after it gets no second. */
	while (next < end) {
		unsigned char *before = to;

		if (decoder->seen == QUOTED_TEXT)
			next += decode_span(next, (size_t)(end - next), &to);
		if (to > before)
			decoder->after_cr = to[-1] == '\r';
		before = to;
		if (next < end) {
			to = decode_next(decoder, *next, to);
			next++;
		}
		if (to > before)
			decoder->after_cr = to[-1] == '\r';
	}
	return (size_t)(to - (unsigned char *)octets);
}

size_t quoted_decode_end(struct quoted_decoder *decoder, void *octets)
{
	unsigned char *to = octets;

	switch (decoder->seen) {
	case QUOTED_BLANKS:
	case QUOTED_EQUALS:
	case QUOTED_EQUALS_BLANKS: /* the end of a line whose line end is missing */
		drop(decoder);
		return 0;
	default:
		return (size_t)(release(decoder, to) - to);
	}
}
