/*
 * shift: text of seven bits that switches from one set of characters to another by a
 * sequence of octets: ISO-2022-JP (RFC 1468; articles: A6, B12) and HZ (RFC 1843). Mail
 * carried Japanese and Chinese in these charsets before it could carry eight bits. Here
 * they become the charset of eight bits that has the same characters, Shift_JIS or GB
 * 2312, and more: a vendor's characters (a circled 1), and katakana of half the width.
 */
#ifndef SHIFT_H
#define SHIFT_H

#include <stdbool.h>
#include <stddef.h>

enum { SHIFT_HELD = 4 /* octets of a sequence or a character that are held at most */ };

enum shift_set {
	SHIFT_ASCII,
	SHIFT_JIS,  /* two octets, JIS X 0208 */
	SHIFT_KANA, /* one, JIS X 0201 */
	SHIFT_GB    /* two, GB 2312 */
};

struct shift {
	const char *begin; /* begins a sequence: ESC or `~`; NULL: another charset */
	enum shift_set set;
	size_t count; /* octets held */
	char held[SHIFT_HELD];
};

/* Begins a text in the charset with this key, see charset-name.h. */
void shift_start(struct shift *shift, const char *key);

/*
 * Takes length octets of the text, cut anywhere, and writes to to, which has room for
 * length + SHIFT_HELD. Returns how many octets it wrote. Octets that break the rules
 * pass as they are.
 */
size_t shift_text(struct shift *shift, const char *octets, size_t length, char *to);

/* Ends the text: writes what is held, SHIFT_HELD octets at most. */
size_t shift_end(struct shift *shift, char *to);

#endif
