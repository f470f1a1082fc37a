/*
 * The state AUTHORIZATION (articles: A3; RFC 1939, 4): a name, a password, and then the
 * mailbox, or the same answer whatever was wrong.
 *
 *	C:USER bob
 *	S:+OK and the password?
 *	C:PASS I like pickles
 *	S:+OK 2 messages (320 octets)
 */
#include "pop3-session.h"

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

/* The whole rest of the line is the password, blanks and all (RFC 1939, 7). */
static void pass(struct pop3_session *s, const char *argument)
{
	if (s->user[0] == '\0') {
		wire_say(s->wire, "-ERR not yet: USER first");
		return;
	}
	if (!users_know(&s->config->users, s->user, argument)) {
		refuse(s);
		return;
	}
	switch (maildrop_open(&s->maildrop, s->config->mail, s->user)) {
	case MAILDROP_OPEN:
		s->state = pop3_transaction;
		pop3_totals(s);
		break;
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
}

/* Nothing was read, so nothing is to be updated. */
static void quit(struct pop3_session *s, const char *argument)
{
	if (pop3_has_argument(s, argument, "QUIT"))
		return;
	wire_say(s->wire, "+OK %s closing connection", s->config->name);
	s->over = true;
}

static void unknown(struct pop3_session *s, const char *argument)
{
	(void)argument;
	wire_say(s->wire, "-ERR before the password only USER, PASS, CAPA and QUIT");
}

const struct pop3_command pop3_authorization[] = {{"USER", user}, {"PASS", pass},
	{"CAPA", pop3_capa}, {"QUIT", quit}, {"", unknown}};
