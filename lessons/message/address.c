/*
 * Addresses: a name for people, and in angle brackets the mailbox, for programs.
 * Passage B6; RFC 5322, 3.2.3, 3.2.4 and 3.4; RFC 2047, 5 (3).
 *
 *     printf 'hi\n' | build/mime-encode -f 'Alice B. <alice@crepes.fr>'
 *                                           From: "Alice B." <alice@crepes.fr>
 */
#include "message/address.h"

#include "message/encoded-word.h"
#include "message/header.h"
#include "wire/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { WORD = 70 }; /* octets of a word that is not encoded: it fits on any line */

static const char not_one[] = "an address is local-part@domain or "
			      "Name <local-part@domain>, one at a time";

/* RFC 5322, 3.2.3: what stands for itself. */
static bool is_atom_text(char c)
{
	return isalnum((unsigned char)c) ||
	       (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

/* Atoms with a dot between each two. */
static bool is_dot_atom(const char *text, size_t length)
{
	bool after_dot = true;
	for (size_t i = 0; i < length; i++) {
		bool dot = text[i] == '.';
		if (dot ? after_dot : !is_atom_text(text[i]))
			return false;
		after_dot = dot;
	}
	return !after_dot;
}

/* 3.2.4: a whole quoted-string, from quote to quote. */
static bool is_quoted(const char *text, size_t length)
{
	if (length < 2 || text[0] != '"' || text[length - 1] != '"')
		return false;
	for (size_t i = 1; i < length - 1; i++) {
		if (text[i] == '"')
			return false;
		if (text[i] == '\\' && ++i == length - 1)
			return false;
	}
	return true;
}

/* 3.4.1: a host by its address, [192.0.2.1]. */
static bool is_literal(const char *text, size_t length)
{
	static const char letters[] = "0123456789abcdefABCDEFIPv:.";
	return length > 2 && text[0] == '[' && text[length - 1] == ']' &&
	       strspn(text + 1, letters) == length - 2;
}

const char *address_mailbox(struct address *address, const char *text, size_t length)
{
	if (length >= sizeof address->mailbox)
		return "an address too long for SMTP";
	memcpy(address->mailbox, text, length);
	address->mailbox[length] = '\0';
	text = address->mailbox;
	if (header_controls(text) != NULL)
		return header_controls(text);
	for (const char *at = text; *at != '\0'; at++)
		if ((unsigned char)*at > 0x7f)
			return "only ASCII may stand in an address";
	const char *at = strrchr(text, '@');
	if (at == NULL || strstr(text, "=?") != NULL) /* no encoded-word, 2047, 5 (3) */
		return not_one;
	size_t local = (size_t)(at - text), domain = strlen(at + 1);
	if (local > ADDRESS_LOCAL || domain > ADDRESS_DOMAIN)
		return "an address too long for SMTP";
	bool is_one = (is_dot_atom(text, local) || is_quoted(text, local)) &&
		      (is_dot_atom(at + 1, domain) || is_literal(at + 1, domain));
	return is_one ? NULL : not_one;
}

static const char *take_name(struct address *address, const char *text, size_t length)
{
	size_t used = 0;
	bool quoted = is_quoted(text, length);
	if (length >= sizeof address->name)
		return "a name too long";
	for (size_t i = quoted; i < length - quoted; i++) {
		if (quoted && text[i] == '\\')
			i++;
		address->name[used++] = text[i];
	}
	address->name[used] = '\0';
	return utf8_is_whole(address->name) ? NULL
					    : "a name that is neither ASCII nor UTF-8";
}

const char *address_typed(struct address *address, const char *text)
{
	*address = (struct address){0};
	const char *wrong = header_controls(text);
	if (wrong != NULL)
		return wrong;
	text += strspn(text, " ");
	size_t length = strlen(text);
	while (length > 0 && text[length - 1] == ' ')
		length--;
	const char *open = strrchr(text, '<');
	if (open == NULL || text[length - 1] != '>')
		return address_mailbox(address, text, length);
	const char *end = text + length - 1, *mailbox = open + 1;
	while (open > text && open[-1] == ' ')
		open--;
	wrong = take_name(address, text, (size_t)(open - text));
	return wrong != NULL ? wrong
			     : address_mailbox(address, mailbox, (size_t)(end - mailbox));
}

/* Atoms with one blank between each two: folding and reading leave them as they are. */
static bool is_phrase(const char *name)
{
	bool after_blank = true;
	for (; *name != '\0'; name++) {
		bool blank = *name == ' ';
		if (blank ? after_blank : !is_atom_text(*name))
			return false;
		after_blank = blank;
	}
	return !after_blank;
}

static bool has_long_word(const char *name)
{
	size_t length;
	for (; *name != '\0'; name += length + (name[length] != '\0')) {
		length = strcspn(name, " ");
		if (length > WORD)
			return true;
	}
	return false;
}

static void quote(const char *name, char *phrase)
{
	*phrase++ = '"';
	for (; *name != '\0'; name++) {
		if (*name == '"' || *name == '\\')
			*phrase++ = '\\';
		*phrase++ = *name;
	}
	*phrase++ = '"';
	*phrase = '\0';
}

bool address_add(const struct address *address, size_t column, char *field, size_t size)
{
	char phrase[4 * ADDRESS_NAME];
	const char *name = address->name;
	size_t used = strlen(field);
	bool first = used == 0;
	if (encoded_word_needed(name) || has_long_word(name)) {
		/* Behind another address, where it would not fit, a line is folded. */
		if (!encoded_word_encode(name, first ? column : 1, phrase, sizeof phrase))
			return false;
	} else if (name[0] == '\0' || is_phrase(name)) {
		snprintf(phrase, sizeof phrase, "%s", name);
	} else {
		quote(name, phrase);
	}
	const char *comma = first ? "" : ", ";
	int wrote = name[0] == '\0' ? snprintf(field + used, size - used, "%s%s", comma,
					      address->mailbox)
				    : snprintf(field + used, size - used, "%s%s <%s>",
					      comma, phrase, address->mailbox);
	if (wrote >= 0 && (size_t)wrote < size - used)
		return true;
	field[used] = '\0';
	return false;
}
