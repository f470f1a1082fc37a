/*
 * Tags of HTML. Passage B12; WHATWG HTML, 13.2.5.8 and 32 to 40: a `>` in quotes does not
 * end a tag, quotes may be missing, and of two attributes of one name the first counts.
 *
 *     printf 'Content-Type: text/html\n\n<img title="a > b" ALT=tea>' |
 *     build/mime-decode      [tea]
 */
#include "read/html-tag.h"

#include <ctype.h>

/* Where in the tag we are: behind which octets. */
enum state {
	IN_NAME,	 /* <p */
	IN_TAG,		 /* <p and a blank: an attribute may begin */
	IN_ATTRIBUTE,	 /* <p a */
	AFTER_ATTRIBUTE, /* <p a and a blank */
	BEFORE_VALUE,	 /* <p a= */
	IN_VALUE,	 /* <p a=b, <p a="b */
	STATES
};

/* Goes to another state, for the next octet. */
static bool go(struct html_tag *tag, enum state state)
{
	tag->state = (unsigned char)state;
	return true;
}

/* Goes to another state, which looks at the same octet. */
static bool again(struct html_tag *tag, enum state state)
{
	tag->state = (unsigned char)state;
	return false;
}

void html_tag_start(struct html_tag *tag, bool is_end)
{
	tag->is_end = is_end;
	tag->state = IN_NAME;
	tag->length = 0;
	tag->has_value = false;
	tag->reference = (struct html_reference){.in_value = true};
	tag->value.length = 0;
	tag->value.is_cut = false;
}

/*
 * What each state does with an octet. They return false where the state they went to
 * has to look at it, too.
 */

static bool in_name(struct html_tag *tag, unsigned char octet)
{
	if (octet != '>' && octet != '/' && !html_is_white(octet)) {
		if (tag->length < sizeof tag->name)
			tag->name[tag->length] = (char)tolower(octet);
		tag->length += tag->length <= sizeof tag->name;
		return true;
	}
	tag->element = html_element(tag->name, tag->length);
	return again(tag, IN_TAG);
}

/* The attribute that is shown of the element in hand. */
static const char *shown_attribute(const struct html_tag *tag)
{
	return tag->element == HTML_LINK      ? "href"
	       : tag->element == HTML_PICTURE ? "alt"
					      : "";
}

static bool take_attribute(struct html_tag *tag, unsigned char octet)
{
	const char *name = shown_attribute(tag);
	tag->is_wanted =
		tag->is_wanted && octet != '\0' && name[tag->matched] == tolower(octet);
	tag->matched += tag->is_wanted;
	return go(tag, IN_ATTRIBUTE);
}

static bool in_tag(struct html_tag *tag, unsigned char octet)
{
	if (octet == '/' || octet == '>' || html_is_white(octet))
		return true;
	tag->is_wanted = !tag->has_value;
	tag->matched = 0;
	return take_attribute(tag, octet);
}

static bool in_attribute(struct html_tag *tag, unsigned char octet)
{
	if (octet != '=' && octet != '>' && octet != '/' && !html_is_white(octet))
		return take_attribute(tag, octet);
	tag->is_wanted = tag->is_wanted && shown_attribute(tag)[tag->matched] == '\0';
	tag->has_value = tag->has_value || tag->is_wanted;
	return again(tag, AFTER_ATTRIBUTE);
}

static bool after_attribute(struct html_tag *tag, unsigned char octet)
{
	if (html_is_white(octet))
		return true;
	return octet == '=' ? go(tag, BEFORE_VALUE) : again(tag, IN_TAG);
}

static bool before_value(struct html_tag *tag, unsigned char octet)
{
	if (html_is_white(octet))
		return true;
	bool is_quoted = octet == '"' || octet == '\'';
	tag->quote = is_quoted ? octet : 0;
	return is_quoted ? go(tag, IN_VALUE) : again(tag, IN_VALUE);
}

/* Octets of a value, its references decoded. */
static void put(struct html_tag *tag, const char *text, size_t length)
{
	for (size_t i = 0; i < length && tag->is_wanted; i++)
		if (tag->element == HTML_LINK)
			html_value_take_address(&tag->value, (unsigned char)text[i]);
		else
			html_value_take_text(&tag->value, (unsigned char)text[i]);
}

static bool in_value(struct html_tag *tag, unsigned char octet)
{
	char text[HTML_REFERENCE_ROOM];
	bool is_over = tag->quote == 0 ? octet == '>' || html_is_white(octet)
				       : octet == tag->quote;
	if (!is_over) {
		put(tag, text, html_reference_take(&tag->reference, octet, text));
		return true;
	}
	put(tag, text, html_reference_end(&tag->reference, text));
	return tag->quote == 0 ? again(tag, IN_TAG) : go(tag, IN_TAG);
}

bool html_tag_take(struct html_tag *tag, unsigned char octet)
{
	static bool (*const steps[STATES])(struct html_tag *, unsigned char) = {
		[IN_NAME] = in_name,
		[IN_TAG] = in_tag,
		[IN_ATTRIBUTE] = in_attribute,
		[AFTER_ATTRIBUTE] = after_attribute,
		[BEFORE_VALUE] = before_value,
		[IN_VALUE] = in_value,
	};
	while (!steps[tag->state](tag, octet))
		;
	return octet == '>' && tag->state == IN_TAG;
}
