#ifndef HTML_ATTRIBUTE_H
#define HTML_ATTRIBUTE_H

#include <stdbool.h>
#include <stddef.h>

/* What a reader is shown of attributes: the text of a picture, and where a link leads. */

enum { HTML_VALUE = 1000 }; /* octets of a value that are shown */

/* Begins as {0}. */
struct html_value {
	char text[HTML_VALUE];
	size_t length;
	bool is_cut; /* there was more of it */
};

/* Takes the next octet of a text, in which white space is a blank. */
void html_value_take_text(struct html_value *value, unsigned char octet);

/*
 * Takes the next octet of an address, as browsers do: without the blanks before it and
 * the line ends in it; what is not ASCII, or could be taken for its end, becomes %XX.
 */
void html_value_take_address(struct html_value *value, unsigned char octet);

/* A link whose text is read. Begins as {0}. */
struct html_link {
	bool is_open;
	struct html_value address;
	size_t bare;		/* where the address begins, but for its scheme */
	size_t length;		/* of the text so far, but for white space */
	bool is_whole, is_bare; /* the text is how the address, the bare one begins */
};

/* Begins a link, where the address is one that leads out: http, https or mailto. */
void html_link_begin(struct html_link *link, const struct html_value *address);

/* Takes the next octet of the text that is shown for the link. */
void html_link_take(struct html_link *link, unsigned char octet);

/* Whether the text does not tell the address, with or without the scheme. */
bool html_link_hides(const struct html_link *link);

#endif
