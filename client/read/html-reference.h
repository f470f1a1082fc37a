#ifndef HTML_REFERENCE_H
#define HTML_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Character references of HTML: `&eacute;`, `&#233;` and `&#xe9;` are one character, in
 * ASCII. HTML 4.01, 24 and 5.3; what browsers make of a bad one: WHATWG HTML, 13.2.5.72.
 */

enum {
	HTML_REFERENCE_HELD = 8, /* octets of the longest name, `thetasym` */
	HTML_REFERENCE_ROOM = 16 /* octets that a reference can become */
};

/* Begins as {0}, or for the value of an attribute {.in_value = true}. */
struct html_reference {
	bool in_value;
	bool is_open;			/* a `&` is read, and so far */
	char text[HTML_REFERENCE_HELD]; /* behind it: a name, `#` or `#x` */
	size_t length;
	bool has_digits;
	uint32_t number; /* past U+10FFFF: some number that is, too */
};

/*
 * Takes the next octet of a text: writes it to text, of HTML_REFERENCE_ROOM octets, or
 * where a reference ends with it or before it, in UTF-8 what that means; what means
 * nothing stands as it is. No control comes of it but LF and TAB. In the value of an
 * attribute a name without `;` is none where it could be of a query: `?a=1&copy=2`.
 * Returns how many octets it wrote.
 */
size_t html_reference_take(
	struct html_reference *reference, unsigned char octet, char *text);

/* Ends the text, likewise. */
size_t html_reference_end(struct html_reference *reference, char *text);

#endif
