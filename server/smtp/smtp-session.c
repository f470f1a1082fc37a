/*
 * smtp-session: the loop that reads commands, at the end, above it the table of them,
 * and those that end a transaction. Begin with smtp_session. The commands that open one
 * are in transaction.c.
 */
#include "smtp/smtp-session.h"
#include "wire/verb.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Says 501 where there is an argument, and returns whether there is. */
static bool has_argument(struct session *s, const char *argument, const char *verb)
{
	bool has = *argument != '\0';

	if (has)
		wire_say(s->wire, "501 %s takes no argument", verb);
	return has;
}

/* Takes the message up to its end, whatever becomes of it. */
static enum wire_got receive(struct session *s)
{
	bool whole = false;

	while (!whole) {
		const char *octets;
		size_t n;
		enum wire_got got = wire_span(s->wire, &octets, &n);

		if (got != WIRE_GOT)
			return got;
		wire_took(s->wire, mail_data_take(&s->incoming, octets, n, &whole));
	}
	return WIRE_GOT;
}

/* What to say when something else than a line has come: 500, or 421 and the end. */
static void no_line(struct session *s, enum wire_got got)
{
	const char *name = s->config->name;

	switch (got) {
	case WIRE_TOO_LONG:
		wire_say(s->wire, "500 line too long: at most %d octets", WIRE_LINE);
		return;
	case WIRE_TIME_OUT:
		wire_say(s->wire, "421 %s waited too long, closing connection", name);
		break;
	case WIRE_STOP:
		wire_say(s->wire, "421 %s shutting down, closing connection", name);
		break;
	case WIRE_END:
		break;
	default:
		wire_say(s->wire, "500 %s", wire_why(got));
		return;
	}
	s->over = true;
}

/* The command DATA, once it may be said: the message, and what became of it. */
static void message(struct session *s)
{
	struct received trace = {.helo = s->helo,
		.peer = s->wire->peer,
		.by = s->config->name,
		.protocol = s->extended ? "ESMTP" : "SMTP",
		.only = transaction_recipients(s) == 1 ? s->last : NULL};
	enum wire_got got;

	if (mail_data_begin(&s->incoming, &s->goal, &trace, s->config->size,
		    s->config->seven_bits) < 0) {
		wire_say(s->wire, "452 no room for it now, try again later");
		return;
	}
	wire_say(s->wire, "354 Enter mail, end with \".\" on a line by itself");
	got = receive(s);
	if (got == WIRE_GOT) {
		wire_say(s->wire, "%s", mail_data_end(&s->incoming));
		transaction_reset(s);
	} else {
		mail_data_abandon(&s->incoming);
		no_line(s, got);
	}
}

static void data(struct session *s, const char *argument)
{
	if (has_argument(s, argument, "DATA"))
		return;
	if (transaction_recipients(s) > 0)
		message(s);
	else if (s->at == RCPT_SAID)
		wire_say(s->wire, "554 no valid recipients");
	else
		transaction_out_of_order(s, s->at == NO_SENDER ? "MAIL FROM" : "RCPT TO");
}

static void rset(struct session *s, const char *argument)
{
	if (has_argument(s, argument, "RSET"))
		return;
	transaction_reset(s);
	wire_say(s->wire, "250 forgotten");
}

static void noop(struct session *s, const char *argument)
{
	(void)argument;
	wire_say(s->wire, "250 OK");
}

/*
 * Strangers must not learn who has a mailbox; asking is not an error (RFC 5321, 3.5.3).
 */
static void vrfy(struct session *s, const char *argument)
{
	if (*argument == '\0')
		transaction_bad_argument(s, "VRFY somebody");
	else
		wire_say(s->wire, "252 send it and you will see");
}

static void help(struct session *s, const char *argument)
{
	(void)argument;
	wire_say(s->wire,
		"214 HELO EHLO MAIL RCPT DATA RSET NOOP QUIT VRFY HELP: RFC 5321");
}

static void quit(struct session *s, const char *argument)
{
	if (has_argument(s, argument, "QUIT"))
		return;
	wire_say(s->wire, "221 %s closing connection", s->config->name);
	s->over = true;
}

static void unknown(struct session *s, const char *argument)
{
	(void)argument;
	wire_say(s->wire, "500 no such command: HELP lists them");
}

static const struct {
	const char *verb;
	void (*obey)(struct session *, const char *argument);
} commands[] = {{"HELO", transaction_helo}, {"EHLO", transaction_ehlo},
	{"MAIL", transaction_mail}, {"RCPT", transaction_rcpt}, {"DATA", data},
	{"RSET", rset}, {"NOOP", noop}, {"VRFY", vrfy}, {"HELP", help}, {"QUIT", quit},
	{"", unknown}};

/*
 * A browser can be made to send a letter: each line of a request of HTTP is refused, until
 * what the page has put into it are commands. So whoever begins with a method of HTTP, or
 * with any word and a version of HTTP at the end, is not heard any further.
 */
static bool is_http(const char *line)
{
	static const struct {
		const char *verb;
	} methods[] = {{"GET"}, {"HEAD"}, {"POST"}, {"PUT"}, {"DELETE"}, {"CONNECT"},
		{"OPTIONS"}, {"TRACE"}, {"PATCH"}, {""}};
	const char *version = strrchr(line, ' ');

	if (version != NULL && strncasecmp(version, " HTTP/", 6) == 0)
		return true;
	if (strncasecmp(line, "Host:", 5) == 0)
		return true; /* what comes after a request line that is too long */
	return *methods[verb_row(methods, sizeof *methods, line, strncasecmp)].verb != 0;
}

static void refuse_http(struct session *s)
{
	wire_say(s->wire, "554 %s speaks SMTP, not HTTP: closing connection",
		s->config->name);
	s->over = true;
}

/* A command is a verb in any case; blanks around its argument say nothing. */
static void obey(struct session *s, char *line)
{
	size_t row = verb_row(commands, sizeof *commands, line, strncasecmp);
	size_t end = strlen(line);
	const char *argument;

	while (end > 0 && line[end - 1] == ' ')
		end--;
	line[end] = '\0';
	argument = verb_argument(line);
	commands[row].obey(s, argument + strspn(argument, " "));
}

void smtp_session(struct wire *w, const void *config)
{
	struct session *s = malloc(sizeof *s);
	char line[WIRE_LINE];
	size_t length;
	bool first = true;

	if (s == NULL) {
		wire_say(w, "421 no memory for another conversation");
		return;
	}
	s->config = config;
	s->wire = w;
	w->seven_bits = s->config->seven_bits;
	if (s->config->lf_is_crlf)
		w->lf_is_crlf = true; /* as it is on a terminal anyway */
	s->helo[0] = '\0';
	s->extended = false;
	s->over = false;
	s->goal.mail = s->config->mail;
	s->goal.queue = s->config->queue;
	s->goal.elsewhere = (struct envelope){.count = 0};
	transaction_reset(s);
	wire_say(w, "220 %s", s->config->name);
	while (!s->over) {
		enum wire_got got = wire_line(w, line, sizeof line, &length);

		if (first && (got == WIRE_GOT || got == WIRE_BARE_LF) && is_http(line))
			refuse_http(s);
		else if (got == WIRE_GOT)
			obey(s, line);
		else
			no_line(s, got);
		first = first && (got != WIRE_GOT || length == 0); /* no command yet */
	}
	transaction_reset(s);
	free(s);
}
