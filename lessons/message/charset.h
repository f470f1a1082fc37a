/*
 * charset: text in any charset that iconv(3) knows, to UTF-8 (articles: B7, B12). A
 * message names it in charset= of Content-Type, read by content-fields (RFC 2046,
 * 4.1.2), and in each encoded-word (RFC 2047, 2). A name has 40 octets at most (RFC
 * 2978, 2.3).
 */
#ifndef CHARSET_H
#define CHARSET_H

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>

enum {
	CHARSET_NAME = 41, /* octets of a name with its NUL */
	CHARSET_HELD = 256 /* octets that are converted at once */
};

/* Octets of UTF-8, or of \xNN, that so many can become, with those held before them. */
#define CHARSET_ROOM(length) (4 * ((length) + CHARSET_HELD))

enum charset_found {
	CHARSET_STRAIGHT, /* us-ascii, utf-8 or none: octets pass as they are */
	CHARSET_CONVERTED,
	CHARSET_UNKNOWN /* to iconv(3), or it is no name: octets pass as they are */
};

/* A text on its way to UTF-8. */
struct charset {
	enum charset_found found;
	char name[CHARSET_NAME]; /* in lower case; `unreadable` where it is no name */
	const char *read_as;	 /* the charset that is meant by it, or NULL */
	iconv_t converter;
	char mark;   /* for what is no character; 0, as it begins: \xNN for each octet */
	size_t unit; /* octets that go together where they are no character */
	size_t held; /* octets that are not converted yet, in octets */
	char octets[CHARSET_HELD];
};

/*
 * Takes what can be the name of a charset (RFC 2978, 2.3; the colon of old ones), of
 * length octets, in lower case, into to of CHARSET_NAME octets. False where it is none:
 * only a name comes to iconv(3), and no `//IGNORE` can.
 */
bool charset_name(const char *name, size_t length, char *to);

/*
 * Begins a text in the charset that a message names, in length octets, any at all;
 * none: us-ascii.
 */
void charset_open(struct charset *charset, const char *name, size_t length);

/*
 * Takes so many octets of the text, and writes UTF-8 to to, of size octets, cut where
 * that is less than CHARSET_ROOM(length). Returns how many it wrote. A character may be
 * cut anywhere between two spans. NULL: the text is at its end, and what is left of it is
 * written. An octet that belongs to no character becomes the four
 * characters `\xNN`. What passes as it is can be any octets, and UTF-8 can hold
 * controls: to a terminal both go by utf8_show.
 */
size_t charset_text(struct charset *charset, const char *octets, size_t length, char *to,
	size_t size);

void charset_close(struct charset *charset);

#endif
