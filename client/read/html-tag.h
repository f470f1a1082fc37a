#ifndef HTML_TAG_H
#define HTML_TAG_H

#include "read/html-attribute.h"
#include "read/html-page.h"
#include "read/html-reference.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A tag of HTML: its name, and the value of the one attribute of it that is shown. What
 * browsers take for a tag: WHATWG HTML, 13.2.5.8 and 32 to 40. Begin one with
 * html_tag_start behind `<` or `</`; the octets come one at a time.
 */
struct html_tag {
	bool is_end;	      /* it ends an element */
	unsigned char state;  /* of html-tag.c */
	unsigned char quote;  /* around a value, or 0 */
	char name[HTML_NAME]; /* in lower case, as far as it fits */
	size_t length;	      /* of the name; HTML_NAME + 1 for a longer one */
	enum html_element element;
	bool is_wanted; /* the attribute in hand may be the one that is shown */
	bool has_value; /* that was there: the first one counts */
	size_t matched; /* octets of its name so far */
	struct html_reference reference;
	struct html_value value;
};

void html_tag_start(struct html_tag *tag, bool is_end);

/* Takes the next octet. Returns whether it was the `>` that ends the tag. */
bool html_tag_take(struct html_tag *tag, unsigned char octet);

#endif
