/*
 * smtp-dialogue: a client says a command and hears the whole reply to it (articles: A11;
 * RFC 5321, 4.2). Of a reply it acts on the first digit alone: 2 done, 3 go on, 4 not
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
	FOR_CLOSE = 5000 /* ours: for a server that refuses half a message, to close */
};

/*
 * Begin with all zero but the wire, which the caller opens and closes. Once wire.stop
 * can be read the conversation is given up.
 */
struct smtp_dialogue {
	struct wire wire;
	bool lost;	  /* the conversation is over: nothing more is said */
	bool out_of_step; /* for the server said something before it was asked */
	bool introduced;  /* the server has taken our EHLO or HELO */
	bool has_size;	  /* what it offers after EHLO: SIZE (RFC 1870) */
	bool has_8bit;	  /* 8BITMIME (RFC 6152) */
	char code[4];	  /* of the last reply; "---" once the conversation is lost */
	char text[8192];  /* its words, all lines, safe to show; or why it was lost */
};

/*
 * Hears a whole reply, however many lines it has, all of one code (4.2.1). Returns its
 * first digit, or 0 where the conversation is over, with the reason in d->text. After a
 * reply 421 it is over too (3.8).
 */
int smtp_hear(struct smtp_dialogue *d, enum patience patience);

/*
 * Says a command, formatted as printf does, and hears the reply to it. What is here
 * before the command is no reply to it (2.1): then the two are out of step, the command is
 * not said, and the conversation is given up.
 */
int smtp_command(struct smtp_dialogue *d, enum patience patience, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Says who we are: EHLO, and HELO where that is refused (3.2); HELO alone with helo.
 * Returns the first digit of the reply, or 0.
 */
int smtp_introduce(struct smtp_dialogue *d, const char *name, bool helo);

/* Says MAIL FROM, with what the server offered: SIZE=, BODY=. Returns as above. */
int smtp_mail(struct smtp_dialogue *d, const char *from, const struct outgoing *o);

/*
 * Says RCPT TO. any: a recipient of this message was taken before. Then 552 says that
 * there are too many, and means what 452 does (4.5.3.1.10): that becomes its code, and 552
 * the first of its words. Returns as above.
 */
int smtp_rcpt(struct smtp_dialogue *d, const char *to, bool any);

/*
 * Says DATA, sends the message, and hears what the server says to it. Returns as above;
 * where the file cannot be read to its end the conversation is given up without the final
 * dot. A 4xx or 5xx that comes before the dot counts, if the server closes after it; any
 * other reply before the dot is out of step.
 */
int smtp_data(struct smtp_dialogue *d, const struct outgoing *o);

/* Gives the conversation up: any further command is answered 0, and why. Returns 0. */
int smtp_lose(struct smtp_dialogue *d, const char *why);

#endif
