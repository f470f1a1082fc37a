/*
 * charset-name: what is meant by the name of a charset (articles: B7, B12). RFC 2978, 2.3,
 * says how a name is spelled, and the Encoding Standard of WHATWG what mailers that write
 * it have meant for thirty years.
 */
#ifndef CHARSET_NAME_H
#define CHARSET_NAME_H

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>

enum { CHARSET_NAME = 41 /* octets of a name with its NUL, 2978, 2.3 */ };

/*
 * Takes what can be the name of a charset (RFC 2978, 2.3; the colon of old ones), of
 * length octets, in lower case, into to of CHARSET_NAME octets. False where it is none:
 * only a name comes to iconv(3), and no `//IGNORE` can.
 */
bool charset_name(const char *name, size_t length, char *to);

/*
 * The same for a name that a stranger wrote: what is around it goes, blanks, quotes and a
 * comma, and so does a second `charset=`.
 */
bool charset_name_read(const char *name, size_t length, char *to);

enum charset_meant {
	CHARSET_NONE,  /* nothing: it is the name of ASCII, or empty */
	CHARSET_UTF_8, /* the octets are UTF-8 */
	CHARSET_OTHER, /* a converter is open */
	CHARSET_ALIEN  /* a charset that iconv(3) does not know */
};

/*
 * What is meant by a name that was read. For CHARSET_OTHER opens the converter to UTF-8,
 * which the caller closes with iconv_close(3). What is meant, where it is not the charset
 * of that name, comes into meant of CHARSET_NAME octets; else that is empty.
 */
enum charset_meant charset_name_open(const char *name, iconv_t *converter, char *meant);

/* So many octets go together in the charset of that name: 2 in utf-16, mostly 1. */
size_t charset_name_unit(const char *name);

/*
 * The letters and digits of a name, without an x or cs before them, into key of
 * CHARSET_NAME octets: by them `koi8_r`, `x-koi8-r` and `csKOI8R` are one.
 */
void charset_name_key(const char *name, char *key);

#endif
