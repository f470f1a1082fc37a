/*
 * The states of a POP3 session, and the commands that lead from one to the next (articles:
 * A3; RFC 1939, 3 to 6). In AUTHORIZATION Bob says who he is; then his mailbox is locked
 * for him, which is TRANSACTION; QUIT there is UPDATE, in which what he has marked is
 * deleted. Messages have the numbers 1, 2, 3 until the end, whatever is marked.
 *
 *	C:USER bob
 *	S:+OK and the password?
 *	C:PASS I like pickles
 *	S:+OK 2 messages (320 octets)
 *	C:DELE 1
 *	S:+OK deleted, once you say QUIT
 */
#include "pop3/pop3-session.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#define DELAY	 1000 /* milliseconds, so that guessing takes its time */
#define FAILURES 3    /* and then the connection is closed */

/* USER is never refused: that would tell who has a mailbox here. */
static void user(struct pop3_session *s, const char *argument)
{
	size_t n;

	argument += strspn(argument, " ");
	for (n = strlen(argument); n > 0 && argument[n - 1] == ' ';)
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
	s->over = ++s->failures == FAILURES;
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

const struct pop3_command pop3_authorization[] = {{"USER", user}, {"PASS", pass},
	{"CAPA", pop3_capa}, {"QUIT", leave}, {"", not_yet}};

const struct pop3_command pop3_transaction[] = {{"STAT", pop3_stat}, {"LIST", pop3_list},
	{"RETR", pop3_retr}, {"DELE", dele}, {"NOOP", pop3_noop}, {"RSET", rset},
	{"TOP", pop3_top}, {"UIDL", pop3_uidl}, {"CAPA", pop3_capa}, {"QUIT", update},
	{"", unknown}};
