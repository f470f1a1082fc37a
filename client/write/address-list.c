/*
 * Addresses that others wrote: to answer them they are taken apart and written anew, so
 * that nothing comes along with them. Passage B6; RFC 5322, 3.2.2, 3.4 and 4.4.
 *
 *     printf 'From: bob@hamburger.edu (Bob), "A, B" <a@x>\n\n' >m
 *     build/mime-encode -r m </dev/null | grep To:      To: bob@hamburger.edu, "A, B" <a@x>
 */
#include "write/address-list.h"

#include "message/header.h"
#include "message/encoded-word.h"

#include <stdbool.h>
#include <string.h>

enum { PHRASE = 4096 }; /* octets of a name before it is decoded */

/* An address while it is read. */
struct reading {
	char phrase[PHRASE + 1]; /* what stands before the angle brackets, unquoted */
	char mailbox[ADDRESS_ROOM + 1]; /* what stands in them, or alone, as it is */
	size_t phrase_used, mailbox_used;
	bool is_angled, is_closed;
};

static void begin(struct reading *r)
{
	r->phrase_used = r->mailbox_used = 0;
	r->is_angled = r->is_closed = false;
}

static void add_to_phrase(struct reading *r, char c)
{
	if (!r->is_angled && r->phrase_used < PHRASE)
		r->phrase[r->phrase_used++] = c;
}

static void add_to_mailbox(struct reading *r, char c)
{
	if (!r->is_closed && r->mailbox_used < ADDRESS_ROOM)
		r->mailbox[r->mailbox_used++] = c;
}

static void add_both(struct reading *r, char c)
{
	add_to_mailbox(r, c);
	add_to_phrase(r, c);
}

/* Passes over a comment, and those in it; at is behind its first parenthesis. */
static const char *skip_comment(const char *at)
{
	for (size_t depth = 1; *at != '\0' && depth > 0; at++) {
		if (*at == '\\' && at[1] != '\0')
			at++;
		else if (*at == '(')
			depth++;
		else if (*at == ')')
			depth--;
	}
	return at;
}

/* Takes a quoted-string; at is behind its first quote. */
static const char *take_quoted(struct reading *r, const char *at)
{
	add_to_mailbox(r, '"');
	for (; *at != '\0' && *at != '"'; at++) {
		if (*at == '\\' && at[1] != '\0')
			add_to_mailbox(r, *at++);
		add_both(r, *at);
	}
	add_to_mailbox(r, '"');
	return *at == '"' ? at + 1 : at;
}

/* The octets of the encoded-word that begins here, or 0: its letters are not special. */
static size_t word_length(const char *at)
{
	const char *end = at + 2;
	if (at[0] != '=' || at[1] != '?')
		return 0;
	for (int marks = 0; marks < 3; marks++, end++) {
		end += strcspn(end, "? \t");
		if (*end != '?')
			return 0;
	}
	return *end == '=' ? (size_t)(end + 1 - at) : 0;
}

/* What is special outside of quotes and comments; all else is taken as it is. */
static void take(struct reading *r, char c)
{
	bool has_literal = memchr(r->mailbox, '[', r->mailbox_used) != NULL;
	if (c == '<' && !r->is_angled) {
		r->is_angled = true;
		r->mailbox_used = 0;
	} else if (c == '>' && r->is_angled) {
		r->is_closed = true;
	} else if (c == ':' && !has_literal && r->is_angled) {
		r->mailbox_used = 0; /* the end of a route */
	} else if (c == ':' && !has_literal) {
		begin(r); /* that was the name of a group */
	} else {
		add_both(r, c);
	}
}

/* Reads as far as the comma, or the end of a group or of the list. */
static const char *read_one(struct reading *r, const char *at)
{
	begin(r);
	while (*at != '\0') {
		size_t word = word_length(at);
		if (word > 0) {
			while (word-- > 0)
				add_both(r, *at++);
			continue;
		}
		char c = *at++;
		bool in_route = r->is_angled && !r->is_closed;
		if (c == '(')
			at = skip_comment(at);
		else if (c == '"')
			at = take_quoted(r, at);
		else if (c == ';' || (c == ',' && !in_route))
			break;
		else
			take(r, c);
	}
	return at;
}

/* Removes the blanks around octets, and ends them in a NUL. */
static char *trim(char *text, size_t length)
{
	while (length > 0 && strchr(" \t", text[length - 1]) != NULL)
		length--;
	text[length] = '\0';
	return text + strspn(text, " \t");
}

static bool is_usable(struct reading *r, struct address *address)
{
	const char *mailbox = trim(r->mailbox, r->mailbox_used);
	if (address_mailbox(address, mailbox, strlen(mailbox)) != NULL)
		return false;
	address->name[0] = '\0';
	if (r->is_angled) {
		char name[ADDRESS_NAME];
		encoded_word_readable(trim(r->phrase, r->phrase_used), name, sizeof name);
		const char *trimmed = trim(name, strlen(name));
		memcpy(address->name, trimmed, strlen(trimmed) + 1);
	}
	return true;
}

const char *address_next(const char *list, struct address *address)
{
	struct reading reading;
	while (*list != '\0') {
		list = read_one(&reading, list);
		if (is_usable(&reading, address))
			return list;
	}
	return NULL;
}

void address_list(const char *list, size_t column, char *field, size_t size)
{
	struct address address;
	bool fits = true;
	field[0] = '\0';
	while (fits && (list = address_next(list, &address)) != NULL)
		fits = address_add(&address, column, field, size);
	if (!fits)
		field[0] = '\0';
}
