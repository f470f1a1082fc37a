/*
 * flowed: text/plain with format=flowed, whose paragraphs are as wide as its reader
 * wants (articles: B11; RFC 3676). A line that ends in a blank continues on the next
 * line, if that has as many `>`. So a paragraph becomes one line here.
 */
#ifndef FLOWED_H
#define FLOWED_H

#include <stdbool.h>

enum {
	FLOWED_QUOTES = 60, /* `>` before a line that are told apart */
	FLOWED_SHOWN = FLOWED_QUOTES + 8
};

enum flowed_place { FLOWED_AT_QUOTES, FLOWED_IN_TEXT };

/* A text, as far as it is read. */
struct flowed {
	bool deletes_blank; /* DelSp=yes: drop the blank at the end of a line */
	enum flowed_place place;
	unsigned quotes;	      /* of the present line */
	char begin[sizeof "-- " + 1]; /* of its text, while it may be the line "-- " */
	bool is_begun;		      /* what begin held is shown */
	bool holds_blank;	      /* perhaps the line's last octet */
	bool goes_on;		      /* the line before ended in a blank; */
	unsigned quotes_before;	      /* it had so many `>` */
	char shown[FLOWED_SHOWN];     /* what flowed_take gave */
};

void flowed_start(struct flowed *flowed, bool deletes_blank);

/*
 * Takes the next octet of a text, in UTF-8 with lines that end in LF. Returns what to
 * show now, valid until the next call: a line for each paragraph, with its `>` and a
 * blank before it. It cannot fail.
 */
const char *flowed_take(struct flowed *flowed, char octet);

/* Ends the text, and its last line. Returns what is left to show. */
const char *flowed_end(struct flowed *flowed);

#endif
