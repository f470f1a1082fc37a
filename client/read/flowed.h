/*
 * flowed: text/plain with format=flowed, whose paragraphs are as wide as whoever reads
 * them wants (articles: B11; RFC 3676). A line that ends in a blank goes on in the next
 * one, of as many `>`; so a paragraph becomes one line here.
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
	bool deletes_blank; /* DelSp=yes: the blank at a line's end is not of the text */
	enum flowed_place place;
	unsigned quotes;	      /* of the line in hand */
	char begin[sizeof "-- " + 1]; /* of its text, while that may be a signature's */
	bool is_begun;		      /* what begin held is shown */
	bool holds_blank;	      /* perhaps the line's last octet */
	bool goes_on;		      /* the line before ended in a blank; */
	unsigned quotes_before;	      /* it had so many `>` */
	char shown[FLOWED_SHOWN];     /* what flowed_take gave */
};

void flowed_start(struct flowed *flowed, bool deletes_blank);

/*
 * Takes the next octet of a text, in UTF-8 with lines that end in LF. Returns what to show
 * now, which is flowed's until the next call: a line for each paragraph, its `>` and a
 * blank before it. Nothing here fails.
 */
const char *flowed_take(struct flowed *flowed, char octet);

/* Ends the text, and its last line. Returns the same. */
const char *flowed_end(struct flowed *flowed);

#endif
