/*
 * rows-08: quoted-printable is written, to its end: lines, or binary data.
 *
 *	quoted_encode("Cr\xc3\xaapes\n", lines)		"Cr=C3=AApes\n"
 */
#include "classroom/rows.h"
#include "message/quoted-printable.h"

static const char *const kinds[] = {"lines", "binary", NULL};

static void encode(const struct row *r)
{
	const struct row_argument *in = row_octets(r, 0);
	struct quoted_encoder *encoder = row_buffer(sizeof *encoder);
	char *tail = row_buffer(QUOTED_TAIL);
	size_t at = 0, n, made;

	quoted_encoder_start(encoder, row_word(r, 1, kinds) == 1);
	do {
		char *text;

		n = row_piece(r, at);
		text = row_buffer(QUOTED_ROOM(n));
		made = quoted_encode(encoder, row_copy(in->octets + at, n), n, text);
		if (!row_keep(r, text, made, QUOTED_ROOM(n)))
			break;
		at += n;
	} while (at < in->length);
	row_keep(r, tail, quoted_encode_end(encoder, tail), QUOTED_TAIL);
	row_say_kept(r);
}

const struct row_function row_functions[] = {
	{"quoted_encode", encode,
		"struct quoted_encoder encoder;\n"
		"char text[1024];\n"
		"quoted_encoder_start(&encoder, false); /* $2 */\n"
		"*n = quoted_encode(&encoder, $p, $n, text);\n"
		"n = quoted_encode_end(&encoder, text);\n"},
	{0}};
