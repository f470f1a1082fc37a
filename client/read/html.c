/*
 * text/html: which octets are text, and which are tags and comments. Passage B12, RFC
 * 2854. A browser takes what others would refuse, and a mail may be written for just
 * that: so what is shown here is read by the rules that browsers follow, WHATWG HTML,
 * 13.2.5, state by state.
 *
 *     printf 'Content-Type: text/html\n\n<p>1 < 2<!-- > --><br>2 &gt; 1' |
 *     build/mime-decode      1 < 2 / 2 > 1
 */
#include "read/html.h"

#include <ctype.h>
#include <string.h>

/* Where in the text we are: behind which octets. */
enum state {
	IN_TEXT,
	IN_TAG_OPEN,	 /* < */
	IN_END_TAG_OPEN, /* </ */
	IN_COMMENT,	 /* <! */
	IN_TAG,		 /* <p */
	IN_UNSHOWN,	 /* <script>: ends at </script and a blank, / or > */
	STATES
};

/* How comments go on and end, 13.2.5.41 to 52: behind what, before which octet. */
enum comment {
	OPEN,
	OPEN_DASH,
	BOGUS,
	BEGUN,
	BEGUN_DASH,
	WITHIN,
	DASH,
	DASHES,
	BANG,
	ENDED
};
static const unsigned char comment_next[ENDED][4] = {
	/* another, -, >, ! */
	[OPEN] = {BOGUS, OPEN_DASH, ENDED, BOGUS},	/* <! */
	[OPEN_DASH] = {BOGUS, BEGUN, ENDED, BOGUS},	/* <!- */
	[BOGUS] = {BOGUS, BOGUS, ENDED, BOGUS},		/* <!DOCTYPE, <?xml */
	[BEGUN] = {WITHIN, BEGUN_DASH, ENDED, WITHIN},	/* <!-- */
	[BEGUN_DASH] = {WITHIN, DASHES, ENDED, WITHIN}, /* <!--- */
	[WITHIN] = {WITHIN, DASH, WITHIN, WITHIN},	/* <!-- a */
	[DASH] = {WITHIN, DASHES, WITHIN, WITHIN},	/* - */
	[DASHES] = {WITHIN, DASHES, ENDED, BANG},	/* -- */
	[BANG] = {WITHIN, DASH, ENDED, WITHIN},		/* --! */
};

/* Goes to another state, for the next octet. */
static bool go(struct html *html, enum state state)
{
	html->state = (unsigned char)state;
	return true;
}

/* Goes to another state, which looks at the same octet. */
static bool again(struct html *html, enum state state)
{
	html->state = (unsigned char)state;
	return false;
}

static void put(struct html *html, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		html_page_text(&html->page, (unsigned char)text[i]);
}

/*
 * What each state does with an octet. They return false where the state they went to
 * has to look at it, too.
 */

static bool in_text(struct html *html, unsigned char octet)
{
	char text[HTML_REFERENCE_ROOM];
	bool is_over = octet == '<';
	put(html, text,
		is_over ? html_reference_end(&html->reference, text)
			: html_reference_take(&html->reference, octet, text));
	return !is_over || go(html, IN_TAG_OPEN);
}

static bool begin_tag(struct html *html, bool is_end)
{
	html_tag_start(&html->tag, is_end);
	return again(html, IN_TAG);
}

static bool in_comment(struct html *html, unsigned char octet)
{
	size_t before = octet == '-' ? 1 : octet == '>' ? 2 : octet == '!' ? 3 : 0;
	html->comment = comment_next[html->comment][before];
	return html->comment != ENDED || go(html, IN_TEXT);
}

static bool in_tag_open(struct html *html, unsigned char octet)
{
	if (isalpha(octet))
		return begin_tag(html, false);
	html->comment = octet == '!' ? OPEN : BOGUS;
	if (octet == '!' || octet == '?')
		return go(html, IN_COMMENT);
	if (octet == '/')
		return go(html, IN_END_TAG_OPEN);
	put(html, "<", 1);
	return again(html, IN_TEXT);
}

static bool in_end_tag_open(struct html *html, unsigned char octet)
{
	html->comment = BOGUS;
	return isalpha(octet) ? begin_tag(html, true) : again(html, IN_COMMENT);
}

static bool in_tag(struct html *html, unsigned char octet)
{
	struct html_tag *tag = &html->tag;
	if (!html_tag_take(tag, octet))
		return true;
	html->matched = 0;
	if (tag->is_end)
		html_page_end(&html->page, tag->element);
	else
		html_page_begin(&html->page, tag->element, &tag->value);
	bool is_unshown = !tag->is_end && tag->element == HTML_UNSHOWN;
	return go(html, is_unshown ? IN_UNSHOWN : IN_TEXT);
}

static bool in_unshown(struct html *html, unsigned char octet)
{
	const struct html_tag *tag = &html->tag;
	size_t at = html->matched, length = tag->length + 2;
	if (at == length && (octet == '>' || octet == '/' || html_is_white(octet)))
		return begin_tag(html, true);
	if (at < 2 ? octet == "</"[at]
		   : at < length && tolower(octet) == tag->name[at - 2])
		html->matched++;
	else
		html->matched = octet == '<';
	return true;
}

static bool (*const steps[STATES])(struct html *, unsigned char) = {
	[IN_TEXT] = in_text,
	[IN_TAG_OPEN] = in_tag_open,
	[IN_END_TAG_OPEN] = in_end_tag_open,
	[IN_COMMENT] = in_comment,
	[IN_TAG] = in_tag,
	[IN_UNSHOWN] = in_unshown,
};

void html_start(struct html *html)
{
	*html = (struct html){.state = IN_TEXT};
}

size_t html_take(struct html *html, const char *octets, size_t length, char *text)
{
	html->page.lines.to = text;
	for (size_t i = 0; i < length; i++)
		while (!steps[html->state](html, (unsigned char)octets[i]))
			;
	return (size_t)(html->page.lines.to - text);
}

size_t html_end(struct html *html, char *text)
{
	char held[HTML_REFERENCE_ROOM];
	html->page.lines.to = text;
	put(html, held, html_reference_end(&html->reference, held));
	if (html->state == IN_TAG_OPEN)
		put(html, "<", 1);
	if (html->state == IN_END_TAG_OPEN)
		put(html, "</", 2);
	html_page_close(&html->page);
	return (size_t)(html->page.lines.to - text);
}
