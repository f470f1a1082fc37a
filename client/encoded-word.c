/*
 * Encoded-words: letters that are not ASCII, in a header that is. Passage B6 has
 * the header of 1982; RFC 2047 is what people did who wished to write their names.
 *
 *     printf 'hi\n' | build/mime-encode -s 'Crêpes?'    Subject: =?UTF-8?B?Q3LDqnBlcz8=?=
 */
#include "encoded-word.h"

#include "base64.h"
#include "charset.h"
#include "header.h"
#include "hex.h"
#include "utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { WORD_ROOM = HEADER_FIELD + 3 }; /* octets of a word that is read */

static const char word_begin[] = "=?UTF-8?B?", word_end[] = "?=";

static bool is_ascii(const char *text)
{
	while (*text > 0 && *text < 0x7f)
		text++;
	return *text == '\0';
}

bool encoded_word_needed(const char *text)
{
	return !is_ascii(text) || strstr(text, "=?") != NULL;
}

static bool within_character(char octet)
{
	return ((unsigned char)octet & 0xc0) == 0x80;
}

bool encoded_word_encode(const char *text, size_t column, char *words, size_t size)
{
	const size_t frame = sizeof word_begin - 1 + sizeof word_end - 1;
	size_t used = 0;
	if (!utf8_is_whole(text))
		return false;
	for (size_t left = strlen(text); left > 0; column = 1) {
		/* Four characters of base64 for each three octets of the text. */
		size_t letters = ENCODED_WORD_LINE - column - frame;
		size_t taken = letters / 4 * 3 < left ? letters / 4 * 3 : left;
		while (taken < left && within_character(text[taken]))
			taken--;
		struct base64_encoder encoder;
		char base64[BASE64_ROOM(BASE64_LINE) + BASE64_TAIL];
		base64_encoder_start(&encoder);
		size_t length = base64_encode(&encoder, text, taken, base64);
		length += base64_encode_end(&encoder, base64 + length) - 1;
		int wrote = snprintf(words + used, size - used, "%s%s%.*s%s",
			used > 0 ? " " : "", word_begin, (int)length, base64, word_end);
		if (wrote < 0 || (size_t)wrote >= size - used)
			return false;
		used += (size_t)wrote;
		text += taken;
		left -= taken;
	}
	return used > 0;
}

size_t encoded_word_octets(const char *from, size_t length, char mark, char *to)
{
	size_t used = 0;
	for (size_t i = 0; i < length; i++) {
		char c = from[i];
		if (c == mark && i + 2 < length && hex_value(from[i + 1]) >= 0 &&
			hex_value(from[i + 2]) >= 0) {
			c = (char)(hex_value(from[i + 1]) << 4 | hex_value(from[i + 2]));
			i += 2;
		} else if (c == '_' && mark == '=') {
			c = ' ';
		}
		to[used++] = c;
	}
	return used;
}

static size_t decode_base64(const char *from, size_t length, char *to)
{
	struct base64_decoder decoder;
	base64_decoder_start(&decoder);
	size_t used = base64_decode(&decoder, from, length, to);
	return used + base64_decode_end(&decoder, to + used);
}

/* Text that is being written. */
struct room {
	char *to;
	size_t left;
};

static void write_text(
	struct room *room, struct charset *charset, const char *octets, size_t length)
{
	size_t used = 1;
	while (used > 0 && room->left >= CHARSET_ROOM) {
		used = charset_take(charset, &octets, &length, room->to, room->left);
		room->to += used;
		room->left -= used;
	}
}

/* A word's octets, in the charset that is named; false: it is not known. */
static bool write_word(struct room *room, const char *name, const char *name_end,
	const char *octets, size_t length)
{
	struct charset charset;
	/* A language may follow the charset: utf-8*fr (RFC 2231, 5). */
	const char *star = memchr(name, '*', (size_t)(name_end - name));
	charset_open(&charset, name, (size_t)((star != NULL ? star : name_end) - name));
	if (charset.found == CHARSET_UNKNOWN)
		return false;
	write_text(room, &charset, octets, length);
	write_text(room, &charset, NULL, 0);
	charset_close(&charset);
	return true;
}

/*
 * Decodes the word =?charset?encoding?letters?= that text begins with. Returns
 * where it ends, or NULL where text begins with none that is known.
 */
static const char *decode_word(const char *text, const char *end, struct room *room)
{
	char octets[WORD_ROOM];
	if (end - text < 2 || text[0] != '=' || text[1] != '?')
		return NULL;
	const char *charset = text + 2;
	const char *mark = memchr(charset, '?', (size_t)(end - charset));
	if (mark == NULL || end - mark < 3 || mark[2] != '?')
		return NULL;
	const char *letters = mark + 3;
	const char *stop = memchr(letters, '?', (size_t)(end - letters));
	if (stop == NULL || end - stop < 2 || stop[1] != '=')
		return NULL;
	size_t length = (size_t)(stop - letters);
	char encoding = (char)toupper((unsigned char)mark[1]);
	if (length > sizeof octets - 3)
		return NULL;
	if (encoding == 'B')
		length = decode_base64(letters, length, octets);
	else if (encoding == 'Q')
		length = encoded_word_octets(letters, length, '=', octets);
	else
		return NULL;
	return write_word(room, charset, mark, octets, length) ? stop + 2 : NULL;
}

size_t encoded_word_decode(const char *value, size_t length, char *text, size_t size)
{
	const char *end = value + length;
	size_t used = 0, behind_word = 0;
	bool only_blanks = false; /* since the last word */
	while (value < end) {
		size_t at = only_blanks ? behind_word : used;
		struct room room = {text + at, size - at};
		const char *next = decode_word(value, end, &room);
		if (next != NULL) {
			used = behind_word = size - room.left;
			only_blanks = true;
			value = next;
			continue;
		}
		only_blanks = only_blanks && (*value == ' ' || *value == '\t');
		if (used < size)
			text[used++] = *value;
		value++;
	}
	return used;
}
