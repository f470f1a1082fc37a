/*
 * encoded-word: the header is of 1982 and ASCII (articles: B6); with RFC 2047 people
 * can write their names in it. First words are found, then written, then read.
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

enum {
	WORD_ROOM = HEADER_FIELD + 3, /* octets of a word that is read */
	WORD_PASSED = 500	      /* of one that is passed on: it fits on a line */
};

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
	used += base64_decode(&decoder, "\n", 1, to + used);
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
	       word->length <= WORD_ROOM - 3 &&
	       (word->encoding == 'B' || word->encoding == 'Q');
}

size_t encoded_word_length(const char *text)
{
	struct word word;

	if (!find_word(text, &word))
		return 0;
	size_t length = (size_t)(word.end - text);
	return strcspn(text, " \t") < length ? 0 : length;
}

static bool is_known(const struct word *word)
{
	struct charset charset;

	charset_open(&charset, word->charset, word->charset_length);
	charset_close(&charset);
	return charset.is_known;
}

/* The octets of the word that text begins with, if it is one that we cannot read, or 0. */
static size_t unread_length(const char *text)
{
	size_t length = encoded_word_length(text);
	struct word word;

	if (length == 0 || length > WORD_PASSED || !find_word(text, &word))
		return 0;
	return is_known(&word) ? 0 : length;
}

/* How many octets come before such a word, or before the end. */
static size_t first_unread(const char *text)
{
	size_t at = 0;

	while (text[at] != '\0' && unread_length(text + at) == 0)
		at++;
	return at;
}

/* Words being written, with a blank between them. */
struct writing {
	char *words;
	size_t size, used;
	size_t column; /* where on its line the next word may begin */
};

static bool add(struct writing *w, const char *begin, const char *text, size_t length,
	const char *end)
{
	int wrote = snprintf(w->words + w->used, w->size - w->used, "%s%s%.*s%s",
		w->used > 0 ? " " : "", begin, (int)length, text, end);

	if (wrote < 0 || (size_t)wrote >= w->size - w->used)
		return false;
	w->used += (size_t)wrote;
	w->column = 1;
	return true;
}

/* Adds so many octets of a text, in UTF-8, as words of base64. */
static bool add_encoded(struct writing *w, const char *text, size_t left)
{
	const size_t frame = sizeof word_begin - 1 + sizeof word_end - 1;
	bool fits = true;

	while (fits && left > 0) {
		/* Four characters of base64 for each three octets of the text. */
		size_t letters = ENCODED_WORD_LINE - w->column - frame;
		size_t taken = letters / 4 * 3 < left ? letters / 4 * 3 : left;

		while (taken < left && utf8_is_within(text[taken]))
			taken--;
		struct base64_encoder encoder;
		char base64[BASE64_ROOM(BASE64_LINE) + BASE64_TAIL];
		base64_encoder_start(&encoder);
		size_t length = base64_encode(&encoder, text, taken, base64);
		length += base64_encode_end(&encoder, base64 + length) - 1;
		fits = add(w, word_begin, base64, length, word_end);
		text += taken;
		left -= taken;
	}
	return fits;
}

/* Whether so many octets can be between words as they are. */
static bool is_plain(const char *text, size_t length, bool is_phrase)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c < ' ' || c >= 0x7f || (c == '=' && text[i + 1] == '?'))
			return false;
		if (is_phrase && c != ' ' && !isalnum(c))
			return false;
	}
	return true;
}

/* Adds what is between two words that stay: the blanks around it are not part of it. */
static bool add_between(
	struct writing *w, const char *text, size_t length, bool is_phrase)
{
	const char *first = text + strspn(text, " ");
	const char *last = text + length;

	if (!is_plain(text, length, is_phrase))
		return add_encoded(w, text, length);
	while (last > first && last[-1] == ' ')
		last--;
	return first >= last || add(w, "", first, (size_t)(last - first), "");
}

bool encoded_word_encode(const char *text, size_t column, char *words, size_t size)
{
	struct writing w = {.words = words, .size = size, .column = column};

	return utf8_is_whole(text) && add_encoded(&w, text, strlen(text)) && w.used > 0;
}

bool encoded_word_has_unread(const char *text)
{
	return text[first_unread(text)] != '\0';
}

bool encoded_word_pass(
	const char *text, bool is_phrase, size_t column, char *words, size_t size)
{
	struct writing w = {.words = words, .size = size, .column = column};
	bool fits = utf8_is_whole(text);

	while (fits && *text != '\0') {
		size_t length = unread_length(text);

		if (length > 0) {
			fits = add(&w, "", text, length, "");
		} else {
			length = first_unread(text);
			fits = add_between(&w, text, length, is_phrase);
		}
		text += length;
	}
	return fits && w.used > 0;
}

/* A value that is being decoded: text, and the charset of the present words. */
struct decoding {
	char *to;
	size_t left;
	bool in_words;
	struct word word; /* the first of them */
	struct charset charset;
};

/* Writes the text of octets of the present words; with NULL it ends the words. */
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

	if (d->in_words && d->word.charset_length == word->charset_length &&
		strncasecmp(d->word.charset, word->charset, word->charset_length) == 0)
		return true;
	charset_open(&charset, word->charset, word->charset_length);
	if (!charset.is_known)
		return false;
	/* Some say utf-8 in words of windows-1252: see charset.h for what nobody said. */
	if (charset.found == CHARSET_STRAIGHT)
		charset_open(&charset, "", 0);
	end_words(d);
	if (mark != '\0')
		charset_mark(&charset, mark);
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
