/*
 * drive-html: drives html in pieces of any size.
 *
 *	$ drive-html 7 <text		in pieces of 7 octets
 *	$ drive-html 0 <text		as a whole
 *
 * Each piece, and what is made of it, lies in memory that is just large enough for it,
 * so that a sanitizer sees each octet too many.
 */
#include "read/html.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum { TEXT_LIMIT = 1 << 22 };

static void *room(size_t size)
{
	void *memory = malloc(size);
	if (memory == NULL)
		err(EX_OSERR, "memory");
	return memory;
}

static void take_piece(struct html *html, const char *octets, size_t length)
{
	char *piece = room(length), *text = room(HTML_ROOM(length));
	memcpy(piece, octets, length);
	fwrite(text, 1, html_take(html, piece, length, text), stdout);
	free(piece);
	free(text);
}

int main(int argc, char **argv)
{
	if (argc != 2)
		errx(EX_USAGE, "usage: drive-html N");
	struct html *html = room(sizeof *html);
	char *octets = room(TEXT_LIMIT), *tail = room(HTML_TAIL);
	size_t length = fread(octets, 1, TEXT_LIMIT, stdin);
	size_t size = strtoul(argv[1], NULL, 10), left;
	if (size == 0)
		size = length;
	html_start(html);
	for (size_t at = 0; at < length; at += size) {
		left = length - at;
		take_piece(html, octets + at, left < size ? left : size);
	}
	fwrite(tail, 1, html_end(html, tail), stdout);
	free(tail);
	free(octets);
	free(html);
	return fflush(stdout) == 0 ? 0 : EX_IOERR;
}
