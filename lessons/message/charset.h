/*
 * charset: converts text in any charset that iconv(3) knows to UTF-8 (articles: B7,
 * B12). A message names the charset in charset= of Content-Type, read by content-fields
 * (RFC 2046, 4.1.2), and in each encoded-word (RFC 2047, 2). A name has 40 octets at
 * most (RFC 2978, 2.3).
 */
#ifndef CHARSET_H
#define CHARSET_H

#include "message/charset-name.h"
#include "message/shift.h"

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>

enum { CHARSET_HELD = 256 /* octets that are converted at once */ };

/*
 * The most octets of UTF-8, or of \xNN, that so many can become, with those that were
 * held.
 */
#define CHARSET_ROOM(length) (4 * ((length) + CHARSET_HELD))

enum charset_found {
	CHARSET_STRAIGHT,  /* utf-8: octets pass as they are */
	CHARSET_UNDECIDED, /* not named, and ASCII so far */
	CHARSET_CONVERTED
};

/* A text on its way to UTF-8. */
struct charset {
	enum charset_found found;
	char name[CHARSET_NAME]; /* in lower case; `unreadable` if it cannot be a name */
	char read_as[CHARSET_NAME]; /* the charset that the name means, or empty */
	bool is_declared;	    /* it is a name, but not that of ASCII or UTF-8 */
	bool is_known;		    /* iconv(3) knows it */
	iconv_t converter;
	struct shift shift; /* works before converter */
	char mark;    /* replaces an octet of no character; 0, the default: \xNN does */
	size_t wrong; /* how many such octets so far */
	size_t unit;  /* how many octets are replaced at once */
	size_t held;  /* how many octets[] are not converted yet */
	char octets[CHARSET_HELD];
};

/*
 * Begins a text in the charset that a message names: length octets, which may be
 * anything. If it names none, us-ascii, or an unknown one, the first octet above 127
 * decides: the text is UTF-8 if the octets around it are, else windows-1252.
 */
void charset_open(struct charset *charset, const char *name, size_t length);

/*
 * Each octet that is not part of a character becomes mark. To be called before the
 * first octet.
 */
void charset_mark(struct charset *charset, char mark);

/*
 * Takes length octets of the text, and writes UTF-8 to to, of size octets; if that is
 * less than CHARSET_ROOM(length), the text may be cut. Returns how many octets it
 * wrote. A character may be cut anywhere between two calls. With octets NULL the text
 * ends, and what is held is written. An octet that is not part of a character becomes
 * the four characters `\xNN`. The result may contain any octets, and UTF-8 may contain
 * controls: use utf8_show to write it to a terminal.
 */
size_t charset_text(struct charset *charset, const char *octets, size_t length, char *to,
	size_t size);

void charset_close(struct charset *charset);

/*
 * Writes a whole text that should have been ASCII, such as the value of a field or the
 * name of a file, as UTF-8 into to, of size octets with a NUL; a text that does not fit
 * is cut. If all of it is UTF-8, it is taken for that; else for the charset that its
 * part names, if that has all of its characters; else for windows-1252. mark replaces
 * an octet that is not a character there either.
 */
void charset_undeclared(
	const char *text, const char *charset, char mark, char *to, size_t size);

#endif
