/*
 * smtp-dialogue: a client says a command and reads the whole reply to it (articles:
 * A11; RFC 5321, 4.2). Only the first digit of a reply decides: 2 done, 3 go on, 4 not
 * now, 5 never.
 */
#ifndef SMTP_DIALOGUE_H
#define SMTP_DIALOGUE_H

#include "smtp/outgoing.h"
#include "wire/wire.h"

/* Milliseconds to wait for each step (RFC 5321, 4.5.3.2). */
enum patience {
	FOR_GREETING = 300000,
	FOR_COMMAND = 300000,
	FOR_DATA = 120000,
	FOR_BLOCK = 180000,
	FOR_DELIVERY = 600000,
	FOR_CLOSE = 5000 /* our own: for a server that refuses half a message to close */
};

/*
 * Begin with all zero, except the wire, which the caller opens and closes. Once
 * wire.stop can be read, the conversation is given up.
 */
struct smtp_dialogue {
	struct wire wire;
	bool lost;	  /* the conversation is over: nothing more is said */
	bool out_of_step; /* because the server said something before it was asked */
	bool introduced;  /* the server has taken our EHLO or HELO */
	bool has_size;	  /* it offered after EHLO: SIZE (RFC 1870) */
	bool has_8bit;	  /* 8BITMIME (RFC 6152) */
	char code[4];	  /* of the last reply; "---" once the conversation is lost */
	char text[8192];  /* its words, all lines, safe to show; or why it was lost */
};

/*
 * Reads a whole reply, however many lines it has; all have the same code (4.2.1).
 * Returns its first digit, or 0 if the conversation is over, with the reason in
 * d->text. A reply 421 ends the conversation too (3.8).
 */
int smtp_hear(struct smtp_dialogue *d, enum patience patience);

/*
 * Says a command, formatted as printf does, and reads the reply. If octets are here
 * before the command, they cannot be its reply (2.1): the two sides are out of step.
 * Then it does not say the command, and gives up the conversation.
 */
int smtp_command(struct smtp_dialogue *d, enum patience patience, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Says who we are: EHLO, and if that is refused, HELO (3.2). With helo it only says
 * HELO. Returns the first digit of the reply, or 0.
 */
int smtp_introduce(struct smtp_dialogue *d, const char *name, bool helo);

/* Says MAIL FROM, with what the server offered: SIZE=, BODY=. Returns as above. */
int smtp_mail(struct smtp_dialogue *d, const char *from, const struct outgoing *o);

/*
 * Says RCPT TO. any: the server has accepted a recipient of this message before. Then a
 * reply 552 means "too many recipients", like 452 (4.5.3.1.10): its code becomes 452,
 * and 552 the first of its words. Returns as above.
 */
int smtp_rcpt(struct smtp_dialogue *d, const char *to, bool any);

/*
 * Says DATA, sends the message, and reads the reply to it. Returns as above. If the
 * file cannot be read to its end, it gives up the conversation without the final dot. A
 * 4xx or 5xx before the dot counts if the server then closes; any other reply before
 * the dot is out of step.
 */
int smtp_data(struct smtp_dialogue *d, const struct outgoing *o);

/*
 * Gives up the conversation: any further command returns 0, with why as the reason.
 * Returns 0.
 */
int smtp_lose(struct smtp_dialogue *d, const char *why);

#endif
