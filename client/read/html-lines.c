/*
 * The lines of a text of HTML. Passage B12; WHATWG HTML, 15.3, says which elements are
 * blocks and which blocks have space around them, and RFC 3676, 4.5, marks quotations.
 *
 *     printf 'Content-Type: text/html\n\n<p>Hi  Bob,\n<p>no<blockquote>Ketchup?' |
 *     build/mime-decode      Hi Bob, / / no / / > Ketchup?
 */
#include "read/html-lines.h"

#include <string.h>

bool html_is_white(unsigned char octet)
{
	return octet == ' ' || (octet >= '\t' && octet <= '\r' && octet != '\v');
}

static void put(struct html_lines *lines, char octet)
{
	*lines->to++ = octet;
}

static void put_quotes(struct html_lines *lines, size_t depth)
{
	for (size_t i = 0; i < depth && i < HTML_LINES_QUOTES; i++)
		put(lines, '>');
}

static void begin_line(struct html_lines *lines)
{
	for (unsigned left = lines->has_text ? lines->breaks : 0; left > 0; left--) {
		put(lines, '\n');
		if (left > 1)
			put_quotes(lines, lines->gap_quotes);
	}
	put_quotes(lines, lines->quotes);
	if (lines->quotes > 0)
		put(lines, ' ');
	if (lines->is_item) {
		put(lines, '*');
		put(lines, ' ');
	}
	lines->has_text = lines->in_line = true;
	lines->is_item = false;
	lines->breaks = 0;
	lines->gap_quotes = lines->quotes;
}

static void put_visible(struct html_lines *lines, char octet)
{
	if (!lines->in_line)
		begin_line(lines);
	memcpy(lines->to, lines->blanks, lines->held);
	lines->to += lines->held;
	lines->held = 0;
	lines->is_soft = lines->is_marked = false;
	put(lines, octet);
}

/* What is held for the A0 that did not come is an octet like others. */
static void settle(struct html_lines *lines)
{
	if (lines->is_c2)
		put_visible(lines, (char)0xc2);
	lines->is_c2 = false;
}

/* A blank that is one, wherever it stands. */
static void hold(struct html_lines *lines, char blank)
{
	if (lines->held < sizeof lines->blanks)
		lines->blanks[lines->held++] = blank;
	lines->is_soft = false;
}

/* White space: none at the beginning of a line, else one blank; a tab counts for more. */
static void hold_soft(struct html_lines *lines, char blank)
{
	if (lines->is_soft && blank == '\t')
		lines->held--;
	else if (lines->is_soft || (!lines->in_line && lines->held == 0))
		return;
	hold(lines, blank);
	lines->is_soft = true;
}

void html_lines_text(struct html_lines *lines, unsigned char octet)
{
	if (lines->is_c2 && octet == 0xa0) {
		lines->is_c2 = false;
		hold(lines, ' ');
		return;
	}
	settle(lines);
	if (octet == 0xc2)
		lines->is_c2 = true;
	else if (!html_is_white(octet))
		put_visible(lines, (char)octet);
	else if (lines->preformatted == 0)
		hold_soft(lines, ' ');
	else if (octet == '\n')
		html_lines_end_line(lines);
	else
		hold(lines, octet == '\t' ? '\t' : ' ');
}

void html_lines_mark(struct html_lines *lines)
{
	lines->is_marked = true;
}

void html_lines_behind(struct html_lines *lines, unsigned char octet)
{
	settle(lines);
	if (lines->is_marked)
		html_lines_text(lines, octet);
	else
		put(lines, (char)octet);
}

/* Ends the line in hand, and has at least so many line ends before the next text. */
static void hold_breaks(struct html_lines *lines, unsigned breaks)
{
	settle(lines);
	if (lines->breaks < breaks)
		lines->breaks = breaks;
	lines->in_line = lines->is_soft = false;
	lines->held = 0;
}

void html_lines_break(struct html_lines *lines)
{
	hold_breaks(lines, 1);
}

void html_lines_gap(struct html_lines *lines)
{
	hold_breaks(lines, 2);
}

void html_lines_end_line(struct html_lines *lines)
{
	settle(lines);
	hold_breaks(lines, lines->in_line || lines->breaks == 0 ? 1 : 2);
}

void html_lines_item(struct html_lines *lines, bool begins)
{
	html_lines_break(lines);
	lines->is_item = begins;
}

void html_lines_cell(struct html_lines *lines)
{
	settle(lines);
	hold_soft(lines, '\t');
}

void html_lines_quote(struct html_lines *lines, bool begins)
{
	html_lines_gap(lines);
	if (begins)
		lines->quotes++;
	else if (lines->quotes > 0)
		lines->quotes--;
	if (lines->gap_quotes > lines->quotes)
		lines->gap_quotes = lines->quotes;
}

void html_lines_preformatted(struct html_lines *lines, bool begins)
{
	html_lines_gap(lines);
	if (begins)
		lines->preformatted++;
	else if (lines->preformatted > 0)
		lines->preformatted--;
}

void html_lines_end(struct html_lines *lines)
{
	settle(lines);
	if (lines->has_text)
		put(lines, '\n');
}
