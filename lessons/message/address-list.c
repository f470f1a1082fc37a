/*
 * address-list: takes the addresses of a field that others wrote apart; address.c
 * writes them anew, so that nothing else comes with them. Begin at the end.
 *
 *     printf 'From: (B.) Bob <<bob@hamburger.edu>>\n\nhi\n' >build/original
 *     build/mime-encode -r build/original </dev/null | grep To
 *                                           To: Bob <bob@hamburger.edu>
 */
#include "message/address-list.h"

#include "message/encoded-word.h"

#include <stdio.h>
#include <string.h>

enum { PHRASE = 4096 /* octets of a stranger's name before it is decoded */ };

/* Where in an address the reader is. */
enum place {
	BEFORE_BRACKETS, /* in the name, or in a mailbox that is alone */
	IN_BRACKETS,
	AFTER_BRACKETS /* and nothing more is taken */
};

/* A stranger's address while it is read. Begins as {0}. */
struct reading {
	enum place place;
	char name[PHRASE + 1];		/* what is before the brackets, unquoted */
	char mailbox[ADDRESS_ROOM + 1]; /* what is in them, or alone, as it is */
	size_t name_used, mailbox_used;
};

static void add_to_mailbox(struct reading *r, char c)
{
	if (r->place != AFTER_BRACKETS && r->mailbox_used < ADDRESS_ROOM)
		r->mailbox[r->mailbox_used++] = c;
}

static void add(struct reading *r, char c)
{
	add_to_mailbox(r, c);
	if (r->place == BEFORE_BRACKETS && r->name_used < PHRASE)
		r->name[r->name_used++] = c;
}

/* Passes over a comment, and those in it; at is after its first parenthesis. */
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

/* Takes a quoted-string; at is after its first quote. */
static const char *take_quoted(struct reading *r, const char *at)
{
	add_to_mailbox(r, '"');
	for (; *at != '\0' && *at != '"'; at++) {
		if (*at == '\\' && at[1] != '\0') {
			add_to_mailbox(r, '\\');
			at++;
		}
		add(r, *at);
	}
	add_to_mailbox(r, '"');
	return *at == '"' ? at + 1 : at;
}

/* Takes an octet that is not quoted. */
static void take(struct reading *r, char c)
{
	bool has_literal = memchr(r->mailbox, '[', r->mailbox_used) != NULL;
	bool is_colon = c == ':' && !has_literal;

	switch (r->place) {
	case BEFORE_BRACKETS: /* Bob B. */
		if (c == '<') {
			r->place = IN_BRACKETS;
			r->mailbox_used = 0;
		} else if (is_colon) {
			/* cooks: that was the name of a group */
			*r = (struct reading){0};
		} else if (c == '>') {
			add(r, ' '); /* bob@hamburger.edu> */
		} else {
			add(r, c);
		}
		break;
	case IN_BRACKETS: /* Bob B. <bob@ham */
		if (c == '>')
			r->place = AFTER_BRACKETS;
		else if (is_colon || c == '<')
			r->mailbox_used = 0; /* <@one,@two: that was a route; << */
		else
			add(r, c);
		break;
	case AFTER_BRACKETS: /* Bob B. <bob@hamburger.edu> */
		break;
	}
}

/* Reads as far as the comma, or the end of a group or of the list. */
static const char *read_one(struct reading *r, const char *at)
{
	*r = (struct reading){0};
	while (*at != '\0') {
		/* The letters of an encoded-word are not special. */
		size_t word = encoded_word_length(at);

		for (size_t i = 0; i < word; i++)
			add(r, at[i]);
		at += word;
		if (word > 0)
			continue;
		char c = *at;
		at++;
		if (c == '(')
			at = skip_comment(at);
		else if (c == '"')
			at = take_quoted(r, at);
		else if (c == ';' || (c == ',' && r->place != IN_BRACKETS))
			break;
		else
			take(r, c);
	}
	return at;
}

/* The octets without the blanks around them, and with a NUL. */
static char *trim(char *text, size_t length)
{
	while (length > 0 && strchr(" \t", text[length - 1]) != NULL)
		length--;
	text[length] = '\0';
	return text + strspn(text, " \t");
}

/*
 * Bob bob@hamburger.edu: without brackets the last word is the mailbox. The name has that
 * word too, perhaps with fewer quotes.
 */
static char *take_last_word(char *mailbox, char *name)
{
	char *word = mailbox + strlen(mailbox);

	while (word > mailbox && strchr(" \t", word[-1]) == NULL)
		word--;
	size_t length = strlen(name);
	name[length > strlen(word) ? length - strlen(word) : 0] = '\0';
	return word;
}

/* Makes an address of what was read; returns false if its mailbox is wrong. */
static bool take_reading(struct address *address, struct reading *r)
{
	char decoded[ADDRESS_NAME];
	char *mailbox = trim(r->mailbox, r->mailbox_used);
	char *name = trim(r->name, r->name_used);
	bool is_alone = r->place == BEFORE_BRACKETS;

	if (address_typed(address, mailbox) != NULL) {
		if (!is_alone)
			return false;
		mailbox = take_last_word(mailbox, name);
		if (address_typed(address, mailbox) != NULL)
			return false;
	} else if (is_alone) {
		return true;
	}
	encoded_word_readable(name, decoded, sizeof decoded);
	snprintf(address->name, sizeof address->name, "%s",
		trim(decoded, strlen(decoded)));
	address->has_unread = encoded_word_has_unread(address->name);
	return true;
}

const char *address_next(const char *list, struct address *address)
{
	struct reading reading;

	while (*list != '\0') {
		list = read_one(&reading, list);
		if (take_reading(address, &reading))
			return list;
	}
	return NULL;
}
