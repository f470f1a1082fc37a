/*
 * drive-qp: drives quoted-printable in pieces of any size.
 *
 *	$ drive-qp encode 7 <text	in pieces of 7 octets; also binary, decode,
 *					and crlf: decode to CRLF line ends
 *	$ drive-qp every 3		all strings of at most 3 of the octets that
 *					matter, there and back; says how many
 */
#include "message/quoted-printable.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum { PIECE = 4096, WHOLE = 8 };

static void encode_stream(size_t size, bool is_binary)
{
	struct quoted_encoder encoder;
	char octets[PIECE], text[QUOTED_ROOM(PIECE)], tail[QUOTED_TAIL];
	size_t length;
	quoted_encoder_start(&encoder, is_binary);
	while ((length = fread(octets, 1, size, stdin)) > 0) {
		length = quoted_encode(&encoder, octets, length, text);
		fwrite(text, 1, length, stdout);
	}
	length = quoted_encode_end(&encoder, tail);
	fwrite(tail, 1, length, stdout);
}

static void decode_stream(size_t size, bool to_crlf)
{
	struct quoted_decoder decoder;
	char text[PIECE], octets[QUOTED_DECODED_ROOM(PIECE)], tail[QUOTED_HELD + 1];
	size_t length;
	quoted_decoder_start(&decoder, to_crlf);
	while ((length = fread(text, 1, size, stdin)) > 0) {
		length = quoted_decode(&decoder, text, length, octets);
		fwrite(octets, 1, length, stdout);
	}
	length = quoted_decode_end(&decoder, tail);
	fwrite(tail, 1, length, stdout);
}

/* Encodes and decodes in pieces of size; whether the octets came back. */
static bool survives(const char *octets, size_t length, size_t size, bool is_binary)
{
	struct quoted_encoder encoder;
	struct quoted_decoder decoder;
	char text[QUOTED_ROOM(WHOLE) + QUOTED_TAIL] = "";
	char back[sizeof text * 2 + QUOTED_HELD];
	size_t coded = 0, decoded = 0;
	quoted_encoder_start(&encoder, is_binary);
	for (size_t i = 0; i < length; i += size)
		coded += quoted_encode(&encoder, octets + i,
			length - i < size ? length - i : size, text + coded);
	coded += quoted_encode_end(&encoder, text + coded);
	quoted_decoder_start(&decoder, false);
	for (size_t i = 0; i < coded; i += size)
		decoded += quoted_decode(&decoder, text + i,
			coded - i < size ? coded - i : size, back + decoded);
	decoded += quoted_decode_end(&decoder, back + decoded);
	bool is_blank_last = strstr(text, " \n") != NULL || strstr(text, "\t\n") != NULL;
	return strlen(text) == coded && (coded == 0 || text[coded - 1] == '\n') &&
	       strchr(text, '\r') == NULL && !is_blank_last && decoded == length &&
	       memcmp(back, octets, length) == 0;
}

static void drive_every(size_t longest)
{
	static const char matter[] = "A=0Ff\r\n \t.\xe9";
	const size_t kinds = sizeof matter - 1;
	size_t strings = 1, count = 0;
	char octets[WHOLE];
	for (size_t length = 0; length <= longest; length++, strings *= kinds) {
		for (size_t number = 0; number < strings; number++, count++) {
			size_t rest = number;
			for (size_t i = 0; i < length; i++, rest /= kinds)
				octets[i] = matter[rest % kinds];
			for (int way = 0; way < 4; way++)
				if (!survives(octets, length, way & 1 ? 1 : WHOLE * 8,
					    (way & 2) != 0))
					errx(1, "length %zu, number %zu, way %d", length,
						number, way);
		}
	}
	printf("%zu\n", count);
}

int main(int argc, char **argv)
{
	size_t n = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
	if (n == 0 || n > PIECE)
		errx(EX_USAGE, "usage: drive-qp encode|binary|decode|crlf|every N");
	if (strcmp(argv[1], "every") == 0)
		drive_every(n < WHOLE ? n : WHOLE);
	else if (strcmp(argv[1], "decode") == 0 || strcmp(argv[1], "crlf") == 0)
		decode_stream(n, argv[1][0] == 'c');
	else
		encode_stream(n, argv[1][0] == 'b');
	return fflush(stdout) == 0 ? 0 : EX_IOERR;
}
