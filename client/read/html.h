/*
 * text/html as plain text, for a reader without a browser. articles: B12; RFC 2854. What
 * is a tag in a page, and what is text: WHATWG HTML, 13.2.5.
 *
 * Tags, comments, scripts, styles and the title are dropped. White space becomes one
 * blank, and paragraphs are separated by an empty line. A picture becomes its text in
 * brackets: [a cat]. The address of a link comes after its words, unless they are the
 * same: here <https://a.example/>. Lines of a quotation begin with `>`, items of a list
 * with `*`.
 */
#ifndef HTML_H
#define HTML_H

#include <stdbool.h>

enum {
	HTML_WORD = 16,	  /* octets of a name that count, with the NUL */
	HTML_TAG = 3000,  /* octets of a tag, with the NUL */
	HTML_BLANKS = 80, /* blanks in a row that are shown, with the NUL */
	HTML_QUOTES = 8	  /* quotations, one in another, that are told apart */
};

/* A page, as far as it is read. */
struct html {
	int state;		      /* where in the page we are: enum state of html.c */
	char word[HTML_WORD];	      /* what may be a reference, or end a script */
	char tag[HTML_TAG];	      /* a line for each part; </p: after an empty one */
	char name[HTML_WORD];	      /* its name alone, between blanks */
	int quote;		      /* what ends the present value */
	char address[HTML_TAG + 4];   /* where the present link leads, or "" */
	char words[HTML_TAG + 4];     /* its words, without white space */
	bool has_text;		      /* a line has begun; */
	unsigned line_ends;	      /* so many are held after it; 0: it goes on; */
	bool is_item;		      /* then the mark of an item is held, */
	char held[HTML_BLANKS];	      /* then these blanks */
	char quotes[HTML_QUOTES + 1]; /* a `>` for each quotation that is open */
	bool is_preformatted;	      /* in <pre> */
	char shown[4 * HTML_TAG];     /* what html_take gave */
};

void html_start(struct html *html);

/*
 * Takes the next octet of a page, in UTF-8 with lines that end in LF. Returns the text
 * to show now, valid until the next call. NUL is dropped. Other controls, and octets
 * that are not UTF-8, pass: use utf8_show to write them to a terminal. It cannot fail.
 */
const char *html_take(struct html *html, unsigned char octet);

/* Ends the page, and the last line of its text. Returns what is left to show. */
const char *html_end(struct html *html);

#endif
