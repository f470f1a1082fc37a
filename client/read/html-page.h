#ifndef HTML_PAGE_H
#define HTML_PAGE_H

#include "read/html-attribute.h"
#include "read/html-lines.h"

/*
 * A page of HTML as it is shown: what its elements do to its text (WHATWG HTML, 15.3),
 * once it is known what is text and what a tag.
 */

enum html_element {
	HTML_INLINE, /* nothing: all that are not named here */
	HTML_BLOCK,  /* stands on lines of its own */
	HTML_SPACED, /* and has an empty line around it */
	HTML_QUOTATION,
	HTML_PREFORMATTED,
	HTML_LINE_END,
	HTML_RULE,
	HTML_LIST,
	HTML_ITEM,
	HTML_CELL,
	HTML_PICTURE, /* its text is in the attribute alt */
	HTML_LINK,    /* where it leads is in the attribute href */
	HTML_UNSHOWN  /* up to its end tag it holds no text for a reader */
};

enum { HTML_NAME = 10 }; /* octets of the longest name of those */

/* The element of that name, in lower case. */
enum html_element html_element(const char *name, size_t length);

/* Begins as {0}. */
struct html_page {
	struct html_lines lines;
	struct html_link link;
};

/* Takes an octet of text. */
void html_page_text(struct html_page *page, unsigned char octet);

/* Takes a tag that begins the element, or ends it, and the value of its attribute. */
void html_page_begin(struct html_page *page, enum html_element element,
	const struct html_value *value);
void html_page_end(struct html_page *page, enum html_element element);

/* Ends the page, and its last line. */
void html_page_close(struct html_page *page);

#endif
