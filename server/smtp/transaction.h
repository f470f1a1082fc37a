/*
 * transaction: the commands that open one (articles: A11, A12; RFC 5321, 3.3 and
 * 4.1.1). They are obeyed here; what they leave is in the session.
 */
#ifndef TRANSACTION_H
#define TRANSACTION_H

#include "smtp/smtp-session.h"

/* Each obeys one command, given what stands behind its verb, and says the reply. */
void transaction_helo(struct session *s, const char *argument);
void transaction_ehlo(struct session *s, const char *argument);
void transaction_mail(struct session *s, const char *argument);
void transaction_rcpt(struct session *s, const char *argument);

/* Forgets the sender and the recipients, as RSET, HELO and the end of a message do. */
void transaction_reset(struct session *s);

/* Says 503: the command that has to come first is missing. */
void transaction_out_of_order(struct session *s, const char *first);

/* Says 501: the argument does not have the form that is told. */
void transaction_bad_argument(struct session *s, const char *form);

#endif
