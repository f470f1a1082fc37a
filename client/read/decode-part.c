/*
 * decode-part: what was done to a body for its journey is undone, in the order in which
 * it was done, backwards: Bob's user agent first decodes, then acts by Content-Type
 * (articles: B10; RFC 2045, 6.6 has the steps). Begin at the end, with decode_part.
 *
 *     printf 'Content-Transfer-Encoding: base64\n\naGVsbG8=\n' | build/mime-decode
 */
#include "read/decode-part.h"

#include "message/canonical.h"

#include <string.h>

enum {
	SPAN = MULTIPART_SPAN,
	PIECE = 4096 /* octets of a text that are converted at once */
};

void part_decoder_start(struct part_decoder *decoder, const struct content *content,
	bool is_for_reader, FILE *to)
{
	*decoder = (struct part_decoder){.to = to, .ends_line = true};
	decoder->is_text =
		content->kind == CONTENT_TEXT || content->kind == CONTENT_TEXT_FILE;
	decoder->is_for_reader = is_for_reader;
	decoder->is_page = is_for_reader && strcmp(content->type, "text/html") == 0;
	html_start(&decoder->html);
	transfer_decoder_start(&decoder->transfer, content->transfer, decoder->is_text);
	charset_open(&decoder->charset, content->charset,
		is_for_reader ? strlen(content->charset) : 0);
}

/*
 * The steps, each of which passes on what it made to the one above it: transfer_decode
 * undoes the transfer encoding, put_characters the charset, put_lines the line ends,
 * put_text the marks of a page, and put writes.
 */

static void put(struct part_decoder *decoder, const char *octets, size_t length)
{
	decoder->octets += length;
	if (length > 0)
		decoder->ends_line = octets[length - 1] == '\n';
	if (decoder->to == NULL)
		return;
	if (decoder->is_for_reader)
		utf8_show(decoder->to, &decoder->utf8, octets, length);
	else
		fwrite(octets, 1, length, decoder->to);
}

static void put_text(struct part_decoder *decoder, const char *octets, size_t length)
{
	if (!decoder->is_page) {
		put(decoder, octets, length);
		return;
	}
	for (size_t i = 0; i < length; i++) {
		const char *text = html_take(&decoder->html, (unsigned char)octets[i]);
		put(decoder, text, strlen(text));
	}
}

/* Line ends are CRLF in mail and LF in files. */
static void put_lines(struct part_decoder *decoder, const char *octets, size_t length)
{
	char text[CHARSET_ROOM(PIECE) + 1];

	if (decoder->is_text) {
		length = from_canonical(&decoder->held_cr, octets, length, text);
		octets = text;
	}
	put_text(decoder, octets, length);
}

static void put_characters(
	struct part_decoder *decoder, const char *octets, size_t length)
{
	char text[CHARSET_ROOM(PIECE)];

	while (length > 0) {
		size_t piece = length < PIECE ? length : PIECE;
		size_t used =
			charset_text(&decoder->charset, octets, piece, text, sizeof text);

		put_lines(decoder, text, used);
		octets += piece;
		length -= piece;
	}
}

/* Each step may hold something back, which its end brings. */
static void put_end(struct part_decoder *decoder)
{
	char tail[TRANSFER_TAIL], held[CHARSET_ROOM(0)];
	size_t length = transfer_decode_end(&decoder->transfer, tail);

	put_characters(decoder, tail, length);
	length = charset_text(&decoder->charset, NULL, 0, held, sizeof held);
	put_lines(decoder, held, length);
	charset_close(&decoder->charset);
	if (decoder->held_cr)
		put_text(decoder, "\r", 1);
	if (decoder->is_page) {
		const char *last = html_end(&decoder->html);
		put(decoder, last, strlen(last));
	}
	if (decoder->to != NULL)
		utf8_show_end(decoder->to, &decoder->utf8);
}

static bool is_written(const struct part_decoder *decoder)
{
	return decoder->to == NULL || !ferror(decoder->to);
}

bool decode_part(struct part_decoder *decoder, struct multipart *message)
{
	char octets[TRANSFER_ROOM(SPAN)];
	const char *span;
	size_t length;

	while (is_written(decoder) && (length = multipart_take(message, &span)) > 0) {
		length = transfer_decode(&decoder->transfer, span, length, octets);
		put_characters(decoder, octets, length);
	}
	put_end(decoder);
	return is_written(decoder);
}
