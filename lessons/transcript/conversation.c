/*
 * conversation: first what the client says and what the server says, as the protocol has
 * it; then how a line gets to its side, which begins at conversation_read; and last the
 * words for when it was said.
 */
#include "transcript/conversation.h"
#include "transcript/reply.h"
#include "wire/spoken.h"

#include <ctype.h>
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* What a command of SMTP needs, and what the conversation has come to with it. */
static const struct order {
	const char *verb;
	enum stage needs, brings;
} orders[] = {
	{"HELO", STAGE_NOTHING, STAGE_HELLO},
	{"EHLO", STAGE_NOTHING, STAGE_HELLO},
	{"MAIL FROM", STAGE_HELLO, STAGE_MAIL},
	{"RCPT TO", STAGE_MAIL, STAGE_RECIPIENT},
	{"DATA", STAGE_RECIPIENT, STAGE_RECIPIENT},
	{"the message", STAGE_NOTHING, STAGE_HELLO},
};

static const struct order *order_of(const char *verb)
{
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
		if (strcmp(orders[i].verb, verb) == 0)
			return &orders[i];
	return NULL;
}

static void *checked(void *memory)
{
	if (memory == NULL)
		err(EX_OSERR, "memory");
	return memory;
}

/* The command after another one, though it has not been said yet. */
static struct command *after(struct command *command)
{
	if (command->after == NULL) {
		command->after = checked(calloc(1, sizeof *command));
		command->after->before = command;
	}
	return command->after;
}

void conversation_verb(const char *text, char *verb, size_t size)
{
	size_t n = 0;

	for (; n + 1 < size && isalpha((unsigned char)text[n]); n++)
		verb[n] = (char)toupper((unsigned char)text[n]);
	verb[n] = '\0';
	if (n == 0)
		snprintf(verb, size, SPOKEN("an unknown command"));
	else if (strcmp(verb, "MAIL") == 0)
		snprintf(verb, size, "MAIL FROM");
	else if (strcmp(verb, "RCPT") == 0)
		snprintf(verb, size, "RCPT TO");
}

/* Whether a request of HTTP/1 ends so: a blank, and the version. */
static bool ends_in_version(const char *text)
{
	const char *version = strrchr(text, ' ');

	return version != NULL && strncmp(version, " HTTP/", 6) == 0;
}

/* A command; or after a DATA that was not refused, a line of the message. */
static void client_says(struct conversation *c, struct line *line)
{
	struct command *last = c->side[CLIENT].command, *next;
	bool in_message = strcmp(last->verb, "DATA") == 0 && !last->refused;
	const struct order *order = order_of(last->verb);

	if (c->in_header) {
		line->kind = LINE_MORE;
		c->in_header = line->text[0] != '\0';
		return;
	}
	if (in_message && strcmp(line->text, ".") != 0) {
		line->kind = LINE_MESSAGE;
		return;
	}
	line->kind = in_message ? LINE_END : LINE_COMMAND;
	if (line->lines)
		return;
	if (order != NULL && !last->refused)
		c->stage = order->brings;
	if (c->protocol == PROTOCOL_UNKNOWN && ends_in_version(line->text))
		c->protocol = PROTOCOL_HTTP;
	c->in_header = c->protocol == PROTOCOL_HTTP;
	next = after(last);
	c->side[CLIENT].command = next;
	if (in_message)
		snprintf(next->verb, sizeof next->verb, SPOKEN("the message"));
	else
		conversation_verb(line->text, next->verb, sizeof next->verb);
	order = order_of(next->verb);
	line->early = order != NULL && c->stage < order->needs;
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
 * Whether a line is more of the reply before it. In POP3 lines after +OK that are not a
 * status are a text, which a dot ends.
 */
static bool is_more(struct conversation *c, const struct line *line)
{
	const char *text = line->text;
	bool more = c->goes_on;

	switch (c->protocol) {
	case PROTOCOL_HTTP:
		return c->reply != NULL && !is_http(text);
	case PROTOCOL_POP3:
		more = more || (c->reply != NULL && !is_status(text));
		c->goes_on = more && strcmp(text, ".") != 0;
		return more;
	default:
		if (!more || !line->lines)
			c->goes_on = reply_goes_on(text);
		return more;
	}
}

/* The first line of a reply, or more of it. */
static void server_says(struct conversation *c, struct line *line)
{
	struct side *server = &c->side[SERVER];

	if (c->protocol == PROTOCOL_UNKNOWN)
		c->protocol = protocol_of(line->text);
	if (is_more(c, line)) {
		line->kind = LINE_MORE;
		if (c->protocol == PROTOCOL_POP3 && !c->goes_on)
			line->kind = LINE_END;
		return;
	}
	line->kind = LINE_REPLY;
	if (line->lines) { /* replies to all that was said */
		server->command = c->side[CLIENT].command;
		return;
	}
	c->reply = line->text;
	if (server->command == NULL && c->protocol == PROTOCOL_HTTP)
		server->command = &c->greeting; /* which is not a command */
	server->command = server->command == NULL ? &c->greeting : after(server->command);
	server->command->refused = line->text[0] == '4' || line->text[0] == '5';
}

/* Whether each line of a reply has its code (RFC 5321, 4.2.1). */
static bool has_codes(const struct conversation *c)
{
	return c->protocol != PROTOCOL_HTTP && c->protocol != PROTOCOL_POP3;
}

bool conversation_in_reply(const struct conversation *c)
{
	return c->goes_on && has_codes(c);
}

/* Whether a line is kept where codes alone count. */
static bool counts(const struct conversation *c, const struct line *line)
{
	if (line->kind != LINE_MORE)
		return line->kind != LINE_MESSAGE;
	return has_codes(c) && !line->lines &&
	       (!reply_same_code(c->reply, line->text) ||
		       transcript_end(c->reply) != transcript_end(line->text));
}

/* The line that a side has begun is whole; or what there is of it, is all. */
static void end_line(struct conversation *c, int who, bool codes)
{
	struct side *side = &c->side[who];
	struct line *line = &side->begun;

	if (line->text == NULL)
		return;
	if (line->kind != LINE_EVENT && who == CLIENT)
		client_says(c, line);
	else if (line->kind != LINE_EVENT)
		server_says(c, line);
	line->command = side->command != NULL ? side->command : &c->greeting;
	if (!codes || counts(c, line)) {
		if (side->count == side->room) {
			side->room = 2 * side->room + 16;
			side->lines = checked(
				realloc(side->lines, side->room * sizeof *side->lines));
		}
		side->lines[side->count++] = *line;
	} else {
		free(line->text);
	}
	line->text = NULL;
}

/*
 * Puts the next piece of a line after one that ends in \c, for TCP knows nothing of
 * pieces; a CR and the LF after it are a line end, though they came apart. A piece with a
 * placeholder is a line: any text may be any part of one.
 */
static bool join(char **piece, const char *rest)
{
	const char *next = *piece, *from = next, *last = next;
	int unit = transcript_unit(&next), before = 0;
	size_t n;

	while (unit < TEXT_CRLF) {
		before = unit;
		last = from;
		from = next;
		unit = transcript_unit(&next);
	}
	if (unit != TEXT_NO_END || strlen(*piece) + strlen(rest) > TRANSCRIPT_TEXT)
		return false;
	if (before == '\r' && strcmp(rest, "\\n") == 0) {
		from = last;
		rest = "";
	}
	n = (size_t)(from - *piece);
	*piece = checked(realloc(*piece, n + strlen(rest) + 1));
	memcpy(*piece + n, rest, strlen(rest) + 1);
	return true;
}

/* Takes what the script has just read. */
static void take(struct conversation *c, const struct script *script, bool codes)
{
	int who = script->who == 'S' ? SERVER : CLIENT;
	struct line *line = &c->side[who].begun;

	if (script->step != STEP_SAID || line->text == NULL ||
		!join(&line->text, script->text)) {
		end_line(c, who, codes);
		*line = (struct line){.text = checked(strdup(script->text)),
			.number = script->line,
			.lines = script->step == STEP_LINES,
			.kind = LINE_EVENT};
		if (script->step == STEP_SAID || script->step == STEP_LINES)
			line->kind = LINE_COMMAND; /* or a reply, or more of one */
	}
	if (line->kind == LINE_EVENT || transcript_end(line->text) != TEXT_NO_END)
		end_line(c, who, codes);
}

void conversation_read(struct conversation *c, struct script *script, bool codes)
{
	c->file_name = script->file_name;
	c->side[CLIENT].command = &c->greeting;
	for (script_next(script); script->step != STEP_END; script_next(script))
		if (script->step != STEP_WAIT)
			take(c, script, codes);
	end_line(c, CLIENT, codes);
	end_line(c, SERVER, codes);
}

void conversation_place(const struct line *line, char *place, size_t size)
{
	const struct command *command = line->command;

	if (command->before == NULL)
		snprintf(place, size, "in the greeting");
	else
		snprintf(place, size, "after %s",
			command->verb[0] != '\0' ? command->verb : "the last command");
}

/* The moment of a line that begins something: the command itself, or the end of a message. */
static void moment_of_command(
	const struct command *command, const char *next, char *moment, size_t size)
{
	const struct command *before = command->before;
	const char *name = spoken(command->verb);

	if (before->before == NULL && next == NULL)
		snprintf(moment, size, spoken("in %s"), name);
	else if (before->before == NULL)
		snprintf(moment, size, spoken("in %s, before %s"), name, next);
	else if (next == NULL)
		snprintf(moment, size, spoken("in %s, after %s"), name,
			spoken(before->verb));
	else
		snprintf(moment, size, spoken("in %s, after %s, before %s"), name,
			spoken(before->verb), next);
}

/* The moment of a reply, or of what else comes after a command. */
static void moment_after_command(
	const struct command *command, const char *next, char *moment, size_t size)
{
	bool in_greeting = command->before == NULL;
	const char *verb = command->verb;
	const char *name = spoken(*verb != '\0' ? verb : SPOKEN("the last command"));

	if (in_greeting && next == NULL)
		snprintf(moment, size, spoken("in the greeting"));
	else if (in_greeting)
		snprintf(moment, size, spoken("in the greeting, before %s"), next);
	else if (next == NULL)
		snprintf(moment, size, spoken("after %s"), name);
	else
		snprintf(moment, size, spoken("after %s, before %s"), name, next);
}

void conversation_moment(int who, const struct line *line, char *moment, size_t size)
{
	const struct command *command = line->command;
	const char *next = NULL;

	if (command->after != NULL && command->after->verb[0] != '\0')
		next = spoken(command->after->verb);
	if (line->kind == LINE_MESSAGE)
		snprintf(moment, size, spoken("in the message, after DATA"));
	else if (who == CLIENT && command->before != NULL &&
		 (line->kind == LINE_COMMAND || line->kind == LINE_END))
		moment_of_command(command, next, moment, size);
	else
		moment_after_command(command, next, moment, size);
}
