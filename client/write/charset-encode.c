/*
 * charset-encode: converts a text to the charset that its reader asked for, without any
 * loss: a character that cannot be converted is refused, with its line. Begin at the
 * end.
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

enum { ROOM = 64 /* octets that a character can become, with what announces it */ };

struct conversion {
	iconv_t converter;
	FILE *converted;
	const char *source, *charset;
	uintmax_t line;
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
	char line_end[] = "\r\n", octets[ROOM], *in = line_end, *out = octets;
	size_t left = strlen(line_end), room = sizeof octets;
	iconv_t converter = open_converter(charset);

	if (converter == (iconv_t)-1)
		return "not a charset that this system knows";
	size_t result = iconv(converter, &in, &left, &out, &room);
	iconv_close(converter);
	/* Some begin with a sequence that announces them, which comes first. */
	if (result != 0 || out - octets < 2 || memcmp(out - 2, "\r\n", 2) != 0)
		return "not for text in mail: its line ends are not CRLF "
		       "(RFC 2046, 4.1.1)";
	return NULL;
}

/* U+E0000 to U+E007F: some systems drop them without a word. */
static bool is_tag(const struct utf8 *utf8)
{
	return utf8->count == 4 && memcmp(utf8->octets, "\xf3\xa0", 2) == 0 &&
	       utf8->octets[2] <= 0x81;
}

static bool drops_tags(const char *charset)
{
	char tag[] = "\xf3\xa0\x81\x81", octets[ROOM], *in = tag, *out = octets;
	size_t left = strlen(tag), room = sizeof octets;
	iconv_t converter = open_converter(charset);

	iconv(converter, NULL, NULL, &out, &room); /* what announces the charset */
	size_t before = room;
	iconv(converter, &in, &left, &out, &room);
	iconv_close(converter);
	return left == 0 && room == before;
}

static void refuse_character(const struct conversion *c)
{
	errx(EX_DATAERR, "%s: line %ju: a character that is not in %s", c->source,
		c->line, c->charset);
}

static void refuse_octets(const struct conversion *c)
{
	errx(EX_DATAERR, "%s: line %ju: not UTF-8", c->source, c->line);
}

/* Converts a character; length 0: the end, where the charset returns to its initial state. */
static void convert(struct conversion *c, char *character, size_t length)
{
	char octets[ROOM], *out = octets, **in = length == 0 ? NULL : &character;
	size_t room = sizeof octets;

	/* Of a character that the charset has not, some systems write another, and count it. */
	if (iconv(c->converter, in, &length, &out, &room) != 0)
		refuse_character(c);
	fwrite(octets, 1, sizeof octets - room, c->converted);
}

static void take_text(struct conversion *c, FILE *text)
{
	struct utf8 utf8 = {0};
	bool is_empty = true; /* and needs no announcement of its charset */
	int octet;

	while ((octet = getc(text)) != EOF) {
		enum utf8_found found = utf8_next(&utf8, (unsigned char)octet);

		is_empty = false;
		if (found == UTF8_WRONG)
			refuse_octets(c);
		if (is_tag(&utf8) && drops_tags(c->charset))
			refuse_character(c);
		if (found == UTF8_CHARACTER)
			convert(c, (char *)utf8.octets, utf8.count);
		if (octet == '\n')
			c->line++;
	}
	if (ferror(text))
		err(EX_IOERR, "%s", c->source);
	if (utf8.count != utf8.length)
		refuse_octets(c);
	if (!is_empty)
		convert(c, NULL, 0);
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
	take_text(&c, text);
	iconv_close(c.converter);
}
