/*
 * redact: a table of the words before a secret, and how much of a line is hidden. Begin
 * with redact_seen. Where a secret is said: RFC 1939, 7 (PASS, APOP), RFC 4954, 4 and
 * RFC 5034, 4 (AUTH), RFC 9110, 11 (Authorization) and RFC 6265, 4 (Cookie).
 *
 *	$ wiretap -m -l localhost:1111 localhost:1110
 */
#include "wiretap/redact.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define MECHANISM 20 /* octets of its name (RFC 4422, 3.1) */

/* What a line with a secret begins with, and which side says it. */
static const struct secret {
	char who;
	const char *name;
	bool field; /* of a header section */
} secrets[] = {
	{'C', "PASS", false},
	{'C', "APOP", false},
	{'C', "AUTH", false},
	{'C', "Authorization", true},
	{'C', "Proxy-Authorization", true},
	{'C', "Cookie", true},
	{'S', "Set-Cookie", true},
};

/* Whether text begins with this name, and the name ends there. */
static bool begins(const char *text, const char *name)
{
	size_t n = strlen(name);

	return strncasecmp(text, name, n) == 0 && !isalnum((unsigned char)text[n]) &&
	       text[n] != '-';
}

/* How many octets of "AUTH mechanism secret" may be seen. */
static size_t seen_of_auth(const char *text)
{
	size_t seen = strlen("AUTH"), name;

	if (text[seen] == ' ')
		seen++;
	name = strspn(text + seen, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "abcdefghijklmnopqrstuvwxyz0123456789-_");
	if (name > MECHANISM || strcspn(text + seen + name, " ") > 0)
		return seen; /* no name, so it may be a secret */
	return seen + name + strspn(text + seen + name, " ");
}

/* How many octets may be seen of a text that begins a line. */
static size_t seen_of_line(struct redact *r, char who, const char *text)
{
	struct redact_side *side = who == 'S' ? &r->server : &r->client;
	size_t blanks = strspn(text, " ");
	const char *line = text + blanks;
	bool folded = side->field && (blanks > 0 || strncmp(line, "\\x09", 4) == 0);

	if ((who == 'C' && r->answers) || folded)
		return 0;
	side->field = false;
	for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
		size_t seen = strlen(secrets[i].name);

		if (secrets[i].who != who || !begins(line, secrets[i].name))
			continue;
		side->field = secrets[i].field;
		r->answers = strcmp(secrets[i].name, "AUTH") == 0;
		if (r->answers)
			return blanks + seen_of_auth(line);
		return blanks + seen + strspn(line + seen, ": ");
	}
	return strlen(text);
}

/* Whether the server asks for more: 334, in POP3 a plus sign alone, or with a blank. */
static bool is_challenge(const char *text)
{
	return strncmp(text, "334", 3) == 0 ||
	       (text[0] == '+' && (text[1] == ' ' || text[1] == '\\' || text[1] == '\0'));
}

size_t redact_seen(struct redact *r, char who, const char *text, bool ends)
{
	struct redact_side *side = who == 'S' ? &r->server : &r->client;
	size_t n = strlen(text), seen = n;

	switch (side->at) {
	case LINE_IS_NEW:
		seen = seen_of_line(r, who, text);
		side->at = seen < n ? LINE_IS_SECRET : LINE_IS_SEEN;
		if (who == 'S')
			r->answers = is_challenge(text);
		break;
	case LINE_IS_SEEN:
		break;
	case LINE_IS_SECRET:
		seen = 0;
		break;
	}
	if (ends)
		side->at = LINE_IS_NEW;
	return seen;
}
