#ifndef HTML_H
#define HTML_H

#include "read/html-page.h"
#include "read/html-reference.h"
#include "read/html-tag.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * text/html, RFC 2854, as a reader without a browser shows it (passage B12). Octets in,
 * text out, in pieces of any size, both in UTF-8 with lines that end in LF; nothing here
 * fails. The rules of reading it are those of browsers, WHATWG HTML, 13.2.5.
 *
 * Taken out are tags, comments, and the contents of script, style, title and their like;
 * what only a style sheet hides is shown. A picture is its text in brackets: [a cat].
 * Where a link leads stands behind its text, a.example <https://b.example/>, but where
 * that says it. A quotation has `>` before its lines, an item of a list `*`. White space
 * is one blank and U+00A0 a blank for each, 80 in a row at most; no line ends in one.
 */

enum {
	/* Octets of text that are held: the text of a picture, an address, and others. */
	HTML_TAIL = 2 * HTML_VALUE + 2 * HTML_LINES_HELD
};

/* The octets of text that so many octets become at most. */
#define HTML_ROOM(length) (6 * (length) + HTML_TAIL)

struct html {
	struct html_page page;
	struct html_reference reference; /* of the text */
	unsigned char state;		 /* of html.c, and so is the next */
	unsigned char comment;
	struct html_tag tag;
	size_t matched; /* octets of the </script that ends what is not shown */
};

void html_start(struct html *html);

/*
 * Takes length octets and writes what is to be shown of them to text, which has
 * HTML_ROOM(length) octets. Octets that are not UTF-8, and controls, pass: to a
 * terminal they go by utf8_show. Returns how many octets it wrote.
 */
size_t html_take(struct html *html, const char *octets, size_t length, char *text);

/*
 * Ends the text, and its last line, and what is still open: writes at most HTML_TAIL
 * octets to text, and returns how many.
 */
size_t html_end(struct html *html, char *text);

#endif
