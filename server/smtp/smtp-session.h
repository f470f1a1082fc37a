/*
 * smtp-session: a server's conversation with one client, from its greeting to its
 * farewell (articles: A10-A12; RFC 5321, 3.3, 4.1.1 and 4.1.4), and the sender and the
 * recipients of the present transaction.
 */
#ifndef SMTP_SESSION_H
#define SMTP_SESSION_H

#include "smtp/envelope.h"
#include "smtp/mail-data.h"
#include "mailbox/maildir.h"
#include "wire/wire.h"

#include <stdbool.h>
#include <stdint.h>

/* What the server was told on its command line. */
struct config {
	const char *name;  /* its own, and the domain that it delivers for */
	const char *mail;  /* the folder of the mailboxes */
	const char *queue; /* for mail to other domains; NULL: refuse such mail */
	uintmax_t size;	   /* octets of the largest message */
	bool seven_bits;   /* -7: a channel of 1982 (RFC 821, 4.5.2) */
	bool lf_is_crlf;   /* -b: a bare LF ends a line, as in broken servers */
};

struct session {
	const struct config *config;
	struct wire *wire;
	bool over;		      /* nothing more is read */
	char helo[DOMAIN_OCTETS + 1]; /* "" until the client has said its name */
	bool extended;		      /* it said EHLO */
	enum {
		NO_SENDER,    /* MAIL comes first */
		NO_RECIPIENT, /* MAIL was accepted */
		RCPT_SAID     /* accepted or refused */
	} at;
	struct goal goal;	/* the sender, and the recipients, each once */
	char last[PATH_OCTETS]; /* recipient's address */
	struct mail_data incoming;
};

/* One whole conversation, for serve(); its context is a struct config. */
void smtp_session(struct wire *w, const void *config);

/*
 * The commands that open a transaction: transaction.c. Each obeys one command, given
 * the rest of its line after the verb, and says the reply; its result is in the
 * session.
 */
void transaction_helo(struct session *s, const char *argument);
void transaction_ehlo(struct session *s, const char *argument);
void transaction_mail(struct session *s, const char *argument);
void transaction_rcpt(struct session *s, const char *argument);

/* How many recipients were accepted. */
size_t transaction_recipients(const struct session *s);

/* Forgets the sender and the recipients, as RSET, HELO and the end of a message do. */
void transaction_reset(struct session *s);

/* Says 503: the command that has to come first is missing. */
void transaction_out_of_order(struct session *s, const char *first);

/* Says 501: the argument has not the form that is shown. */
void transaction_bad_argument(struct session *s, const char *form);

#endif
