/*
 * charset-encode: a text gets the charset that its reader asked for, and nothing of it is
 * lost: what cannot be converted is refused, with its line. Begin at the end.
 *
 *     printf '\344\275\240\345\245\275\n' | build/mime-encode -c gb2312
 */
#include "write/charset-encode.h"

#include "message/charset.h"
#include "wire/utf8.h"

#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sysexits.h>

enum { SPAN = 32768, PENDING = 4 /* octets of a character */ };

struct conversion {
	iconv_t converter;
	FILE *converted;
	const char *source, *charset;
	bool drops_tags;
	uintmax_t line;
	struct utf8 utf8; /* the character in hand */
};

/* Opens a converter, or returns (iconv_t)-1. */
static iconv_t open_converter(const char *charset)
{
	char name[CHARSET_NAME];

	if (charset[0] == '\0' || !charset_name(charset, strlen(charset), name))
		return (iconv_t)-1;
	return iconv_open(name, "UTF-8");
}

const char *charset_encode_wrong(const char *charset)
{
	char line_end[] = "\r\n", octets[64], *in = line_end, *out = octets;
	size_t left = strlen(line_end), room = sizeof octets;
	iconv_t converter = open_converter(charset);

	if (converter == (iconv_t)-1)
		return "not a charset that this system knows";
	size_t result = iconv(converter, &in, &left, &out, &room);
	iconv_close(converter);
	/* Some begin with a sequence that announces them, which stands before. */
	if (result != 0 || out - octets < 2 || memcmp(out - 2, "\r\n", 2) != 0)
		return "not for text in mail: its line ends are not CRLF "
		       "(RFC 2046, 4.1.1)";
	return NULL;
}

/*
 * Converts whole characters; NULL: the end, where the charset returns to its initial
 * state. False where the charset has no such character. Some systems then write another
 * and count it.
 */
static bool convert(struct conversion *c, char *text, size_t length)
{
	char octets[SPAN];
	size_t result = 0;

	do {
		char *out = octets;
		size_t room = sizeof octets;

		result = iconv(
			c->converter, text == NULL ? NULL : &text, &length, &out, &room);
		fwrite(octets, 1, sizeof octets - room, c->converted);
	} while (result == (size_t)-1 && errno == E2BIG);
	return result == 0;
}

/* U+E0000 to U+E007F: some systems drop them without a word. */
static bool is_tag(const struct utf8 *utf8)
{
	return utf8->count == 4 && memcmp(utf8->octets, "\xf3\xa0", 2) == 0 &&
	       utf8->octets[2] <= 0x81;
}

static bool drops_tags(const char *charset)
{
	char tag[] = "\xf3\xa0\x81\x81", octets[64], *in = tag, *out = octets;
	size_t left = strlen(tag), room = sizeof octets;
	iconv_t converter = open_converter(charset);

	iconv(converter, NULL, NULL, &out, &room); /* what announces the charset */
	size_t before = room;
	iconv(converter, &in, &left, &out, &room);
	iconv_close(converter);
	return left == 0 && room == before;
}

static void refuse(const struct conversion *c, const char *why)
{
	errx(EX_DATAERR, "%s: line %ju: %s", c->source, c->line, why);
}

static void refuse_character(const struct conversion *c)
{
	errx(EX_DATAERR, "%s: line %ju: a character that is not in %s", c->source,
		c->line, c->charset);
}

/*
 * Converts a line, or what of it is in the span. Its first octets, held of them, were
 * looked at before. Returns how many at its end only begin a character.
 */
static size_t take_line(struct conversion *c, char *text, size_t length, size_t held)
{
	for (size_t i = held; i < length; i++) {
		enum utf8_found found = utf8_next(&c->utf8, (unsigned char)text[i]);

		if (found == UTF8_WRONG)
			refuse(c, "not UTF-8");
		if (found == UTF8_CHARACTER && c->drops_tags && is_tag(&c->utf8))
			refuse_character(c);
	}
	held = c->utf8.count == c->utf8.length ? 0 : c->utf8.count;
	if (!convert(c, text, length - held))
		refuse_character(c);
	return held;
}

static void take_text(struct conversion *c, FILE *text)
{
	char span[PENDING + SPAN];
	size_t held = 0, count;
	bool is_empty = true; /* and needs no announcement of its charset */

	while ((count = fread(span + held, 1, SPAN, text)) > 0) {
		char *next = span, *end = span + held + count;

		is_empty = false;
		while (next < end) {
			char *lf = memchr(next, '\n', (size_t)(end - next));
			char *stop = lf == NULL ? end : lf + 1;

			held = take_line(c, next, (size_t)(stop - next), held);
			if (lf != NULL)
				c->line++;
			next = stop;
		}
		memmove(span, end - held, held);
	}
	if (ferror(text))
		err(EX_IOERR, "%s", c->source);
	if (held > 0)
		refuse(c, "not UTF-8");
	if (!is_empty && !convert(c, NULL, 0))
		refuse_character(c);
}

void charset_encode(FILE *converted, FILE *text, const char *source, const char *charset)
{
	struct conversion c = {.converter = open_converter(charset),
		.converted = converted,
		.source = source,
		.charset = charset,
		.line = 1};

	if (c.converter == (iconv_t)-1)
		errx(EX_DATAERR, "%s: %s", charset, charset_encode_wrong(charset));
	c.drops_tags = drops_tags(charset);
	take_text(&c, text);
	iconv_close(c.converter);
}
