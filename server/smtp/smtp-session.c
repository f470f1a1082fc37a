/* smtp-session: see smtp-session.h. From the message up to the table of commands. */
#include "smtp/smtp-session.h"
#include "smtp/transaction.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool has_argument(struct session *s, const char *argument, const char *verb)
{
	if (*argument != '\0')
		wire_say(s->wire, "501 %s takes no argument", verb);
	return *argument != '\0';
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

/* What to say, and whether to go on, when something else than a line has come. */
static void no_line(struct session *s, enum wire_got got)
{
	const char *name = s->config->name;

	s->over = got == WIRE_END || got == WIRE_TIME_OUT || got == WIRE_STOP;
	if (got == WIRE_BARE_LF)
		wire_say(s->wire, "500 end lines with CRLF");
	else if (got == WIRE_NUL)
		wire_say(s->wire, "500 a NUL in the line");
	else if (got == WIRE_TOO_LONG)
		wire_say(s->wire, "500 line too long: at most %d octets", WIRE_LINE);
	else if (got == WIRE_TIME_OUT)
		wire_say(s->wire, "421 %s waited too long, closing connection", name);
	else if (got == WIRE_STOP)
		wire_say(s->wire, "421 %s shutting down, closing connection", name);
}

/* The command DATA, once it may be said: the message, and what became of it. */
static void message(struct session *s)
{
	size_t count = s->count + s->elsewhere.count;
	struct goal goal = {.mail = s->config->mail,
		.users = s->users,
		.count = s->count,
		.queue = s->config->queue,
		.elsewhere = &s->elsewhere};
	struct received trace = {.helo = s->helo,
		.peer = s->wire->peer,
		.by = s->config->name,
		.protocol = s->extended ? "ESMTP" : "SMTP",
		.only = count == 1 ? s->to.address : NULL};
	enum wire_got got;

	memcpy(s->elsewhere.from, s->from.address, sizeof s->elsewhere.from);
	if (mail_data_begin(&s->incoming, &goal, &trace, s->config->size,
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
	if (s->count + s->elsewhere.count > 0)
		message(s);
	else if (s->tried)
		wire_say(s->wire, "554 no valid recipients");
	else
		transaction_out_of_order(s, s->sender ? "RCPT TO" : "MAIL FROM");
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

/* Who is here is nobody's business, and no error either (RFC 5321, 3.5.3). */
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

/* A command is a verb in any case, and behind a blank what the verb is about. */
static void obey(struct session *s, char *line)
{
	size_t n = strcspn(line, " "), end = strlen(line), i = 0;
	const char *argument;

	while (end > n && line[end - 1] == ' ')
		line[--end] = '\0';
	argument = line + n + strspn(line + n, " ");
	while (*commands[i].verb != '\0' &&
		(strlen(commands[i].verb) != n ||
			strncasecmp(line, commands[i].verb, n) != 0))
		i++;
	commands[i].obey(s, argument);
}

void smtp_session(struct wire *w, const void *config)
{
	struct session *s = malloc(sizeof *s);
	char line[WIRE_LINE];
	size_t length;

	if (s == NULL) {
		wire_say(w, "421 no memory for another conversation");
		return;
	}
	s->config = config;
	s->wire = w;
	w->seven_bits = s->config->seven_bits;
	w->lf_is_crlf |= s->config->lf_is_crlf;
	s->helo[0] = '\0';
	s->extended = s->over = false;
	s->elsewhere = (struct envelope){.count = 0};
	transaction_reset(s);
	wire_say(w, "220 %s", s->config->name);
	while (!s->over) {
		enum wire_got got = wire_line(w, line, sizeof line, &length);

		if (got == WIRE_GOT)
			obey(s, line);
		else
			no_line(s, got);
	}
	transaction_reset(s);
	free(s);
}
