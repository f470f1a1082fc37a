/* pop3-session: see pop3-session.h. Its states are in pop3-states.c. */
#include "pop3/pop3-session.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool pop3_has_argument(struct pop3_session *s, const char *argument, const char *verb)
{
	bool has = argument[strspn(argument, " ")] != '\0';

	if (has)
		wire_say(s->wire, "-ERR %s takes no argument", verb);
	return has;
}

void pop3_capa(struct pop3_session *s, const char *argument)
{
	/* RESP-CODES: [IN-USE]; AUTH-RESP-CODE: [AUTH], [SYS/TEMP] (RFC 3206) */
	static const char *const capabilities[] = {"USER", "TOP", "UIDL", "PIPELINING",
		"RESP-CODES", "AUTH-RESP-CODE", "EXPIRE NEVER", "IMPLEMENTATION mail-lab",
		"."};

	if (pop3_has_argument(s, argument, "CAPA"))
		return;
	wire_say(s->wire, "+OK what is spoken here:");
	for (size_t i = 0; i < sizeof capabilities / sizeof *capabilities; i++)
		wire_say(s->wire, "%s", capabilities[i]);
}

/*
 * What to say when something else than a line has come. To who was silent too long
 * nothing is said (RFC 1939, 3), and there is no reply without a command.
 */
static void no_line(struct pop3_session *s, enum wire_got got)
{
	if (got == WIRE_BARE_LF)
		wire_say(s->wire, "-ERR end lines with CRLF");
	else if (got == WIRE_NUL)
		wire_say(s->wire, "-ERR a NUL in the line");
	else if (got == WIRE_TOO_LONG)
		wire_say(s->wire, "-ERR line too long: at most %d octets", POP3_LINE);
	else
		s->over = true;
}

/* A command is a verb in any case, and behind one blank what the verb is about. */
static void obey(struct pop3_session *s, const char *line)
{
	size_t n = strcspn(line, " ");
	const struct pop3_command *c = s->state;

	while (*c->verb != '\0' &&
		(strlen(c->verb) != n || strncasecmp(line, c->verb, n) != 0))
		c++;
	c->obey(s, line[n] == ' ' ? line + n + 1 : "");
}

void pop3_session(struct wire *w, const void *config)
{
	struct pop3_session s = {
		.config = config, .wire = w, .state = pop3_authorization};
	char line[POP3_LINE];
	size_t length;

	/* Without a timestamp in angle brackets, which would offer APOP (RFC 1939, 7). */
	wire_say(w, "+OK %s POP3 server ready", s.config->name);
	while (!s.over) {
		enum wire_got got = wire_line(w, line, sizeof line, &length);

		if (got == WIRE_GOT)
			obey(&s, line);
		else
			no_line(&s, got);
	}
	/* The farewell is still held: who hears it finds the mailbox unlocked. */
	maildrop_close(&s.maildrop);
}
