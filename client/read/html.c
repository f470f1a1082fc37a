/*
 * A page of HTML as plain text. Begin at the end, with take: it goes from state to state
 * with each octet, and so knows what is text and what is a tag. Before it, from the top:
 * how text becomes lines, where a link leads, what a tag does.
 *
 *     build/mime-decode lessons/09-content-types/text-html.eml
 */
#include "read/html.h"
#include "read/character-reference.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum state { TEXT, TAG_OPEN, TAG, BEFORE_VALUE, VALUE, COMMENT, UNSHOWN };

/* Appends an octet to a string, unless its array of that size is full. */
static void append(char *string, size_t size, int octet)
{
	size_t length = strlen(string);

	if (length + 1 < size) {
		string[length] = (char)octet;
		string[length + 1] = '\0';
	}
}

static char last_of(const char *string)
{
	return string[0] == '\0' ? '\0' : string[strlen(string) - 1];
}

/*
 * Lines. Blanks and line ends are held until text comes after them: so no line ends in a
 * blank, and an empty line is never the first, the last, or one of two.
 */

static void put(struct html *html, const char *string)
{
	for (; *string != '\0'; string++)
		append(html->shown, sizeof html->shown, *string);
}

/* The next text begins a line: after an empty one, if line_ends is 2. */
static void end_line(struct html *html, unsigned line_ends)
{
	if (html->line_ends < line_ends)
		html->line_ends = line_ends;
	html->held[0] = '\0';
}

static void begin_line(struct html *html)
{
	if (html->has_text)
		put(html, html->line_ends == 1 ? "\n" : "\n\n");
	put(html, html->quotes);
	put(html, html->quotes[0] == '\0' ? "" : " ");
	put(html, html->is_item ? "* " : "");
	html->has_text = true;
	html->is_item = false;
	html->line_ends = 0;
}

/* Puts text, without references, in the present value, or in a line. */
static void put_text(struct html *html, const char *text)
{
	for (; *text != '\0'; text++) {
		if (html->state == VALUE) {
			append(html->tag, sizeof html->tag, *text == '\n' ? ' ' : *text);
		} else if (*text == '\xc2') { /* C2 A0 is U+00A0 */
			append(html->held, sizeof html->held, *text);
		} else if (*text == '\xa0' && last_of(html->held) == '\xc2') {
			html->held[strlen(html->held) - 1] = ' ';
		} else if (!isspace((unsigned char)*text)) {
			if (html->line_ends > 0)
				begin_line(html);
			put(html, html->held);
			html->held[0] = '\0';
			append(html->shown, sizeof html->shown, *text);
			append(html->words, sizeof html->words, *text);
		} else if (html->is_preformatted && *text == '\n') {
			end_line(html, html->line_ends == 0 ? 1 : 2);
		} else if (html->is_preformatted) {
			append(html->held, sizeof html->held, *text);
		} else if (html->line_ends == 0 && html->held[0] == '\0') {
			append(html->held, sizeof html->held, ' ');
		}
	}
}

/*
 * Links. The words do not always say where a link leads, and so people are made to type
 * their passwords elsewhere: a reader sees both where they differ.
 */

static void end_link(struct html *html)
{
	const char *address = html->address;
	const char *rest = address + strcspn(address, ":");

	if (last_of(address) == '/' && last_of(html->words) != '/')
		append(html->words, sizeof html->words, '/');
	if (*address == '#' || strcmp(html->words, address) == 0 ||
		strcmp(html->words, rest + strspn(rest, ":/")) == 0)
		html->address[0] = '\0';
	if (*address != '\0')
		put_text(html, " <");
	for (const char *next = address; *next != '\0'; next++) {
		char shown[] = {*next, '\0', '\0', '\0'};

		if (!isgraph((unsigned char)*next) || strchr("<>\"", *next) != NULL)
			snprintf(shown, sizeof shown, "%%%02X", (unsigned char)*next);
		put(html, shown);
	}
	if (*address != '\0')
		put(html, ">");
	html->address[0] = '\0';
	html->words[0] = '\0';
}

/* Takes an octet of text, in which & may begin a reference; NUL ends it. */
static void take_text(struct html *html, int octet)
{
	char text[REFERENCE_TEXT] = {(char)octet};
	bool is_open = html->word[0] == '&' && strlen(html->word) + 1 < sizeof html->word;

	if (is_open && (isalnum(octet) || octet == '#')) {
		append(html->word, sizeof html->word, octet);
		return;
	}
	if (!is_open || octet != ';' || !character_reference(html->word, text))
		put_text(html, html->word);
	html->word[0] = '\0';
	if (octet == '&')
		append(html->word, sizeof html->word, octet);
	else
		put_text(html, text);
}

/* Tags, and what they do to the text. WHATWG HTML, 15.3. */

/* Whether the tag is of one of the elements, which have blanks around them. */
static bool is_of(const struct html *html, const char *elements)
{
	return strstr(elements, html->name) != NULL;
}

/* The value of an attribute, "\nhref=", or "". The first one counts. */
static const char *find_value(struct html *html, const char *attribute)
{
	char *value = strstr(html->tag, attribute);

	if (value == NULL)
		return "";
	value += strlen(attribute);
	value += strspn(value, " ");
	value[strcspn(value, "\n")] = '\0';
	return value;
}

static void apply_tag(struct html *html)
{
	bool begins = html->tag[0] != '\n';
	bool is_cut = strlen(html->tag) + 1 == sizeof html->tag;
	const char *name = html->tag + strspn(html->tag, "\n");

	html->state = TEXT;
	snprintf(html->name, sizeof html->name, " %.*s ", (int)strcspn(name, "\n"), name);
	if (is_of(html, " blockquote figure h1 h2 h3 h4 h5 h6 hr p pre textarea "))
		end_line(html, 2);
	if (is_of(html,
		    " address article aside body caption center dd div dl dt fieldset "
		    "footer form header li main nav ol option section table tr ul "))
		end_line(html, 1);
	if (is_of(html, " br "))
		end_line(html, html->line_ends == 0 ? 1 : 2);
	if (is_of(html, " li ol ul "))
		html->is_item = begins && is_of(html, " li ");
	if (is_of(html, " pre textarea "))
		html->is_preformatted = begins;
	if (is_of(html, " blockquote ") && begins)
		append(html->quotes, sizeof html->quotes, '>');
	else if (is_of(html, " blockquote "))
		memmove(html->quotes, html->quotes + 1, strlen(html->quotes));
	if (is_of(html, " td th ") && begins && html->line_ends == 0)
		snprintf(html->held, sizeof html->held, "\t");
	if (is_of(html, " a "))
		end_link(html);
	if (is_of(html, " a ") && begins)
		snprintf(html->address, sizeof html->address, "%s%s",
			find_value(html, "\nhref="), is_cut ? "..." : "");
	if (is_of(html, " img ") && find_value(html, "\nalt=")[0] != '\0') {
		put_text(html, "[");
		put_text(html, find_value(html, "\nalt="));
		put_text(html, "]");
	}
	if (begins && is_of(html, " iframe noframes script style template title "))
		html->state = UNSHOWN;
}

/* The states, and beside each what was read before the octet. */

static void take_in_tag(struct html *html, int octet)
{
	switch (html->state) {
	case TAG: /* <p, </p, <p a */
		if (octet == '>') {
			apply_tag(html);
		} else if (octet == '=') {
			while (last_of(html->tag) == '\n')
				html->tag[strlen(html->tag) - 1] = '\0';
			append(html->tag, sizeof html->tag, '=');
			html->state = BEFORE_VALUE;
		} else {
			append(html->tag, sizeof html->tag,
				isspace(octet) || octet == '/' ? '\n' : tolower(octet));
			if (strcmp(html->tag, "!--") == 0)
				html->state = COMMENT;
		}
		break;
	case BEFORE_VALUE: /* <p a= */
		if (isspace(octet))
			break;
		html->state = VALUE;
		html->quote = octet == '"' || octet == '\'' ? octet : '>';
		if (html->quote == '>')
			take_in_tag(html, octet);
		break;
	case VALUE: /* <p a=b, <p a="b */
		if (octet != html->quote && (html->quote != '>' || !isspace(octet))) {
			take_text(html, octet);
			break;
		}
		take_text(html, '\0');
		append(html->tag, sizeof html->tag, '\n');
		html->state = TAG;
		if (octet == '>')
			apply_tag(html);
		break;
	}
}

static void take(struct html *html, int octet)
{
	switch (html->state) {
	case TEXT:
		take_text(html, octet == '<' ? '\0' : octet);
		html->tag[0] = '\0';
		if (octet == '<')
			html->state = TAG_OPEN;
		break;
	case TAG_OPEN: /* < */
		html->state = TAG;
		if (!isalpha(octet) && octet != '/' && octet != '!' && octet != '?') {
			html->state = TEXT;
			put_text(html, "<");
		}
		take(html, octet);
		break;
	case COMMENT: /* <!--, and in tag the last dashes, without `!` */
		if (octet == '>' && strlen(html->tag) > 1)
			html->state = TEXT;
		if (octet == '-')
			append(html->tag, sizeof html->tag, octet);
		else if (octet != '!')
			html->tag[0] = '\0';
		break;
	case UNSHOWN: /* <script>, and in word what comes after the last < */
		if (octet == '<')
			html->word[0] = '\0';
		append(html->word, sizeof html->word,
			isalnum(octet) || octet == '<' ? tolower(octet) : ' ');
		if (html->word[0] == '<' && strcmp(html->word + 1, html->name) == 0) {
			html->word[0] = '\0';
			snprintf(html->tag, sizeof html->tag, "\n");
			html->state = TAG;
			take_in_tag(html, octet);
		}
		break;
	default:
		take_in_tag(html, octet);
	}
}

void html_start(struct html *html)
{
	*html = (struct html){.state = TEXT, .line_ends = 1};
}

const char *html_take(struct html *html, unsigned char octet)
{
	html->shown[0] = '\0';
	take(html, octet);
	return html->shown;
}

const char *html_end(struct html *html)
{
	html_take(html, '\n');
	html->state = TEXT;
	end_link(html);
	put(html, html->has_text ? "\n" : "");
	return html->shown;
}
