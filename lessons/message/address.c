/*
 * address: a name for people, and in angle brackets the mailbox, for programs. First what
 * a mailbox is; then an address is typed, and written.
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

enum {
	WORD = 70 /* octets of a word that is not encoded: it fits on any line */
};

static const char too_long[] = "an address too long for SMTP";
static const char not_one[] = "an address is local-part@domain or "
			      "Name <local-part@domain>, one at a time";

/* RFC 5322, 3.2.3: what means itself. */
static bool is_atom_text(char c)
{
	return isalnum((unsigned char)c) ||
	       (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

/* Atoms with one octet between each two: a dot in a mailbox, a blank in a name. */
static bool is_of_atoms(const char *text, size_t length, char between)
{
	bool in_atom = false;

	for (size_t i = 0; i < length; i++) {
		if (!is_atom_text(text[i]) && !(in_atom && text[i] == between))
			return false;
		in_atom = text[i] != between;
	}
	return in_atom;
}

/* 3.2.4: a whole quoted-string, from quote to quote. */
static bool is_quoted(const char *text, size_t length)
{
	if (length < 2 || text[0] != '"')
		return false;
	for (size_t i = 1; i < length; i++) {
		if (text[i] == '"')
			return i == length - 1;
		if (text[i] == '\\')
			i++;
	}
	return false;
}

/* 3.4.1: a host by its address, [192.0.2.1]. */
static bool is_literal(const char *text, size_t length)
{
	static const char letters[] = "0123456789abcdefABCDEFIPv:.";

	return length > 2 && text[0] == '[' && text[length - 1] == ']' &&
	       strspn(text + 1, letters) == length - 2;
}

/* Takes a mailbox of any octets. Returns NULL, or what is wrong, in words. */
static const char *take_mailbox(struct address *address, const char *text, size_t length)
{
	if (length >= sizeof address->mailbox)
		return too_long;
	memcpy(address->mailbox, text, length);
	address->mailbox[length] = '\0';
	text = address->mailbox;
	for (const char *at = text; *at != '\0'; at++)
		if (iscntrl((unsigned char)*at) || (unsigned char)*at > 0x7f)
			return "only ASCII is allowed in an address";
	const char *at = strrchr(text, '@');
	if (at == NULL || strstr(text, "=?") != NULL) /* no encoded-word, 2047, 5 (3) */
		return not_one;
	size_t local = (size_t)(at - text), domain = strlen(at + 1);
	if (local > ADDRESS_LOCAL || domain > ADDRESS_DOMAIN)
		return too_long;
	bool is_local = is_of_atoms(text, local, '.') || is_quoted(text, local);
	bool is_domain = is_of_atoms(at + 1, domain, '.') || is_literal(at + 1, domain);
	return is_local && is_domain ? NULL : not_one;
}

/* Takes what is typed before the angle brackets. Likewise. */
static const char *take_name(struct address *address, const char *text, size_t length)
{
	bool quoted = is_quoted(text, length);
	const char *end = quoted ? text + length - 1 : text + length;
	size_t used = 0;

	if (length >= sizeof address->name)
		return "a name too long";
	for (const char *at = quoted ? text + 1 : text; at < end; at++) {
		if (quoted && *at == '\\')
			at++;
		address->name[used++] = *at;
	}
	address->name[used] = '\0';
	bool is_text = utf8_is_whole(address->name);
	return is_text ? NULL : "a name that is neither ASCII nor UTF-8";
}

/* The octets of text without the blanks at its end. */
static size_t trimmed_length(const char *text, size_t length)
{
	while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
		length--;
	return length;
}

const char *address_typed(struct address *address, const char *text)
{
	*address = (struct address){0};
	const char *wrong = header_controls(text);
	if (wrong != NULL)
		return wrong;
	text += strspn(text, " ");
	size_t length = trimmed_length(text, strlen(text));
	const char *open = strrchr(text, '<');
	if (open == NULL || text[length - 1] != '>')
		return take_mailbox(address, text, length);
	wrong = take_name(address, text, trimmed_length(text, (size_t)(open - text)));
	if (wrong != NULL)
		return wrong;
	const char *mailbox = open + 1, *close = text + length - 1;
	return take_mailbox(address, mailbox, (size_t)(close - mailbox));
}

static bool has_long_word(const char *name)
{
	size_t length = 0;

	for (; *name != '\0' && length <= WORD; name++)
		length = *name == ' ' ? 0 : length + 1;
	return length > WORD;
}

/* Writes a name as it comes into a header. False where it does not fit. */
static bool write_name(
	const struct address *address, size_t column, char *phrase, size_t size)
{
	const char *name = address->name;

	if (address->has_unread)
		return encoded_word_pass(name, true, column, phrase, size);
	if (encoded_word_needed(name) || has_long_word(name))
		return encoded_word_encode(name, column, phrase, size);
	/* Folding and reading leave atoms with one blank between them as they are. */
	if (is_of_atoms(name, strlen(name), ' '))
		snprintf(phrase, size, "%s", name);
	else
		header_quote(name, phrase);
	return true;
}

bool address_add(const struct address *address, size_t column, char *field, size_t size)
{
	char phrase[4 * ADDRESS_NAME];
	size_t used = strlen(field), room = size - used;
	const char *comma = used > 0 ? ", " : "";
	int wrote;

	/* After another address, where it would not fit, a line is folded. */
	if (used > 0)
		column = 1;
	if (address->name[0] == '\0')
		wrote = snprintf(field + used, room, "%s%s", comma, address->mailbox);
	else if (write_name(address, column, phrase, sizeof phrase))
		wrote = snprintf(
			field + used, room, "%s%s <%s>", comma, phrase, address->mailbox);
	else
		return false;
	if (wrote >= 0 && (size_t)wrote < room)
		return true;
	field[used] = '\0';
	return false;
}
