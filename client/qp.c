/*
 * qp: quoted-printable as a filter: text to lines of plain characters, and with -d back
 * (articles: B9; RFC 2045, 6.7). The encoding is in lessons/message/quoted-printable.c;
 * compare b64.c.
 *
 *	printf 'Cr\303\252pes\n' | build/qp		Cr=C3=AApes
 */
#include "message/quoted-printable.h"
#include "message/filter.h"

enum { SPAN = 65536 };

static void encode(FILE *in)
{
	struct quoted_encoder encoder;
	char octets[SPAN], text[QUOTED_ROOM(SPAN)];
	size_t length;

	quoted_encoder_start(&encoder, false);
	while ((length = fread(octets, 1, sizeof octets, in)) > 0) {
		length = quoted_encode(&encoder, octets, length, text);
		if (fwrite(text, 1, length, stdout) != length)
			return;
	}
	length = quoted_encode_end(&encoder, text);
	fwrite(text, 1, length, stdout);
}

static void decode(FILE *in)
{
	struct quoted_decoder decoder;
	char text[SPAN], octets[QUOTED_DECODED_ROOM(SPAN)];
	size_t length;

	quoted_decoder_start(&decoder, false);
	while ((length = fread(text, 1, sizeof text, in)) > 0) {
		length = quoted_decode(&decoder, text, length, octets);
		if (fwrite(octets, 1, length, stdout) != length)
			return;
	}
	length = quoted_decode_end(&decoder, octets);
	fwrite(octets, 1, length, stdout);
}

int main(int argc, char **argv)
{
	return filter_main(argc, argv,
		"usage: qp [-d] [FILE]\n"
		"Encodes FILE, or standard input, in quoted-printable; -d decodes.\n"
		"Either way lines end in LF, and a CR within the text is data: =0D.\n",
		encode, decode);
}
