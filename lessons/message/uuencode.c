/*
 * uuencode: a line is held until it is whole, for its first character counts the rest.
 * Begin with take_line.
 *
 *     printf 'Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n#0V%%T\n`\nend\n' |
 *     build/mime-decode      Cat
 */
#include "message/uuencode.h"

#include <string.h>

void uu_decoder_start(struct uu_decoder *decoder, bool is_text)
{
	*decoder = (struct uu_decoder){.is_text = is_text};
}

/* Six bits: the blank is 0, and so is ` which no mail host takes off the end of a line. */
static unsigned value(const struct uu_decoder *decoder, size_t at)
{
	return at < decoder->held ? ((unsigned char)decoder->line[at] - ' ') & 63U : 0;
}

static char *decode_line(const struct uu_decoder *decoder, char *octets)
{
	size_t count = value(decoder, 0);

	for (size_t i = 0; i < count; i++) {
		size_t at = 1 + i / 3 * 4 + i % 3; /* the octet is in these two */
		unsigned first = value(decoder, at), second = value(decoder, at + 1);
		unsigned bits = first << 6 | second;

		*octets++ = (char)(bits >> (4 - 2 * (i % 3)) & 0xff);
	}
	return octets;
}

static bool begins(const struct uu_decoder *decoder, const char *word)
{
	size_t length = strlen(word);

	return decoder->held >= length && memcmp(decoder->line, word, length) == 0;
}

/* `begin 644 name`: three or four octal digits. Many a text has a line with `begin`. */
static bool begins_file(struct uu_decoder *decoder)
{
	static const char word[] = "begin ";
	size_t digits = 0;

	if (!begins(decoder, word))
		return false;
	for (size_t i = strlen(word); i < decoder->held; i++, digits++)
		if (strchr("01234567", decoder->line[i]) == NULL)
			break;
	return digits == 3 || digits == 4;
}

static bool is_blank(const struct uu_decoder *decoder)
{
	for (size_t i = 0; i < decoder->held; i++)
		if (decoder->line[i] != ' ' && decoder->line[i] != '\t')
			return false;
	return true;
}

/* Takes the line that is held, which had this line end, or none. */
static char *take_line(struct uu_decoder *decoder, const char *line_end, char *octets)
{
	if (decoder->is_begun && begins(decoder, "end")) {
		decoder->is_begun = false;
	} else if (decoder->is_begun) {
		octets = decode_line(decoder, octets);
	} else if (begins_file(decoder)) {
		decoder->is_begun = true;
	} else if (decoder->is_text || !is_blank(decoder)) {
		memcpy(octets, decoder->line, decoder->held);
		octets += decoder->held;
		memcpy(octets, line_end, strlen(line_end));
		octets += strlen(line_end);
	}
	decoder->held = 0;
	return octets;
}

size_t uu_decode(
	struct uu_decoder *decoder, const char *text, size_t length, char *octets)
{
	char *to = octets;

	for (size_t i = 0; i < length; i++) {
		bool is_full = decoder->held == sizeof decoder->line;

		if (text[i] == '\n' || (is_full && !decoder->is_begun))
			to = take_line(decoder, text[i] == '\n' ? "\n" : "", to);
		if (text[i] != '\n' && text[i] != '\r' && decoder->held < UU_LINE)
			decoder->line[decoder->held++] = text[i];
	}
	return (size_t)(to - octets);
}

size_t uu_decode_end(struct uu_decoder *decoder, char *octets)
{
	return decoder->held == 0 ? 0 : (size_t)(take_line(decoder, "", octets) - octets);
}
