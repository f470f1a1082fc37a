/*
 * decode-part: undoes what was done to a body for its journey, last step first: Bob's
 * user agent first decodes, then acts by Content-Type (articles: B10; RFC 2045, 6.6 has
 * the steps). Begin at the end, with decode_part.
 *
 *     printf 'Content-Transfer-Encoding: base64\n\naGVsbG8=\n' | build/mime-decode
 */
#include "read/decode-part.h"

#include "message/canonical.h"

#include <string.h>
#include <strings.h>

enum {
	SPAN = MULTIPART_SPAN,
	PIECE = 4096 /* octets of a text that are converted at once */
};

void part_decoder_start(struct part_decoder *decoder, const struct content *content,
	bool is_for_reader, FILE *to)
{
	const bool is_plain = strcmp(content->type, "text/plain") == 0;

	*decoder = (struct part_decoder){.to = to, .ends_line = true, .is_blank = true};
	decoder->is_text =
		content->kind == CONTENT_TEXT || content->kind == CONTENT_TEXT_FILE;
	decoder->is_for_reader = is_for_reader;
	decoder->is_page = is_for_reader && strcmp(content->type, "text/html") == 0;
	decoder->is_looking = decoder->is_page && content->charset[0] == '\0';
	decoder->is_flowed = is_for_reader && is_plain && content->is_flowed;
	html_start(&decoder->html);
	flowed_start(&decoder->flowed, content->deletes_blank);
	transfer_decoder_start(&decoder->transfer, content->transfer, decoder->is_text);
	const char *charset = is_for_reader ? content->charset : "utf-8"; /* as it is */
	charset_open(&decoder->charset, charset, strlen(charset));
}

/*
 * The steps, each of which passes on what it made to the one above it: transfer_decode
 * undoes the transfer encoding, put_decoded finds the charset of a page, put_characters
 * undoes the charset, put_lines the line ends, put_text the marks of a page or the lines
 * of a paragraph, and put writes.
 */

/* Blanks, line ends, and C2 A0: U+00A0, of which no other character is made. */
static bool is_blank(const char *octets, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (strchr(" \t\r\n\v\f\xc2\xa0", octets[i]) == NULL)
			return false;
	return true;
}

static void put(struct part_decoder *decoder, const char *octets, size_t length)
{
	decoder->is_blank = decoder->is_blank && is_blank(octets, length);
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
	if (!decoder->is_page && !decoder->is_flowed) {
		put(decoder, octets, length);
		return;
	}
	for (size_t i = 0; i < length; i++) {
		const char *text =
			decoder->is_page
				? html_take(&decoder->html, (unsigned char)octets[i])
				: flowed_take(&decoder->flowed, octets[i]);
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

/* Whether the octets from here on are word, in any case. */
static bool is_at(const char *at, const char *end, const char *word)
{
	size_t length = strlen(word);

	return (size_t)(end - at) >= length && strncasecmp(at, word, length) == 0;
}

/*
 * A page may name its charset itself, for where nobody else does: <meta charset="x">, or
 * <meta http-equiv=... content="text/html; charset=x">. Whoever can read that in ASCII
 * will not find UTF-16 (WHATWG HTML, 13.2.3.2).
 */
static void find_charset(struct part_decoder *decoder)
{
	static const char name[] = "charset", around[] = " =\"'\t\r\n";
	const char *at = decoder->begin, *end = at + decoder->begun;
	bool in_meta = false, in_comment = false;

	for (; at < end; at++) {
		if (is_at(at, end, in_comment ? "-->" : "<!--"))
			in_comment = !in_comment;
		else if (in_comment)
			continue;
		else if (is_at(at, end, "<meta"))
			in_meta = true;
		else if (*at == '>')
			in_meta = false;
		else if (in_meta && is_at(at, end, name))
			break;
	}
	at = end - at > (long)strlen(name) ? at + strlen(name) : end;
	while (at < end && strchr(around, *at) != NULL)
		at++;
	const char *last = at;
	while (last < end && strchr("\"'; />\t\r\n", *last) == NULL)
		last++;
	bool is_whole = last > at && last < end;
	if (is_whole && !is_at(at, end, "utf-16"))
		charset_open(&decoder->charset, at, (size_t)(last - at));
}

/* Ends the search: what was held goes on its way. */
static void put_begin(struct part_decoder *decoder)
{
	if (!decoder->is_looking)
		return;
	decoder->is_looking = false;
	find_charset(decoder);
	put_characters(decoder, decoder->begin, decoder->begun);
}

static void put_decoded(struct part_decoder *decoder, const char *octets, size_t length)
{
	if (decoder->is_looking) {
		size_t room = sizeof decoder->begin - decoder->begun;
		size_t taken = length < room ? length : room;

		memcpy(decoder->begin + decoder->begun, octets, taken);
		decoder->begun += taken;
		octets += taken;
		length -= taken;
	}
	if (length > 0)
		put_begin(decoder);
	put_characters(decoder, octets, length);
}

/* Each step may hold something back, which its end brings. */
static void put_end(struct part_decoder *decoder)
{
	char tail[TRANSFER_TAIL], held[CHARSET_ROOM(0)];
	size_t length = transfer_decode_end(&decoder->transfer, tail);

	put_decoded(decoder, tail, length);
	put_begin(decoder);
	length = charset_text(&decoder->charset, NULL, 0, held, sizeof held);
	put_lines(decoder, held, length);
	charset_close(&decoder->charset);
	if (decoder->held_cr)
		put_text(decoder, "\r", 1);
	if (decoder->is_page) {
		const char *last = html_end(&decoder->html);
		put(decoder, last, strlen(last));
	}
	if (decoder->is_flowed) {
		const char *last = flowed_end(&decoder->flowed);
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
		put_decoded(decoder, octets, length);
	}
	put_end(decoder);
	return is_written(decoder);
}
