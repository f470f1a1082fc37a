/*
 * A page of HTML: which elements are blocks, which are not shown, and what a reader sees
 * of the others. Passage B12; WHATWG HTML, 15.3.
 *
 *     printf 'Content-Type: text/html\n\n<ul><li>tea<li><img alt=crepes></ul>' |
 *     build/mime-decode      * tea / * [crepes]
 */
#include "read/html-page.h"

#include <stdlib.h>
#include <string.h>

/* In the order of ASCII. A mailer runs no script: so noscript is shown. */
static const struct element {
	char name[HTML_NAME + 1];
	unsigned char element;
} elements[] = {{"a", HTML_LINK}, {"address", HTML_BLOCK}, {"article", HTML_BLOCK},
	{"aside", HTML_BLOCK}, {"blockquote", HTML_QUOTATION}, {"body", HTML_BLOCK},
	{"br", HTML_LINE_END}, {"caption", HTML_BLOCK}, {"center", HTML_BLOCK},
	{"dd", HTML_BLOCK}, {"details", HTML_BLOCK}, {"dir", HTML_LIST},
	{"div", HTML_BLOCK}, {"dl", HTML_BLOCK}, {"dt", HTML_BLOCK},
	{"fieldset", HTML_BLOCK}, {"figcaption", HTML_BLOCK}, {"figure", HTML_SPACED},
	{"footer", HTML_BLOCK}, {"form", HTML_BLOCK}, {"h1", HTML_SPACED},
	{"h2", HTML_SPACED}, {"h3", HTML_SPACED}, {"h4", HTML_SPACED},
	{"h5", HTML_SPACED}, {"h6", HTML_SPACED}, {"header", HTML_BLOCK},
	{"hr", HTML_RULE}, {"iframe", HTML_UNSHOWN}, {"img", HTML_PICTURE},
	{"legend", HTML_BLOCK}, {"li", HTML_ITEM}, {"listing", HTML_PREFORMATTED},
	{"main", HTML_BLOCK}, {"menu", HTML_LIST}, {"nav", HTML_BLOCK},
	{"noembed", HTML_UNSHOWN}, {"noframes", HTML_UNSHOWN}, {"ol", HTML_LIST},
	{"option", HTML_BLOCK}, {"p", HTML_SPACED}, {"pre", HTML_PREFORMATTED},
	{"script", HTML_UNSHOWN}, {"section", HTML_BLOCK}, {"style", HTML_UNSHOWN},
	{"summary", HTML_BLOCK}, {"table", HTML_BLOCK}, {"td", HTML_CELL},
	{"template", HTML_UNSHOWN}, {"textarea", HTML_PREFORMATTED}, {"th", HTML_CELL},
	{"title", HTML_UNSHOWN}, {"tr", HTML_BLOCK}, {"ul", HTML_LIST}};

static int compare_name(const void *name, const void *element)
{
	return strcmp(name, ((const struct element *)element)->name);
}

enum html_element html_element(const char *name, size_t length)
{
	char key[HTML_NAME + 1] = "";
	if (length > HTML_NAME)
		return HTML_INLINE;
	memcpy(key, name, length);
	const struct element *found = bsearch(key, elements,
		sizeof elements / sizeof elements[0], sizeof elements[0], compare_name);
	if (found == NULL || strlen(found->name) < length)
		return HTML_INLINE;
	return (enum html_element)found->element;
}

void html_page_text(struct html_page *page, unsigned char octet)
{
	if (page->link.is_open)
		html_link_take(&page->link, octet);
	html_lines_text(&page->lines, octet);
}

static void put_string(struct html_page *page, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		html_page_text(page, (unsigned char)text[i]);
}

static void put_behind(struct html_page *page, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		html_lines_behind(&page->lines, (unsigned char)text[i]);
}

static void end_link(struct html_page *page)
{
	struct html_link *link = &page->link;
	if (link->is_open && html_link_hides(link)) {
		put_behind(page, " <", 2);
		put_behind(page, link->address.text, link->address.length);
		put_behind(page, "...", link->address.is_cut ? 3 : 0);
		put_behind(page, ">", 1);
	}
	link->is_open = false;
}

static void begin_link(struct html_page *page, const struct html_value *address)
{
	end_link(page);
	html_link_begin(&page->link, address);
	html_lines_mark(&page->lines);
}

static void show_picture(struct html_page *page, const struct html_value *value)
{
	if (value->length == 0)
		return;
	put_string(page, "[", 1);
	put_string(page, value->text, value->length);
	put_string(page, "...", value->is_cut ? 3 : 0);
	put_string(page, "]", 1);
}

static void show_rule(struct html_page *page)
{
	static const char rule[] = "----------";
	html_lines_break(&page->lines);
	put_string(page, rule, sizeof rule - 1);
	html_lines_break(&page->lines);
}

/* What a tag does to the lines, be it the one that begins the element or ends it. */
static void change_lines(struct html_lines *lines, enum html_element element, bool begins)
{
	switch (element) {
	case HTML_BLOCK:
		html_lines_break(lines);
		break;
	case HTML_SPACED:
		html_lines_gap(lines);
		break;
	case HTML_QUOTATION:
		html_lines_quote(lines, begins);
		break;
	case HTML_PREFORMATTED:
		html_lines_preformatted(lines, begins);
		break;
	case HTML_LINE_END:
		html_lines_end_line(lines);
		break;
	case HTML_LIST:
		html_lines_item(lines, false);
		break;
	case HTML_ITEM:
		html_lines_item(lines, begins);
		break;
	default:
		break;
	}
}

void html_page_begin(
	struct html_page *page, enum html_element element, const struct html_value *value)
{
	change_lines(&page->lines, element, true);
	if (element == HTML_CELL)
		html_lines_cell(&page->lines);
	if (element == HTML_RULE)
		show_rule(page);
	if (element == HTML_PICTURE)
		show_picture(page, value);
	if (element == HTML_LINK)
		begin_link(page, value);
}

void html_page_end(struct html_page *page, enum html_element element)
{
	change_lines(&page->lines, element, false);
	if (element == HTML_LINK)
		end_link(page);
}

void html_page_close(struct html_page *page)
{
	end_link(page);
	html_lines_end(&page->lines);
}
