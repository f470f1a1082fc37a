/*
 * b64: base64 as a filter: octets to text, and with -d back (articles: B9; RFC 2045,
 * 6.8). The encoding is in lessons/message/base64.c.
 *
 *	build/b64 lessons/07-base64/picture.jpg | head -n 3
 */
#include "message/base64.h"
#include "message/filter.h"

enum { SPAN = 1024 * BASE64_LINE };

static void encode(FILE *in)
{
	struct base64_encoder encoder;
	char octets[SPAN], text[BASE64_ROOM(SPAN)];
	size_t length;

	base64_encoder_start(&encoder);
	while ((length = fread(octets, 1, sizeof octets, in)) > 0) {
		length = base64_encode(&encoder, octets, length, text);
		if (fwrite(text, 1, length, stdout) != length)
			return;
	}
	length = base64_encode_end(&encoder, text);
	fwrite(text, 1, length, stdout);
}

static void decode(FILE *in)
{
	struct base64_decoder decoder;
	char text[SPAN], octets[BASE64_DECODED_ROOM(SPAN)];
	size_t length;

	base64_decoder_start(&decoder);
	while (!decoder.is_over && (length = fread(text, 1, sizeof text, in)) > 0) {
		length = base64_decode(&decoder, text, length, octets);
		if (fwrite(octets, 1, length, stdout) != length)
			return;
	}
	length = base64_decode(&decoder, "\n", 1, octets);
	length += base64_decode_end(&decoder, octets + length);
	fwrite(octets, 1, length, stdout);
}

int main(int argc, char **argv)
{
	return filter_main(argc, argv,
		"usage: b64 [-d] [FILE]\n"
		"Encodes FILE, or standard input, in base64; -d decodes.\n",
		encode, decode);
}
