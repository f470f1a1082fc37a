/*
 * pop3-dialogue: a client says a command and hears the reply to it (articles: A3; RFC
 * 1939, 3): +OK or -ERR. Compare with smtp-dialogue.h: there a code of three digits
 * distinguishes "not now" from "never", and shows whether more lines follow. Here both
 * depend on the command.
 */
#ifndef POP3_DIALOGUE_H
#define POP3_DIALOGUE_H

#include "wire/wire.h"

#include <stdint.h>
#include <stdio.h>
#include <sysexits.h>

#define UIDL_LIST_MOST 1000000 /* the most messages in a mailbox */

/*
 * How a command ended, and the exit status for it. If something else comes instead of a
 * reply, it is reported on stderr, and the caller must not say anything more.
 */
enum pop3_reply {
	POP3_OK = EX_OK,
	POP3_ERR = EX_UNAVAILABLE,
	POP3_LOST = EX_TEMPFAIL,  /* the connection is gone, or no reply came in time */
	POP3_STRANGE = EX_DATAERR /* what came is not a reply of POP3 */
};

/* Begin with all zero but the wire, which the caller opens and closes. */
struct pop3_dialogue {
	struct wire wire;
	const char *peer;     /* HOST:PORT, for messages */
	const char *password; /* once it was said: never shown, even in a reply */
	char verb[8];	      /* what the last command began with; "" for the greeting */
	char line[WIRE_LINE]; /* the last line that came */
};

/*
 * Whether something has come that was not asked for. If so it is reported, and the last
 * reply must not be relied on.
 */
bool pop3_out_of_step(struct pop3_dialogue *d);

/*
 * Says a command, formatted as printf does, and reads the reply. If octets are here
 * before the command, they cannot be its reply (RFC 1939, 3): the two sides are out of
 * step. Then it reports that, does not say the command, and returns POP3_LOST.
 */
enum pop3_reply pop3_command(struct pop3_dialogue *d, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Reads the greeting, and says the name and the password. Returns the exit status,
 * after a message on stderr; EX_TEMPFAIL if they are refused for now.
 */
int pop3_log_in(struct pop3_dialogue *d, const char *user, const char *password);

/*
 * Reports on stderr what went wrong, and what the server said, made safe to show, up to
 * a NUL if it has one.
 */
void pop3_tell(const struct pop3_dialogue *d, const char *what);

/* Reports in the same way that something unexpected came. Returns POP3_STRANGE. */
enum pop3_reply pop3_strange(const struct pop3_dialogue *d, const char *what);

/*
 * Reports that lines of the server end in LF alone: the end of a message, CRLF . CRLF,
 * would never come. Returns POP3_STRANGE.
 */
enum pop3_reply pop3_bare_lf(const struct pop3_dialogue *d);

/* Reports what wire_span returned instead of WIRE_GOT. Returns POP3_LOST. */
enum pop3_reply pop3_lost(const struct pop3_dialogue *d, enum wire_got got);

/* Reads a number of messages at *at, of digits alone, and moves *at past it. */
bool pop3_number(const char **at, unsigned long *n);

/*
 * The messages of a server, by names that stay the same (RFC 1939, 7). The number of a
 * message is good for one session, its unique-id for all of them: it shows today what
 * was fetched yesterday.
 *
 * The list is as long as the server likes, so it is kept in a temporary file. In memory
 * are 8 octets a line, a hash of each unique-id, to find one that comes twice: a
 * megabyte for 131,072 messages, and as much again while they are sorted. The unused
 * part of the arrays takes no memory.
 *
 * Begin with all zero. If the file fails, the program ends with a line on stderr and
 * EX_IOERR.
 */
struct uidl_list {
	FILE *lines;
	size_t count;
	uint64_t hashes[UIDL_LIST_MOST]; /* sorted, once all have been read */
	unsigned char
		numbers[UIDL_LIST_MOST / 8 + 1];     /* a bit for each that was heard, */
	unsigned char again[UIDL_LIST_MOST / 8 + 1]; /* or was heard twice */
	bool damaged;	      /* a line had no number: its message is not in the list */
	unsigned long number; /* of the present message, */
	const char *uidl;     /* and its unique-id; NULL without one of its own, */
	bool nameless;	      /* or without any */
	char line[WIRE_LINE + 24];
};

/*
 * Reads the list that follows +OK: lines of a number, a blank, and a unique-id, in any
 * order. One bad line costs its own message at most. A unique-id is not used as a name
 * if it is missing, if another message has or might have it too, or if its number has
 * two. A line without a number is reported on stderr, and skipped.
 */
enum pop3_reply uidl_list_hear(struct uidl_list *l, struct pop3_dialogue *d);

/* Goes to the next message. Returns false after the last. */
bool uidl_list_next(struct uidl_list *l);

#endif
