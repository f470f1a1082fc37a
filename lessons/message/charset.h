/*
 * charset: text in any charset that iconv(3) knows, to UTF-8 (articles: B7, B12). A
 * message names it in charset= of Content-Type, read by content-fields (RFC 2046,
 * 4.1.2), and in each encoded-word (RFC 2047, 2). A name has 40 octets at most (RFC
 * 2978, 2.3).
 */
#ifndef CHARSET_H
#define CHARSET_H

#include "message/charset-name.h"
#include "message/shift.h"

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>

enum { CHARSET_HELD = 256 /* octets that are converted at once */ };

/* Octets of UTF-8, or of \xNN, that so many can become, with those held before them. */
#define CHARSET_ROOM(length) (4 * ((length) + CHARSET_HELD))

enum charset_found {
	CHARSET_STRAIGHT,  /* utf-8: octets pass as they are */
	CHARSET_UNDECIDED, /* nobody said, and so far they are ASCII */
	CHARSET_CONVERTED
};

/* A text on its way to UTF-8. */
struct charset {
	enum charset_found found;
	char name[CHARSET_NAME];    /* in lower case; `unreadable` where it is no name */
	char read_as[CHARSET_NAME]; /* the charset that is meant by it, or empty */
	bool is_declared;	    /* it is a name, and not that of ASCII or UTF-8 */
	bool is_known;		    /* to iconv(3), and so a name */
	iconv_t converter;
	struct shift shift; /* before it */
	char mark;    /* for what is no character; 0, as it begins: \xNN for each octet */
	size_t wrong; /* such octets so far */
	size_t unit;  /* octets that go together where they are no character */
	size_t held;  /* octets that are not converted yet, in octets */
	char octets[CHARSET_HELD];
};

/*
 * Begins a text in the charset that a message names, in length octets, any at all. Where
 * it is none, us-ascii, or not known, the octets decide once one is above 127: they are
 * UTF-8 if those about it are, else windows-1252.
 */
void charset_open(struct charset *charset, const char *name, size_t length);

/* Each octet that is no character will become mark. To be called before the first one. */
void charset_mark(struct charset *charset, char mark);

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

/*
 * A whole text that should have been ASCII, the value of a field or the name of a file,
 * as UTF-8 into to, of size octets with a NUL, cut where it does not fit. It is UTF-8 if
 * all of it is; else in the charset that its part names, where that has all of it; else
 * in windows-1252. mark is for an octet that is no character in that either.
 */
void charset_undeclared(
	const char *text, const char *charset, char mark, char *to, size_t size);

#endif
