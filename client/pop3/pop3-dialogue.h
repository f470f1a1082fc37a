/*
 * pop3-dialogue: a client says a command and hears the reply to it (articles: A3; RFC
 * 1939, 3): +OK or -ERR. Compare with smtp-dialogue.h, where a code of three digits tells
 * not now from never, and whether more lines follow; here both depend on what was asked.
 */
#ifndef POP3_DIALOGUE_H
#define POP3_DIALOGUE_H

#include "wire/wire.h"

#include <stdint.h>
#include <stdio.h>
#include <sysexits.h>

#define UIDL_LIST_MOST 1000000 /* messages of a mailbox; more are no mailbox */

/*
 * What came of a command, and what to exit with for that. What comes instead of a reply
 * is told on stderr, and then nothing more is to be said.
 */
enum pop3_reply {
	POP3_OK = EX_OK,
	POP3_ERR = EX_UNAVAILABLE,
	POP3_LOST = EX_TEMPFAIL,  /* the connection is gone, or no reply came in time */
	POP3_STRANGE = EX_DATAERR /* it is no reply of POP3 */
};

/* Begin with all zero but the wire, which the caller opens and closes. */
struct pop3_dialogue {
	struct wire wire;
	const char *peer;     /* HOST:PORT, to tell of it */
	const char *password; /* once it was said: never shown, be it a reply's words */
	char verb[8];	      /* what the last command began with; "" for the greeting */
	char line[WIRE_LINE]; /* the last line that came */
};

/*
 * Whether something has come that was not asked for, which is told: then nothing that was
 * heard last is to be relied on.
 */
bool pop3_out_of_step(struct pop3_dialogue *d);

/*
 * Says a command, formatted as printf does, and hears the reply to it. What is here
 * before the command is no reply to it (RFC 1939, 3): then the two are out of step, that
 * is told, and the command is not said: POP3_LOST.
 */
enum pop3_reply pop3_command(struct pop3_dialogue *d, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Hears the greeting and says the name and the password. Returns what to exit with;
 * EX_TEMPFAIL where they are refused for now. The reason is told on stderr.
 */
int pop3_log_in(struct pop3_dialogue *d, const char *user, const char *password);

/*
 * Tells on stderr what is the matter, and what the server said, made safe to show, up to
 * a NUL if there is one.
 */
void pop3_tell(const struct pop3_dialogue *d, const char *what);

/* Tells so that something else came than was to come. Returns POP3_STRANGE. */
enum pop3_reply pop3_strange(const struct pop3_dialogue *d, const char *what);

/*
 * Tells that lines of the server end in LF alone: the end of a message, CRLF . CRLF, would
 * be waited for in vain. Returns POP3_STRANGE.
 */
enum pop3_reply pop3_bare_lf(const struct pop3_dialogue *d);

/* Tells what wire_span returned other than WIRE_GOT. Returns POP3_LOST. */
enum pop3_reply pop3_lost(const struct pop3_dialogue *d, enum wire_got got);

/* Reads a number of messages at *at, of digits alone, and moves *at past it. */
bool pop3_number(const char **at, unsigned long *n);

/*
 * What a server has, by names that stay (RFC 1939, 7). A message's number is good for one
 * session, its unique-id for all of them: so what was fetched yesterday is known today.
 *
 * The list is as long as the server likes, so it is kept in a temporary file; in memory
 * are 8 octets a line, of the hash of each unique-id, by which one that is there twice is
 * found: a megabyte for 131,072 messages, and as much again while they are sorted. What
 * is not used of the arrays takes no memory.
 *
 * Begin with all zero. Where the file fails the program ends with a line on stderr and
 * EX_IOERR.
 */
struct uidl_list {
	FILE *lines;
	size_t count;
	uint64_t hashes[UIDL_LIST_MOST]; /* in their order, once all have been heard */
	unsigned char
		numbers[UIDL_LIST_MOST / 8 + 1];     /* a bit for each that was heard, */
	unsigned char again[UIDL_LIST_MOST / 8 + 1]; /* or was heard twice */
	bool damaged;	      /* a line told nothing: its message is not in the list */
	unsigned long number; /* of the message in hand, */
	const char *uidl;     /* and its unique-id; NULL where it has none of its own, */
	bool nameless;	      /* or none at all */
	char line[WIRE_LINE + 24];
};

/*
 * Hears the list that follows +OK: lines of a number, a blank, and a unique-id, in any
 * order. One bad line costs its own message at most: a unique-id that is missing, or that
 * another message has or might have, or one of two for one number, is no name; a line
 * without a number is told on stderr, and passed over.
 */
enum pop3_reply uidl_list_hear(struct uidl_list *l, struct pop3_dialogue *d);

/* Takes the next of them in hand. Returns false after the last. */
bool uidl_list_next(struct uidl_list *l);

#endif
