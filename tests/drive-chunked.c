/*
 * drive-chunked: chunked_take of http-body as a filter, fed in pieces of N octets: the
 * body, and a line that says how it ended.
 *
 *	$ printf '5\r\nhello\r\n0\r\n\r\n' | drive-chunked 3
 *	hello, end, 0 left
 *
 * Every piece comes in memory of exactly its size, so that -fsanitize=address sees the
 * first octet too many.
 */
#include "http/http-body.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define PIECE 65536

/* Takes a piece. Returns how many octets of it are left over at the end of the body. */
static size_t drive(struct chunked *c, const char *in, size_t n)
{
	char *piece = malloc(n);
	size_t at = 0;

	if (piece == NULL)
		err(EX_OSERR, "memory");
	memcpy(piece, in, n);
	while (at < n && c->at != CHUNKED_END && c->at != CHUNKED_WRONG) {
		const char *data;
		size_t made, took = chunked_take(c, piece + at, n - at, &data, &made);

		if (took == 0 || data < piece || data + made != piece + at + took)
			errx(EX_SOFTWARE, "took %zu", took);
		fwrite(data, 1, made, stdout);
		at += took;
	}
	free(piece);
	return n - at;
}

int main(int argc, char **argv)
{
	static char in[PIECE];
	struct chunked c = {0};
	size_t size = argc > 1 ? strtoul(argv[1], NULL, 10) : PIECE, n, left = 0;

	if (size == 0 || size > sizeof in)
		return EX_USAGE;
	while ((n = fread(in, 1, size, stdin)) > 0)
		left += drive(&c, in, n);
	if (c.at == CHUNKED_END)
		printf(", end, %zu left\n", left);
	else
		printf(", %s, 0 left\n", c.at == CHUNKED_WRONG ? "wrong" : "no end");
	return fflush(stdout) == 0 ? EX_OK : EX_IOERR;
}
