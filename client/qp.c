/*
 * qp: quoted-printable as a filter: text to lines of plain characters, and with -d
 * back. Passage B9, RFC 2045, 6.7. Compare with b64.
 *
 *     printf 'Cr\303\252pes\n' | build/qp                   Cr=C3=AApes
 */
#include "quoted-printable.h"

#include <err.h>
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

enum { SPAN = 65536 };

static void usage(FILE *out)
{
	fputs("usage: qp [-d] [FILE]\n"
	      "Encodes FILE, or standard input, in quoted-printable; -d decodes.\n"
	      "Either way lines end in LF, and a CR within the text is data: =0D.\n",
		out);
}

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
	void (*work)(FILE *) = encode;
	int option;
	while ((option = getopt(argc, argv, "dh")) != -1) {
		switch (option) {
		case 'd':
			work = decode;
			break;
		case 'h':
			usage(stdout);
			return fflush(stdout) == 0 ? 0 : EX_IOERR;
		default:
			usage(stderr);
			return EX_USAGE;
		}
	}
	if (argc - optind > 1) {
		usage(stderr);
		return EX_USAGE;
	}
	const char *name = optind < argc ? argv[optind] : "standard input";
	FILE *in = optind < argc ? fopen(argv[optind], "rb") : stdin;
	if (in == NULL)
		err(EX_NOINPUT, "%s", name);
	work(in);
	if (ferror(in))
		err(EX_IOERR, "%s", name);
	if (ferror(stdout) || fclose(stdout) != 0)
		err(EX_IOERR, "standard output");
	return 0;
}
