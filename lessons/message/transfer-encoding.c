/*
 * transfer-encoding: done before a message is sent, and undone first when it is read
 * (articles: B7-B10; RFC 2045, 6). Text in mail has lines that end in CRLF, its
 * canonical form (6.6), and that form is what is encoded: base64 has CRLF within, where
 * quoted-printable and the encodings that do nothing have line ends of the body. Begin
 * with transfer_write.
 *
 *     printf 'Cr\303\252pes, please\n' | build/mime-encode | tail -n 1      Cr=C3=AApes, please
 */
#include "message/transfer-encoding.h"
#include "message/canonical.h"

#include <ctype.h>
#include <string.h>

enum {
	SPAN = 512 * BASE64_LINE,
	KEY = 16 /* octets of a name that are looked at, with a NUL */
};

static const char *const names[] = {
	[TRANSFER_7BIT] = "7bit",
	[TRANSFER_8BIT] = "8bit",
	[TRANSFER_BINARY] = "binary",
	[TRANSFER_QUOTED_PRINTABLE] = "quoted-printable",
	[TRANSFER_BASE64] = "base64",
	[TRANSFER_UUENCODE] = "x-uuencode",
};

/*
 * Of what mailers write the letters and digits count, without an x before them, and the
 * first of those: 7-bit, 8bits, "base64", quoted_printable. What has none of them says
 * nothing, and that is 7bit (RFC 2045, 6.1).
 */
enum transfer_encoding transfer_encoding(const char *name)
{
	static const char *const begins[] = {
		[TRANSFER_7BIT] = "7bit",
		[TRANSFER_8BIT] = "8bit",
		[TRANSFER_BINARY] = "binary",
		[TRANSFER_QUOTED_PRINTABLE] = "quoted",
		[TRANSFER_BASE64] = "base64",
		[TRANSFER_UUENCODE] = "uu",
	};
	char key[KEY];
	size_t length = 0;

	for (; *name != '\0' && length + 1 < sizeof key; name++) {
		char c = (char)tolower((unsigned char)*name);

		if (isalnum((unsigned char)c) && (c != 'x' || length > 0))
			key[length++] = c;
	}
	key[length] = '\0';
	if (length == 0)
		return TRANSFER_7BIT;
	for (int i = 0; i < TRANSFER_UNKNOWN; i++)
		if (strncmp(key, begins[i], strlen(begins[i])) == 0)
			return (enum transfer_encoding)i;
	return TRANSFER_UNKNOWN;
}

const char *transfer_name(enum transfer_encoding encoding)
{
	return encoding < TRANSFER_UNKNOWN ? names[encoding] : "unknown";
}

/* A body that is being written. */
struct encoder {
	FILE *out;
	enum transfer_encoding encoding;
	struct base64_encoder base64;
	struct quoted_encoder quoted;
};

static void write_encoded(struct encoder *encoder, const char *octets, size_t length)
{
	char text[QUOTED_ROOM(2 * SPAN)]; /* that of base64 takes less */

	if (encoder->encoding == TRANSFER_BASE64) {
		length = base64_encode(&encoder->base64, octets, length, text);
		octets = text;
	} else if (encoder->encoding == TRANSFER_QUOTED_PRINTABLE) {
		length = quoted_encode(&encoder->quoted, octets, length, text);
		octets = text;
	}
	fwrite(octets, 1, length, encoder->out);
}

static void write_end(struct encoder *encoder)
{
	char text[BASE64_TAIL + QUOTED_TAIL];
	size_t length;

	if (encoder->encoding == TRANSFER_BASE64)
		length = base64_encode_end(&encoder->base64, text);
	else if (encoder->encoding == TRANSFER_QUOTED_PRINTABLE)
		length = quoted_encode_end(&encoder->quoted, text);
	else
		return;
	fwrite(text, 1, length, encoder->out);
}

void transfer_write(FILE *out, FILE *data, enum transfer_encoding encoding, bool is_text)
{
	const bool is_base64 = encoding == TRANSFER_BASE64;
	const bool is_encoded = is_base64 || encoding == TRANSFER_QUOTED_PRINTABLE;
	const bool has_lines = is_encoded ? is_text : encoding != TRANSFER_BINARY;
	struct encoder encoder = {.out = out, .encoding = encoding};
	char span[SPAN], lines[2 * SPAN];
	bool cr = false;
	size_t length;

	base64_encoder_start(&encoder.base64);
	quoted_encoder_start(&encoder.quoted, !is_text);
	while (!ferror(out) && (length = fread(span, 1, sizeof span, data)) > 0) {
		if (has_lines && is_base64)
			length = to_canonical(&cr, span, length, lines);
		else if (has_lines)
			length = from_canonical(&cr, span, length, lines);
		write_encoded(&encoder, has_lines ? lines : span, length);
	}
	if (cr && !is_base64)
		write_encoded(&encoder, "\r", 1);
	write_end(&encoder);
}

/* A line end in quoted-printable stands for CRLF in text; in data it is an octet. */
void transfer_decoder_start(
	struct transfer_decoder *decoder, enum transfer_encoding encoding, bool is_text)
{
	decoder->encoding = encoding;
	base64_decoder_start(&decoder->base64);
	quoted_decoder_start(&decoder->quoted, is_text);
	uu_decoder_start(&decoder->uu, is_text);
}

size_t transfer_decode(
	struct transfer_decoder *decoder, const char *text, size_t length, char *octets)
{
	if (decoder->encoding == TRANSFER_BASE64)
		return base64_decode(&decoder->base64, text, length, octets);
	if (decoder->encoding == TRANSFER_QUOTED_PRINTABLE)
		return quoted_decode(&decoder->quoted, text, length, octets);
	if (decoder->encoding == TRANSFER_UUENCODE)
		return uu_decode(&decoder->uu, text, length, octets);
	memcpy(octets, text, length);
	return length;
}

size_t transfer_decode_end(struct transfer_decoder *decoder, char *octets)
{
	if (decoder->encoding == TRANSFER_BASE64) {
		size_t length = base64_decode(&decoder->base64, "\n", 1, octets);

		return length + base64_decode_end(&decoder->base64, octets + length);
	}
	if (decoder->encoding == TRANSFER_QUOTED_PRINTABLE)
		return quoted_decode_end(&decoder->quoted, octets);
	if (decoder->encoding == TRANSFER_UUENCODE)
		return uu_decode_end(&decoder->uu, octets);
	return 0;
}
