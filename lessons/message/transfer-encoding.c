/*
 * Content-Transfer-Encoding: done before a message is sent, and undone first when it
 * is read. Passages B7 to B10, RFC 2045, 6. Text in mail has lines that end in CRLF,
 * its canonical form (6.6), and that form is what is encoded: base64 has CRLF within,
 * where quoted-printable and the encodings that do nothing have line ends of the body.
 *
 *     printf 'Cr\303\252pes, please\n' | build/mime-encode | tail -n 1      Cr=C3=AApes, please
 */
#include "message/transfer-encoding.h"
#include "message/canonical.h"

#include <string.h>
#include <strings.h>

enum { SPAN = 512 * BASE64_LINE };

static const char *const names[] = {
	[TRANSFER_7BIT] = "7bit",
	[TRANSFER_8BIT] = "8bit",
	[TRANSFER_BINARY] = "binary",
	[TRANSFER_QUOTED_PRINTABLE] = "quoted-printable",
	[TRANSFER_BASE64] = "base64",
};

enum transfer_encoding transfer_encoding(const char *name)
{
	for (int i = 0; i < TRANSFER_UNKNOWN; i++)
		if (strcasecmp(name, names[i]) == 0)
			return (enum transfer_encoding)i;
	return TRANSFER_UNKNOWN;
}

const char *transfer_name(enum transfer_encoding encoding)
{
	return encoding < TRANSFER_UNKNOWN ? names[encoding] : "unknown";
}

static void write_octets(FILE *out, FILE *data)
{
	char span[SPAN];
	size_t length;
	while (!ferror(out) && (length = fread(span, 1, sizeof span, data)) > 0)
		fwrite(span, 1, length, out);
}

/* What has no CR but in line ends, so that none can be held at the end. */
static void write_lines(FILE *out, FILE *data)
{
	char span[SPAN], text[SPAN + 1];
	bool cr = false;
	size_t length;
	while (!ferror(out) && (length = fread(span, 1, sizeof span, data)) > 0) {
		length = from_canonical(&cr, span, length, text);
		fwrite(text, 1, length, out);
	}
}

static void write_quoted(FILE *out, FILE *data, bool is_text)
{
	char span[SPAN], lines[SPAN + 1], text[QUOTED_ROOM(SPAN + 1)];
	struct quoted_encoder encoder;
	bool cr = false;
	size_t length;
	quoted_encoder_start(&encoder, !is_text);
	while (!ferror(out) && (length = fread(span, 1, sizeof span, data)) > 0) {
		const char *octets = span;
		if (is_text) {
			length = from_canonical(&cr, span, length, lines);
			octets = lines;
		}
		length = quoted_encode(&encoder, octets, length, text);
		fwrite(text, 1, length, out);
	}
	if (cr) {
		length = quoted_encode(&encoder, "\r", 1, text);
		fwrite(text, 1, length, out);
	}
	length = quoted_encode_end(&encoder, text);
	fwrite(text, 1, length, out);
}

static void write_base64(FILE *out, FILE *data, bool is_text)
{
	char span[SPAN], lines[2 * SPAN], text[BASE64_ROOM(2 * SPAN)];
	struct base64_encoder encoder;
	bool cr = false;
	size_t length;
	base64_encoder_start(&encoder);
	while (!ferror(out) && (length = fread(span, 1, sizeof span, data)) > 0) {
		const char *octets = span;
		if (is_text) {
			length = to_canonical(&cr, span, length, lines);
			octets = lines;
		}
		length = base64_encode(&encoder, octets, length, text);
		fwrite(text, 1, length, out);
	}
	length = base64_encode_end(&encoder, text);
	fwrite(text, 1, length, out);
}

void transfer_write(FILE *out, FILE *data, enum transfer_encoding encoding, bool is_text)
{
	switch (encoding) {
	case TRANSFER_7BIT:
	case TRANSFER_8BIT:
		write_lines(out, data);
		break;
	case TRANSFER_QUOTED_PRINTABLE:
		write_quoted(out, data, is_text);
		break;
	case TRANSFER_BASE64:
		write_base64(out, data, is_text);
		break;
	case TRANSFER_BINARY:
	case TRANSFER_UNKNOWN:
		write_octets(out, data);
	}
}

/* A line end in quoted-printable stands for CRLF in text; in data it is an octet. */
void transfer_decoder_start(
	struct transfer_decoder *decoder, enum transfer_encoding encoding, bool is_text)
{
	decoder->encoding = encoding;
	base64_decoder_start(&decoder->base64);
	quoted_decoder_start(&decoder->quoted, is_text);
}

size_t transfer_decode(
	struct transfer_decoder *decoder, const char *text, size_t length, char *octets)
{
	if (decoder->encoding == TRANSFER_BASE64)
		return base64_decode(&decoder->base64, text, length, octets);
	if (decoder->encoding == TRANSFER_QUOTED_PRINTABLE)
		return quoted_decode(&decoder->quoted, text, length, octets);
	memcpy(octets, text, length);
	return length;
}

size_t transfer_decode_end(struct transfer_decoder *decoder, char *octets)
{
	if (decoder->encoding == TRANSFER_BASE64)
		return base64_decode_end(&decoder->base64, octets);
	if (decoder->encoding == TRANSFER_QUOTED_PRINTABLE)
		return quoted_decode_end(&decoder->quoted, octets);
	return 0;
}
