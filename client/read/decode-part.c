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

enum { SPAN = MULTIPART_SPAN, PIECE = 4096 };

void part_decoder_start(struct part_decoder *decoder, const struct content *content,
	bool is_for_reader, FILE *to)
{
	*decoder = (struct part_decoder){.to = to, .ends_line = true};
	decoder->is_text = content->is_text;
	decoder->is_for_reader = is_for_reader;
	decoder->is_page = is_for_reader && strcmp(content->type, "text/html") == 0;
	html_start(&decoder->html);
	transfer_decoder_start(&decoder->transfer, content->transfer, content->is_text);
	charset_open(&decoder->charset, content->charset,
		is_for_reader ? strlen(content->charset) : 0);
}

/*
 * The steps, each of which passes on what it made to the one above it: take undoes the
 * transfer encoding, put_characters the charset, put_lines the line ends, put_text the
 * marks of a page, and put writes.
 */

static bool put(struct part_decoder *decoder, const char *octets, size_t length)
{
	decoder->octets += length;
	if (length > 0)
		decoder->ends_line = octets[length - 1] == '\n';
	if (decoder->to == NULL)
		return true;
	if (!decoder->is_for_reader)
		return fwrite(octets, 1, length, decoder->to) == length;
	utf8_show(decoder->to, &decoder->utf8, octets, length);
	return !ferror(decoder->to);
}

static bool put_text(struct part_decoder *decoder, const char *octets, size_t length)
{
	char text[HTML_ROOM(PIECE)];
	if (!decoder->is_page)
		return put(decoder, octets, length);
	bool put_all = true;
	while (put_all && length > 0) {
		size_t piece = length < PIECE ? length : PIECE;
		size_t used = html_take(&decoder->html, octets, piece, text);
		put_all = put(decoder, text, used);
		octets += piece;
		length -= piece;
	}
	return put_all;
}

static bool put_text_end(struct part_decoder *decoder)
{
	char text[HTML_TAIL];
	if (!decoder->is_page)
		return true;
	size_t used = html_end(&decoder->html, text);
	return put(decoder, text, used);
}

/* Line ends are CRLF in mail and LF in files. */
static bool put_lines(struct part_decoder *decoder, const char *octets, size_t length)
{
	char text[SPAN + 1];
	if (!decoder->is_text)
		return put(decoder, octets, length);
	length = from_canonical(&decoder->held_cr, octets, length, text);
	return put_text(decoder, text, length);
}

static bool put_characters(
	struct part_decoder *decoder, const char *octets, size_t length)
{
	char text[SPAN];
	size_t used;
	while ((used = charset_take(&decoder->charset, &octets, &length, text, SPAN)) > 0)
		if (!put_lines(decoder, text, used))
			return false;
	return true;
}

static bool take(struct part_decoder *decoder, const char *span, size_t length)
{
	char octets[TRANSFER_ROOM(SPAN)];
	length = transfer_decode(&decoder->transfer, span, length, octets);
	return put_characters(decoder, octets, length);
}

static bool take_end(struct part_decoder *decoder)
{
	char tail[TRANSFER_TAIL];
	size_t length = transfer_decode_end(&decoder->transfer, tail);
	/* Each step may hold something back, which its end brings; NULL is that of charset. */
	bool put_all = put_characters(decoder, tail, length) &&
		       put_characters(decoder, NULL, 0) &&
		       (!decoder->held_cr || put_text(decoder, "\r", 1)) &&
		       put_text_end(decoder);
	if (decoder->to != NULL)
		utf8_show_end(decoder->to, &decoder->utf8);
	charset_close(&decoder->charset);
	return put_all;
}

bool decode_part(struct part_decoder *decoder, struct multipart *message)
{
	const char *octets;
	size_t length;
	bool put_all = true;
	while (put_all && (length = multipart_take(message, &octets)) > 0)
		put_all = take(decoder, octets, length);
	return take_end(decoder) && put_all;
}
