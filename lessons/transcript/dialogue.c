/*
 * dialogue: first the commands, then what the client says and what the server says, as
 * the protocol has it, and last the words for when it was. Begin at dialogue_follow.
 */
#include "transcript/dialogue.h"
#include "transcript/reply.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define VERB 12 /* letters of a verb, at the most */

/* Reply 0 is the greeting, which HTTP has not. */
static size_t greetings(const struct dialogue *d)
{
	return d->protocol == PROTOCOL_HTTP ? 0 : 1;
}

/* The n-th command, for which there is room from then on, or NULL. */
static struct command *command(struct dialogue *d, size_t n)
{
	size_t room = n + n / 2 + 16;
	struct command *all;

	if (n < d->room)
		return &d->command[n];
	all = realloc(d->command, room * sizeof *all);
	if (all == NULL)
		return NULL;
	memset(all + d->room, 0, (room - d->room) * sizeof *all);
	d->command = all;
	d->room = room;
	return &d->command[n];
}

/* Whether a command is one of two words, with any number of blanks between them. */
static bool is_named(const char *text, const char *first, const char *second)
{
	size_t n = strlen(first);

	return strncasecmp(text, first, n) == 0 &&
	       strncasecmp(text + n + strspn(text + n, " "), second, strlen(second)) == 0;
}

void dialogue_verb(const char *text, char *verb, size_t size)
{
	const char *known = "an unknown command";
	size_t n = 0;

	while (isalpha((unsigned char)text[n]))
		n++;
	if (is_named(text, "MAIL", "FROM"))
		known = "MAIL FROM";
	else if (is_named(text, "RCPT", "TO"))
		known = "RCPT TO";
	else if (n > 0 && n <= VERB) {
		snprintf(verb, size, "%.*s", (int)n, text);
		for (char *p = verb; *p != '\0'; p++)
			*p = (char)toupper((unsigned char)*p);
		return;
	}
	snprintf(verb, size, "%s", known);
}

/* What the conversation has come to with a command, if it is not refused. */
static enum stage brings(const char *verb, enum stage before)
{
	if (strcmp(verb, "HELO") == 0 || strcmp(verb, "EHLO") == 0 ||
		strcmp(verb, "the message") == 0)
		return STAGE_HELLO;
	if (strcmp(verb, "MAIL FROM") == 0)
		return STAGE_MAIL;
	return strcmp(verb, "RCPT TO") == 0 ? STAGE_RECIPIENT : before;
}

static enum stage needs(const char *verb)
{
	if (strcmp(verb, "MAIL FROM") == 0)
		return STAGE_HELLO;
	if (strcmp(verb, "RCPT TO") == 0)
		return STAGE_MAIL;
	return strcmp(verb, "DATA") == 0 ? STAGE_RECIPIENT : STAGE_NOTHING;
}

/* Whether a request of HTTP/1 ends so: a blank, and the version. */
static bool ends_in_version(const char *text)
{
	const char *version = strrchr(text, ' ');

	return version != NULL && strncmp(version, " HTTP/", 6) == 0 &&
	       version[6] != '\0' &&
	       strspn(version + 6, "0123456789.") == strlen(version + 6);
}

/* A command; or after a DATA that was not refused, a line of the message. */
static bool client_says(struct dialogue *d, struct line *line)
{
	struct command *last = command(d, d->commands), *next;
	bool in_message;

	if (last == NULL)
		return false;
	in_message = strcmp(last->verb, "DATA") == 0 && !last->refused;
	if (d->in_header) {
		line->kind = LINE_HEADER;
		d->in_header = line->text[0] != '\0';
		return true;
	}
	if (in_message && strcmp(line->text, ".") != 0) {
		line->kind = LINE_MESSAGE;
		return true;
	}
	if (line->lines) {
		line->kind = LINE_LINES;
		return true;
	}
	if (!last->refused)
		d->stage = brings(last->verb, d->stage);
	if (ends_in_version(line->text))
		d->protocol = PROTOCOL_HTTP;
	d->in_header = d->protocol == PROTOCOL_HTTP;
	d->commands++;
	next = command(d, d->commands);
	if (next == NULL)
		return false;
	dialogue_verb(line->text, next->verb, sizeof next->verb);
	line->early = d->stage < needs(next->verb);
	line->kind = in_message ? LINE_END : LINE_COMMAND;
	if (in_message)
		snprintf(next->verb, sizeof next->verb, "the message");
	return true;
}

static bool is_status(const char *text)
{
	return strncmp(text, "+OK", 3) == 0 || strncmp(text, "-ERR", 4) == 0;
}

static bool is_http(const char *text)
{
	return strncmp(text, "HTTP/", 5) == 0;
}

static enum protocol protocol_of(const char *text)
{
	if (is_http(text))
		return PROTOCOL_HTTP;
	if (is_status(text))
		return PROTOCOL_POP3;
	return strspn(text, "0123456789") >= 3 ? PROTOCOL_SMTP : PROTOCOL_UNKNOWN;
}

/*
 * Whether a line is more of the reply before it. In POP3 what follows +OK and is no
 * status is a text, which a dot ends.
 */
static bool is_more(struct dialogue *d, const struct line *line)
{
	const char *text = line->text;
	bool more = d->more != MORE_NO;

	switch (d->protocol) {
	case PROTOCOL_HTTP:
		d->more = MORE_YES;
		return more && !is_http(text);
	case PROTOCOL_POP3:
		more = d->more == MORE_YES || (more && !is_status(text));
		if (more)
			d->more = strcmp(text, ".") == 0 ? MORE_NO : MORE_YES;
		else
			d->more = strncmp(text, "+OK", 3) == 0 ? MORE_MAYBE : MORE_NO;
		return more;
	default:
		if (!more || !line->lines)
			d->more = reply_goes_on(text) ? MORE_YES : MORE_NO;
		return more;
	}
}

/* The first line of a reply, or more of it. */
static bool server_says(struct dialogue *d, struct line *line)
{
	struct command *answered;

	if (d->protocol == PROTOCOL_UNKNOWN)
		d->protocol = protocol_of(line->text);
	if (is_more(d, line)) {
		line->kind = LINE_MORE;
		if (d->protocol == PROTOCOL_POP3 && d->more == MORE_NO)
			line->kind = LINE_END;
		return true;
	}
	if (line->lines) {
		line->kind = LINE_LINES;
		d->replies = d->commands + greetings(d);
		return true;
	}
	line->kind = LINE_REPLY;
	d->reply = line->text;
	d->replies++;
	answered = command(d, d->replies - greetings(d));
	if (answered == NULL)
		return false;
	answered->refused = line->text[0] == '4' || line->text[0] == '5';
	return true;
}

bool dialogue_follow(struct dialogue *d, int who, struct line *line)
{
	bool ok = true;

	if (line->kind != LINE_EVENT)
		ok = who == CLIENT ? client_says(d, line) : server_says(d, line);
	line->step = d->commands;
	if (who == SERVER)
		line->step = d->replies > greetings(d) ? d->replies - greetings(d) : 0;
	return ok;
}

bool dialogue_in_reply(const struct dialogue *d)
{
	return d->more == MORE_YES && d->protocol != PROTOCOL_HTTP &&
	       d->protocol != PROTOCOL_POP3;
}

void dialogue_free(struct dialogue *d)
{
	free(d->command);
}

static const char *verb(const struct dialogue *d, size_t n)
{
	return n < d->room ? d->command[n].verb : "";
}

void dialogue_place(
	const struct dialogue *d, const struct line *line, char *place, size_t size)
{
	const char *command = verb(d, line->step);

	if (line->step == 0)
		snprintf(place, size, "in the greeting");
	else
		snprintf(place, size, "after %s",
			*command != '\0' ? command : "the last command");
}

void dialogue_moment(const struct dialogue *d, int side, const struct line *line,
	char *moment, size_t size)
{
	size_t n = line->step;
	char words[64];

	if (line->kind == LINE_MESSAGE) {
		snprintf(moment, size, "in the message, after DATA");
		return;
	}
	if (side == SERVER)
		dialogue_place(d, line, words, sizeof words);
	else if (n == 0)
		snprintf(words, sizeof words, "at the beginning");
	else if (line->kind != LINE_COMMAND && line->kind != LINE_END)
		snprintf(words, sizeof words, "after %s", verb(d, n));
	else if (n == 1)
		snprintf(words, sizeof words, "in %s", verb(d, n));
	else
		snprintf(words, sizeof words, "in %s, after %s", verb(d, n),
			verb(d, n - 1));
	if (*verb(d, n + 1) == '\0')
		snprintf(moment, size, "%s", words);
	else
		snprintf(moment, size, "%s, before %s", words, verb(d, n + 1));
}
