/*
 * decode-part: what was done to a body for its journey is undone, in the order in which it
 * was done, backwards. Passage B10: Bob's user agent first decodes, then acts by
 * Content-Type. RFC 2045, 6.6 tells of the steps.
 *
 *     printf 'Content-Transfer-Encoding: base64\n\naGVsbG8=\n' | build/mime-decode
 */
#include "read/decode-part.h"

#include "message/canonical.h"

#include <string.h>

enum { SPAN = MULTIPART_SPAN, PIECE = 4096 };

void part_decoder_start(struct part_decoder *unpack, const struct content *content,
	bool is_for_reader, FILE *to)
{
	*unpack = (struct part_decoder){.to = to, .ends_line = true};
	unpack->is_text = content->is_text;
	unpack->is_for_reader = is_for_reader;
	unpack->is_page = is_for_reader && strcmp(content->type, "text/html") == 0;
	html_start(&unpack->html);
	transfer_decoder_start(&unpack->decoder, content->transfer, content->is_text);
	charset_open(&unpack->charset, content->charset,
		is_for_reader ? strlen(content->charset) : 0);
}

/*
 * The steps, each of which passes on what it made to the one above it: take undoes the
 * transfer encoding, put_characters the charset, put_lines the line ends, put_text the
 * marks of a page, and put writes.
 */

static bool put(struct part_decoder *unpack, const char *octets, size_t length)
{
	unpack->octets += length;
	if (length > 0)
		unpack->ends_line = octets[length - 1] == '\n';
	if (unpack->to == NULL)
		return true;
	if (!unpack->is_for_reader)
		return fwrite(octets, 1, length, unpack->to) == length;
	utf8_show(unpack->to, &unpack->utf8, octets, length);
	return !ferror(unpack->to);
}

static bool put_text(struct part_decoder *unpack, const char *octets, size_t length)
{
	char text[HTML_ROOM(PIECE)];
	if (!unpack->is_page)
		return put(unpack, octets, length);
	bool put_all = true;
	while (put_all && length > 0) {
		size_t piece = length < PIECE ? length : PIECE;
		size_t used = html_take(&unpack->html, octets, piece, text);
		put_all = put(unpack, text, used);
		octets += piece;
		length -= piece;
	}
	return put_all;
}

static bool put_text_end(struct part_decoder *unpack)
{
	char text[HTML_TAIL];
	if (!unpack->is_page)
		return true;
	size_t used = html_end(&unpack->html, text);
	return put(unpack, text, used);
}

/* Line ends are CRLF in mail and LF in files. */
static bool put_lines(struct part_decoder *unpack, const char *octets, size_t length)
{
	char text[SPAN + 1];
	if (!unpack->is_text)
		return put(unpack, octets, length);
	length = from_canonical(&unpack->held_cr, octets, length, text);
	return put_text(unpack, text, length);
}

static bool put_characters(struct part_decoder *unpack, const char *octets, size_t length)
{
	char text[SPAN];
	size_t used;
	while ((used = charset_take(&unpack->charset, &octets, &length, text, SPAN)) > 0)
		if (!put_lines(unpack, text, used))
			return false;
	return true;
}

static bool take(struct part_decoder *unpack, const char *span, size_t length)
{
	char octets[TRANSFER_ROOM(SPAN)];
	length = transfer_decode(&unpack->decoder, span, length, octets);
	return put_characters(unpack, octets, length);
}

static bool take_end(struct part_decoder *unpack)
{
	char tail[TRANSFER_TAIL];
	size_t length = transfer_decode_end(&unpack->decoder, tail);
	/* Each step may hold something back, which its end brings; NULL is that of charset. */
	bool put_all =
		put_characters(unpack, tail, length) && put_characters(unpack, NULL, 0) &&
		(!unpack->held_cr || put_text(unpack, "\r", 1)) && put_text_end(unpack);
	if (unpack->to != NULL)
		utf8_show_end(unpack->to, &unpack->utf8);
	charset_close(&unpack->charset);
	return put_all;
}

bool decode_part(struct part_decoder *unpack, struct multipart *message)
{
	const char *octets;
	size_t length;
	bool put_all = true;
	while (put_all && (length = multipart_take(message, &octets)) > 0)
		put_all = take(unpack, octets, length);
	return take_end(unpack) && put_all;
}
