/*
 * pop3-states: a POP3 server's conversation with one client, from its greeting to its
 * farewell (articles: A3; RFC 1939; RFC 2449). Compare with smtp-session.h.
 */
#ifndef POP3_STATES_H
#define POP3_STATES_H

#include "mailbox/maildrop.h"
#include "mailbox/users.h"
#include "wire/wire.h"

#define POP3_LINE 255 /* octets of a command, with its CRLF (RFC 2449, 4) */

/* What the server was told on its command line. */
struct pop3_config {
	const char *name; /* its own */
	const char *mail; /* the folder of the mailboxes */
	struct users users;
};

struct pop3_session;

/* A row of a table, see verb.h: a verb, and the function that obeys it and replies. */
struct pop3_command {
	const char *verb;
	void (*obey)(struct pop3_session *, const char *argument);
};

extern const struct pop3_command pop3_authorization[], pop3_transaction[];

struct pop3_session {
	const struct pop3_config *config;
	struct wire *wire;
	const struct pop3_command *state; /* the table we are in */
	bool over;			  /* nothing more is read */
	char user[POP3_LINE]; /* the name that the client gave; "" before USER */
	unsigned failures;    /* wrong passwords */
	struct maildrop maildrop;
};

/* One whole conversation, for serve(); its context is a struct pop3_config. */
void pop3_session(struct wire *w, const void *config);

/*
 * The commands that only read: pop3-reading.c. Each obeys one command, given the rest
 * of its line after the verb and a blank, and says the reply.
 */
void pop3_stat(struct pop3_session *s, const char *argument);
void pop3_list(struct pop3_session *s, const char *argument);
void pop3_uidl(struct pop3_session *s, const char *argument);
void pop3_retr(struct pop3_session *s, const char *argument);
void pop3_top(struct pop3_session *s, const char *argument);
void pop3_noop(struct pop3_session *s, const char *argument);

/*
 * The message with that number; numbers begin with 1, and messages marked as deleted
 * keep theirs. Says -ERR, and returns NULL, if no message has the number or it is
 * marked as deleted.
 */
struct message *pop3_message(struct pop3_session *s, uintmax_t n);

/* The same for an argument that has to be a number and nothing else. */
struct message *pop3_only_message(struct pop3_session *s, const char *argument);

/* Says how many messages there are, without the deleted ones, and how large. */
void pop3_totals(struct pop3_session *s);

/* Whether the command has an argument. If it has, says -ERR. */
bool pop3_has_argument(struct pop3_session *s, const char *argument, const char *verb);

#endif
