/*
 * charset-name: what the name of a charset means (articles: B7, B12). RFC 2978, 2.3,
 * says how a name is spelled. The Encoding Standard of WHATWG says what mailers that
 * write it have meant for thirty years.
 */
#ifndef CHARSET_NAME_H
#define CHARSET_NAME_H

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>

enum { CHARSET_NAME = 41 /* octets of a name with its NUL, 2978, 2.3 */ };

/*
 * Copies the name of a charset (RFC 2978, 2.3; old names with a colon too), of length
 * octets, in lower case into to, of CHARSET_NAME octets. Returns false if it cannot be
 * a name. So iconv(3) only ever gets a name, never `//IGNORE`.
 */
bool charset_name(const char *name, size_t length, char *to);

/*
 * The same for a name that a stranger wrote: it drops blanks, quotes and a comma around
 * the name, and a second `charset=`.
 */
bool charset_name_read(const char *name, size_t length, char *to);

enum charset_meant {
	CHARSET_NONE,  /* nothing: it is the name of ASCII, or empty */
	CHARSET_UTF_8, /* the octets are UTF-8 */
	CHARSET_OTHER, /* a converter is open */
	CHARSET_ALIEN  /* a charset that iconv(3) does not know */
};

/*
 * What a name that was read means. For CHARSET_OTHER it opens the converter to UTF-8;
 * the caller closes it with iconv_close(3). If the name means another charset, the name
 * of that one is copied into meant, of CHARSET_NAME octets; else meant is empty.
 */
enum charset_meant charset_name_open(const char *name, iconv_t *converter, char *meant);

/* How many octets go together in the charset of that name: 2 in utf-16, mostly 1. */
size_t charset_name_unit(const char *name);

/*
 * Copies the letters and digits of a name, without an x or cs before them, into key, of
 * CHARSET_NAME octets. So `koi8_r`, `x-koi8-r` and `csKOI8R` have the same key.
 */
void charset_name_key(const char *name, char *key);

#endif
