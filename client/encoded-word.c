/*
 * Encoded-words: letters that are not ASCII, in a header that is. Passage B6 has
 * the header of 1982; RFC 2047 is what people did who wished to write their names.
 *
 *     printf 'hi\n' | build/mime-encode -s 'Crêpes?'    Subject: =?UTF-8?B?Q3LDqnBlcz8=?=
 */
#include "encoded-word.h"

#include "base64.h"
#include "utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

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

static int hex_value(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c == '\0' ? NULL : strchr(digits, tolower((unsigned char)c));
	return at == NULL ? -1 : (int)(at - digits);
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

/* A language may follow the charset: utf-8*fr (RFC 2231, 5). */
static bool is_known_charset(const char *name, size_t length)
{
	const char *star = memchr(name, '*', length);
	if (star != NULL)
		length = (size_t)(star - name);
	return (length == 5 && strncasecmp(name, "utf-8", length) == 0) ||
	       (length == 8 && strncasecmp(name, "us-ascii", length) == 0);
}

/*
 * Decodes the word =?charset?encoding?letters?= that text begins with. Returns
 * where it ends, or NULL where text begins with none that is known.
 */
static const char *decode_word(
	const char *text, const char *end, char *to, size_t *length)
{
	if (end - text < 2 || text[0] != '=' || text[1] != '?')
		return NULL;
	const char *charset = text + 2;
	const char *mark = memchr(charset, '?', (size_t)(end - charset));
	if (mark == NULL || end - mark < 3 || mark[2] != '?' ||
		!is_known_charset(charset, (size_t)(mark - charset)))
		return NULL;
	const char *letters = mark + 3;
	const char *stop = memchr(letters, '?', (size_t)(end - letters));
	if (stop == NULL || end - stop < 2 || stop[1] != '=')
		return NULL;
	char encoding = (char)toupper((unsigned char)mark[1]);
	if (encoding == 'B')
		*length = decode_base64(letters, (size_t)(stop - letters), to);
	else if (encoding == 'Q')
		*length = encoded_word_octets(letters, (size_t)(stop - letters), '=', to);
	else
		return NULL;
	return stop + 2;
}

size_t encoded_word_decode(const char *value, size_t length, char *text)
{
	const char *end = value + length;
	size_t used = 0, behind_word = 0, decoded = 0;
	bool only_blanks = false; /* since the last word */
	while (value < end) {
		size_t at = only_blanks ? behind_word : used;
		const char *next = decode_word(value, end, text + at, &decoded);
		if (next != NULL) {
			used = behind_word = at + decoded;
			only_blanks = true;
			value = next;
			continue;
		}
		only_blanks = only_blanks && (*value == ' ' || *value == '\t');
		text[used++] = *value++;
	}
	return used;
}
