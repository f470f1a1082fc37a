/*
 * encoded-word: the header is one of 1982 (articles: B6), and RFC 2047 is what people
 * did who wished to write their names in it. Words are written first, then read.
 *
 *     printf 'hi\n' | build/mime-encode -s 'Crêpes?'    Subject: =?UTF-8?B?Q3LDqnBlcz8=?=
 */
#include "message/encoded-word.h"

#include "message/base64.h"
#include "message/charset.h"
#include "message/header.h"
#include "wire/hex.h"
#include "wire/utf8.h"

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

		while (taken < left && utf8_is_within(text[taken]))
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

/* A word that was found: =?charset?encoding?letters?= */
struct word {
	const char *charset, *letters, *end; /* end: what follows it */
	size_t charset_length, length;
	char encoding;
};

/* Whether text begins with a word. */
static bool find_word(const char *text, struct word *word)
{
	if (strncmp(text, "=?", 2) != 0)
		return false;
	word->charset = text + 2;
	const char *mark = strchr(word->charset, '?');
	if (mark == NULL || mark[1] == '\0' || mark[2] != '?')
		return false;
	word->encoding = (char)toupper((unsigned char)mark[1]);
	word->letters = mark + 3;
	word->length = strcspn(word->letters, "?");
	word->end = word->letters + word->length + 2;
	/* A language may follow the charset: utf-8*fr (RFC 2231, 5). */
	word->charset_length = strcspn(word->charset, "*?");
	return strncmp(word->letters + word->length, "?=", 2) == 0 &&
	       word->length <= WORD_ROOM - 3;
}

size_t encoded_word_length(const char *text)
{
	struct word word;

	if (!find_word(text, &word))
		return 0;
	size_t length = (size_t)(word.end - text);
	return strcspn(text, " \t") < length ? 0 : length;
}

/* A value that is being decoded: text, and the charset of the words in hand. */
struct decoding {
	char *to;
	size_t left;
	bool in_words;
	struct word word; /* the first of them */
	struct charset charset;
};

/* Writes what octets of the words in hand stand for; NULL: there are no more. */
static void write_text(struct decoding *d, const char *octets, size_t length)
{
	size_t used = charset_text(&d->charset, octets, length, d->to, d->left);

	d->to += used;
	d->left -= used;
}

static void end_words(struct decoding *d)
{
	if (!d->in_words)
		return;
	write_text(d, NULL, 0);
	charset_close(&d->charset);
	d->in_words = false;
}

/*
 * No word may end within a character (5), but many do: words of one charset that follow
 * each other are one text. False where this one cannot be read.
 */
static bool begin_word(struct decoding *d, const struct word *word, char mark)
{
	struct charset charset;

	if (word->encoding != 'B' && word->encoding != 'Q')
		return false;
	if (d->in_words && d->word.charset_length == word->charset_length &&
		strncasecmp(d->word.charset, word->charset, word->charset_length) == 0)
		return true;
	charset_open(&charset, word->charset, word->charset_length);
	if (charset.found == CHARSET_UNKNOWN)
		return false;
	end_words(d);
	charset.mark = mark;
	d->charset = charset;
	d->word = *word;
	d->in_words = true;
	return true;
}

static void write_word(struct decoding *d, const struct word *word)
{
	char octets[WORD_ROOM];
	size_t length;

	if (word->encoding == 'B')
		length = decode_base64(word->letters, word->length, octets);
	else
		length = encoded_word_octets(word->letters, word->length, '=', octets);
	write_text(d, octets, length);
}

size_t encoded_word_decode(const char *value, char mark, char *text, size_t size)
{
	struct decoding d = {.to = text, .left = size};
	struct word word;

	while (*value != '\0') {
		/* White space between two words goes (6.2). */
		const char *at = d.in_words ? value + strspn(value, " \t") : value;

		if (find_word(at, &word) && begin_word(&d, &word, mark)) {
			write_word(&d, &word);
			value = word.end;
			continue;
		}
		end_words(&d);
		if (d.left > 0) {
			*d.to++ = *value;
			d.left--;
		}
		value++;
	}
	end_words(&d);
	return size - d.left;
}

/* A line end that was encoded would begin a field that nobody wrote. */
void encoded_word_readable(const char *value, char *text, size_t size)
{
	char decoded[ENCODED_WORD_TEXT];
	size_t length = encoded_word_decode(value, '?', decoded, sizeof decoded);

	utf8_copy(decoded, length, ' ', '?', text, size);
}
