/*
 * uuencode: how files went by mail before MIME: a line that names the file, `begin 644
 * crepe.jpg`, lines of data, and `end` (articles: B9). Three octets are four
 * characters, as in base64, but each is the next in ASCII from the blank on; and the
 * first character of each line says how many octets it has. POSIX still describes it,
 * under uuencode. MIME names it x-uuencode. It is only read here.
 */
#ifndef UUENCODE_H
#define UUENCODE_H

#include <stdbool.h>
#include <stddef.h>

enum {
	UU_OCTETS = 63,			/* the most in one line */
	UU_LINE = 1 + UU_OCTETS / 3 * 4 /* its characters, without the line end */
};

struct uu_decoder {
	bool is_text;  /* lines outside begin and end are text, blank lines too */
	bool is_begun; /* the line begin has come, and end has not */
	size_t held;   /* octets of the present line; one that is too long is cut */
	char line[UU_LINE];
};

void uu_decoder_start(struct uu_decoder *decoder, bool is_text);

/*
 * Decodes length octets of text into octets, which has room for length + UU_LINE.
 * Blanks at the end of a line may be missing, and the line end may be CRLF. Returns how
 * many octets it wrote. uu_decode_end ends the text: it decodes a last line without a
 * line end into octets, of UU_LINE.
 */
size_t uu_decode(
	struct uu_decoder *decoder, const char *text, size_t length, char *octets);
size_t uu_decode_end(struct uu_decoder *decoder, char *octets);

#endif
