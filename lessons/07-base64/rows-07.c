/*
 * rows-07: base64 both ways, each to its end; held is what the coder still holds then.
 *
 *	base64_encode("pickles")	"cGlja2xlcw==\n" held=0
 */
#include "classroom/rows.h"
#include "message/base64.h"

static void encode(const struct row *r)
{
	const struct row_argument *in = row_octets(r, 0);
	struct base64_encoder *encoder = row_buffer(sizeof *encoder);
	char *tail = row_buffer(BASE64_TAIL);
	size_t at = 0, n, made;

	base64_encoder_start(encoder);
	do {
		char *text;

		n = row_piece(r, at);
		text = row_buffer(BASE64_ROOM(n));
		made = base64_encode(encoder, row_copy(in->octets + at, n), n, text);
		if (!row_keep(r, text, made, BASE64_ROOM(n)))
			break;
		at += n;
	} while (at < in->length);
	row_keep(r, tail, base64_encode_end(encoder, tail), BASE64_TAIL);
	row_say_kept(r);
	fprintf(r->answer, " held=%zu", encoder->held);
}

static void decode(const struct row *r)
{
	const struct row_argument *in = row_octets(r, 0);
	struct base64_decoder *decoder = row_buffer(sizeof *decoder);
	char *tail = row_buffer(2);
	size_t at = 0, n, made;

	base64_decoder_start(decoder);
	do {
		char *octets;

		n = row_piece(r, at);
		octets = row_buffer(BASE64_DECODED_ROOM(n));
		made = base64_decode(decoder, row_copy(in->octets + at, n), n, octets);
		if (!row_keep(r, octets, made, BASE64_DECODED_ROOM(n)))
			break;
		at += n;
	} while (at < in->length);
	row_keep(r, tail, base64_decode_end(decoder, tail), 2);
	row_say_kept(r);
	fprintf(r->answer, " held=%u", decoder->held);
}

const struct row_function row_functions[] = {
	{"base64_encode", encode,
		"struct base64_encoder encoder;\n"
		"char text[1024];\n"
		"size_t n = 0;\n"
		"base64_encoder_start(&encoder);\n"
		"*n += base64_encode(&encoder, $p, $n, text + n);\n"
		"n += base64_encode_end(&encoder, text + n);\n"},
	{"base64_decode", decode,
		"struct base64_decoder decoder;\n"
		"char octets[1024];\n"
		"size_t n = 0;\n"
		"base64_decoder_start(&decoder);\n"
		"*n += base64_decode(&decoder, $p, $n, octets + n);\n"
		"n += base64_decode_end(&decoder, octets + n);\n"},
	{0}};
