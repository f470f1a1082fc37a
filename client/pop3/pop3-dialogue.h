/*
 * pop3-dialogue: a client says a command and hears the reply to it (RFC 1939, 3): +OK or
 * -ERR (articles: A3). Compare with smtp-dialogue.h, where a code of three digits tells not now from
 * never, and whether more lines follow; here both depend on what was asked.
 */
#ifndef POP3_DIALOGUE_H
#define POP3_DIALOGUE_H

#include "wire/wire.h"

/* What comes instead of a reply is told on stderr, and then nothing more is to be said. */
enum pop3_reply {
	POP3_OK,
	POP3_ERR,
	POP3_LOST,   /* the connection is gone, or no reply came in time */
	POP3_STRANGE /* it is no reply of POP3 */
};

/* Begin with all zero but the wire, which the caller opens and closes. */
struct pop3_dialogue {
	struct wire wire;
	const char *peer;     /* HOST:PORT, to tell of it */
	const char *password; /* once it was said: never shown, be it a reply's words */
	char verb[8];	      /* what the last command began with; "" for the greeting */
	char line[WIRE_LINE]; /* the last line that came */
};

/* Hears one line of a reply, its first. */
enum pop3_reply pop3_hear(struct pop3_dialogue *d);

/* Says a command, formatted as printf does, and hears the reply to it. */
enum pop3_reply pop3_command(struct pop3_dialogue *d, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Hears the greeting and says the name and the password. Returns EX_OK; EX_UNAVAILABLE
 * where they are refused for good; EX_TEMPFAIL where it is for now, or the connection
 * was lost; EX_DATAERR for what is no reply. The reason is told on stderr.
 */
int pop3_log_in(struct pop3_dialogue *d, const char *user, const char *password);

/*
 * Hears the next line of a listing into d->line, an unstuffed one. POP3_OK: there is
 * one; *end says that it was the last, a dot, and not of the listing.
 */
enum pop3_reply pop3_listed(struct pop3_dialogue *d, bool *end);

/* Tells on stderr how the server refused the last command, made safe to show. */
void pop3_refused(const struct pop3_dialogue *d);

/* Tells on stderr that something else came than was to come. Returns POP3_STRANGE. */
enum pop3_reply pop3_strange(const struct pop3_dialogue *d, const char *what);

/* Tells what wire_span returned other than WIRE_GOT. Returns POP3_LOST. */
enum pop3_reply pop3_lost(const struct pop3_dialogue *d, enum wire_got got);

/* What to exit with: EX_OK, EX_UNAVAILABLE, EX_TEMPFAIL, EX_DATAERR. */
int pop3_status(enum pop3_reply reply);

/* Reads a number at *at, of digits alone, up to limit, and moves *at past it. */
bool pop3_number(const char **at, unsigned long limit, unsigned long *n);

#endif
