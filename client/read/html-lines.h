#ifndef HTML_LINES_H
#define HTML_LINES_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The lines that a text of HTML is shown in: white space is one blank but where it is
 * preformatted, lines end where blocks do, and what is quoted has `>` before it. All
 * that depends on what follows is held: no line ends in a blank, there is no empty line
 * at the beginning or the end, and never more than one.
 */

enum {
	HTML_LINES_BLANKS = 80, /* in a row at most */
	HTML_LINES_QUOTES = 7,	/* `>` before a line at most */
	HTML_LINES_HELD = HTML_LINES_BLANKS + 2 * (1 + HTML_LINES_QUOTES) + 8
};

/* Whether an octet is white space in HTML. */
bool html_is_white(unsigned char octet);

/* Begins as {0}; the octets of text go to to, which the caller sets and each moves on. */
struct html_lines {
	char *to;
	bool has_text;	 /* there is a line before this one, or this one is begun */
	bool in_line;	 /* the line in hand has text */
	bool is_item;	 /* a `*` comes before the next text */
	bool is_soft;	 /* the last blank held came of white space, and takes in more */
	bool is_c2;	 /* held: with A0 it is U+00A0, a blank that is always one */
	bool is_marked;	 /* there is no text since html_lines_mark */
	unsigned breaks; /* line ends held */
	size_t quotes, gap_quotes; /* how deep is the text, the empty line before it */
	size_t preformatted;
	size_t held;
	char blanks[HTML_LINES_BLANKS];
};

/* Takes an octet of text; writes at most HTML_LINES_HELD octets. */
void html_lines_text(struct html_lines *lines, unsigned char octet);

/*
 * Writes an octet right behind the text before, even where its line has ended; where
 * there is no text since html_lines_mark, as text.
 */
void html_lines_mark(struct html_lines *lines);
void html_lines_behind(struct html_lines *lines, unsigned char octet);

/* What begins or ends here stands on lines of its own; a gap: with an empty line. */
void html_lines_break(struct html_lines *lines);
void html_lines_gap(struct html_lines *lines);

/* Ends the line, also an empty one. */
void html_lines_end_line(struct html_lines *lines);

/* An item of a list begins or ends; a cell of a table begins. */
void html_lines_item(struct html_lines *lines, bool begins);
void html_lines_cell(struct html_lines *lines);

/* A quotation or preformatted text begins or ends. */
void html_lines_quote(struct html_lines *lines, bool begins);
void html_lines_preformatted(struct html_lines *lines, bool begins);

/* Ends the text, and its last line: at most 2 octets. */
void html_lines_end(struct html_lines *lines);

#endif
