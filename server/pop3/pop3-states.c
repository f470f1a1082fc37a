/*
 * pop3-states: the states of a POP3 session, and the commands that lead from one to the
 * next (articles: A3; RFC 1939, 3 to 6). Begin at the end: a state in which commands are
 * taken is a table of them. In AUTHORIZATION Bob says who he is; then his mailbox is
 * locked for him, which is TRANSACTION. QUIT there is UPDATE, which takes no commands:
 * what he has marked is deleted. Messages have the numbers 1, 2, 3 until the end,
 * whatever is marked.
 *
 *	C:USER bob
 *	S:+OK and the password?
 *	C:PASS I like pickles
 *	S:+OK 2 messages (320 octets)
 *	C:DELE 1
 *	S:+OK deleted, once you say QUIT
 */
#include "pop3/pop3-states.h"
#include "wire/verb.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define DELAY	 1000 /* milliseconds, so that guessing takes its time */
#define FAILURES 3    /* and then the connection is closed */

bool pop3_has_argument(struct pop3_session *s, const char *argument, const char *verb)
{
	bool has = argument[strspn(argument, " ")] != '\0';

	if (has)
		wire_say(s->wire, "-ERR %s takes no argument", verb);
	return has;
}

/* CAPA may be said in both states (RFC 2449, 5). */
static void capa(struct pop3_session *s, const char *argument)
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

/* USER is never refused: that would show who has a mailbox here. */
static void user(struct pop3_session *s, const char *argument)
{
	size_t n;

	argument += strspn(argument, " ");
	n = strlen(argument);
	while (n > 0 && argument[n - 1] == ' ')
		n--;
	if (n == 0) {
		wire_say(s->wire, "-ERR it has to be: USER somebody");
		return;
	}
	snprintf(s->user, sizeof s->user, "%.*s", (int)n, argument);
	wire_say(s->wire, "+OK and the password?");
}

/* He is not who he says, or there is nobody of that name: which, he is not told. */
static void refuse(struct pop3_session *s)
{
	struct pollfd stop = {s->wire->stop, POLLIN, 0};

	s->user[0] = '\0';
	s->failures++;
	s->over = s->failures == FAILURES;
	wire_flush(s->wire);
	poll(&stop, 1, DELAY); /* others are served meanwhile, and TERM ends it */
	wire_say(s->wire, "-ERR [AUTH] wrong user or password");
}

/* Locks the mailbox of the user. Says why not, and returns false, where it cannot. */
static bool lock(struct pop3_session *s)
{
	switch (maildrop_open(&s->maildrop, s->config->mail, s->user)) {
	case MAILDROP_OPEN:
		return true;
	case MAILDROP_MISSING:
		wire_say(s->wire, "-ERR [SYS/PERM] you have no mailbox here");
		break;
	case MAILDROP_IN_USE:
		wire_say(s->wire, "-ERR [IN-USE] another session has the mailbox");
		break;
	case MAILDROP_TROUBLE:
		wire_say(s->wire, "-ERR [SYS/TEMP] the mailbox cannot be read now");
		break;
	}
	return false;
}

/*
 * From AUTHORIZATION to TRANSACTION, if the password is right. It is the whole rest of
 * the line, blanks and all (RFC 1939, 7).
 */
static void pass(struct pop3_session *s, const char *argument)
{
	if (s->user[0] == '\0') {
		wire_say(s->wire, "-ERR not yet: USER first");
	} else if (!users_know(&s->config->users, s->user, argument)) {
		refuse(s);
	} else if (lock(s)) {
		s->state = pop3_transaction;
		pop3_totals(s);
	}
}

/* QUIT in AUTHORIZATION: nothing was read, so nothing is to be updated. */
static void leave(struct pop3_session *s, const char *argument)
{
	if (pop3_has_argument(s, argument, "QUIT"))
		return;
	wire_say(s->wire, "+OK %s closing connection", s->config->name);
	s->over = true;
}

struct message *pop3_message(struct pop3_session *s, uintmax_t n)
{
	if (n == 0 || n > s->maildrop.count)
		wire_say(s->wire, "-ERR no such message: there are %zu",
			s->maildrop.count);
	else if (s->maildrop.messages[n - 1].deleted)
		wire_say(s->wire, "-ERR message %ju is deleted", n);
	else
		return &s->maildrop.messages[n - 1];
	return NULL;
}

/* It is only marked: the client may still lose what it was sent of it. */
static void dele(struct pop3_session *s, const char *argument)
{
	struct message *message = pop3_only_message(s, argument);

	if (message == NULL)
		return;
	message->deleted = true;
	wire_say(s->wire, "+OK deleted, once you say QUIT");
}

static void rset(struct pop3_session *s, const char *argument)
{
	if (pop3_has_argument(s, argument, "RSET"))
		return;
	for (size_t i = 0; i < s->maildrop.count; i++)
		s->maildrop.messages[i].deleted = false;
	pop3_totals(s);
}

/*
 * QUIT in TRANSACTION is the only way to UPDATE. A connection that ends in any other way
 * deletes nothing.
 */
static void update(struct pop3_session *s, const char *argument)
{
	size_t failed;

	if (pop3_has_argument(s, argument, "QUIT"))
		return;
	failed = maildrop_update(&s->maildrop);
	if (failed == 0)
		wire_say(s->wire, "+OK %s closing connection", s->config->name);
	else
		wire_say(s->wire, "-ERR messages that could not be deleted: %zu", failed);
	s->over = true;
}

static void not_yet(struct pop3_session *s, const char *argument)
{
	(void)argument;
	wire_say(s->wire, "-ERR before the password only USER, PASS, CAPA and QUIT");
}

static void unknown(struct pop3_session *s, const char *argument)
{
	(void)argument;
	wire_say(s->wire, "-ERR no such command now: CAPA lists them");
}

const struct pop3_command pop3_authorization[] = {
	{"USER", user}, {"PASS", pass}, {"CAPA", capa}, {"QUIT", leave}, {"", not_yet}};

const struct pop3_command pop3_transaction[] = {{"STAT", pop3_stat}, {"LIST", pop3_list},
	{"RETR", pop3_retr}, {"DELE", dele}, {"NOOP", pop3_noop}, {"RSET", rset},
	{"TOP", pop3_top}, {"UIDL", pop3_uidl}, {"CAPA", capa}, {"QUIT", update},
	{"", unknown}};

/* A command is a verb in any case; after one blank comes what the verb is about. */
static void obey(struct pop3_session *s, const char *line)
{
	size_t row = verb_row(s->state, sizeof *s->state, line, strncasecmp);

	s->state[row].obey(s, verb_argument(line));
}

/*
 * What to say when something else than a line has come. Nothing is said to a client that
 * was silent too long (RFC 1939, 3), and there is no reply without a command.
 */
static void no_line(struct pop3_session *s, enum wire_got got)
{
	switch (got) {
	case WIRE_BARE_LF:
	case WIRE_NUL:
		wire_say(s->wire, "-ERR %s", wire_why(got));
		break;
	case WIRE_TOO_LONG:
		wire_say(s->wire, "-ERR line too long: at most %d octets", POP3_LINE);
		break;
	default:
		s->over = true;
	}
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
	/*
	 * The farewell is still held: once the client reads it, the mailbox is
	 * unlocked.
	 */
	maildrop_close(&s.maildrop);
}
