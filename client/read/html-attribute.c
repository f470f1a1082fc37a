/*
 * Attributes: a link says one thing and may lead to another, and that is how people are
 * made to type their passwords elsewhere: so a reader sees both where they differ.
 * Passage B12; WHATWG HTML, 4.6; what browsers make of an address: WHATWG URL, 4.4.
 *
 *     printf 'Content-Type: text/html\n\n<a href="http://b.example/">a.example</a>' |
 *     build/mime-decode      a.example <http://b.example/>
 */
#include "read/html-attribute.h"
#include "read/html-lines.h"

#include <string.h>
#include <strings.h>

static void append(struct html_value *value, const char *octets, size_t count)
{
	value->is_cut = value->is_cut || sizeof value->text - value->length < count;
	if (value->is_cut)
		return;
	memcpy(value->text + value->length, octets, count);
	value->length += count;
}

void html_value_take_text(struct html_value *value, unsigned char octet)
{
	char c = html_is_white(octet) ? ' ' : (char)octet;
	append(value, &c, 1);
}

void html_value_take_address(struct html_value *value, unsigned char octet)
{
	static const char digits[] = "0123456789ABCDEF";
	char escaped[3] = {'%', digits[octet >> 4], digits[octet & 15]};
	char c = (char)octet;
	if ((value->length == 0 && octet <= ' ') || c == '\n' || c == '\t' || c == '\r')
		return;
	bool stands = octet > ' ' && octet < 0x7f && strchr("<>\"", c) == NULL;
	append(value, stands ? &c : escaped, stands ? 1 : sizeof escaped);
}

void html_link_begin(struct html_link *link, const struct html_value *address)
{
	static const char *const schemes[] = {"http:", "https:", "mailto:"};
	for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
		size_t length = strlen(schemes[i]);
		if (address->length <= length ||
			strncasecmp(address->text, schemes[i], length) != 0)
			continue;
		*link = (struct html_link){
			.is_open = true,
			.address = *address,
			.bare = length,
			.is_whole = true,
			.is_bare = true,
		};
		while (link->bare < address->length && address->text[link->bare] == '/')
			link->bare++;
	}
}

static bool is_at(const struct html_value *address, size_t at, unsigned char octet)
{
	return at < address->length && (unsigned char)address->text[at] == octet;
}

void html_link_take(struct html_link *link, unsigned char octet)
{
	if (html_is_white(octet))
		return;
	size_t at = link->length++;
	link->is_whole = link->is_whole && is_at(&link->address, at, octet);
	link->is_bare = link->is_bare && is_at(&link->address, link->bare + at, octet);
}

/* Whether there is nothing more of the address, or a last slash. */
static bool is_end(const struct html_value *address, size_t at)
{
	return at == address->length ||
	       (at + 1 == address->length && address->text[at] == '/');
}

bool html_link_hides(const struct html_link *link)
{
	const struct html_value *address = &link->address;
	bool tells = (link->is_whole && is_end(address, link->length)) ||
		     (link->is_bare && is_end(address, link->bare + link->length));
	return address->is_cut || !tells;
}
