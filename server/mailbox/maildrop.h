/*
 * maildrop: what POP3 calls a mailbox (RFC 1939, 3 to 5): locked while one client reads
 * it. Its messages are numbered once, when the client logs in, and deleted only when it
 * says QUIT.
 *
 * The mailbox is that of maildir.h. Messages in new and in cur are in it, in the order
 * of their names, which begin with the time of delivery. They are never moved: the user
 * agent marks what a person has seen. A file that is not a message, or cannot be read,
 * is not listed, and so it is never deleted.
 *
 * A message takes a record of 24 octets and the name of its file: about 100 octets, at
 * most 300; so 10,000 messages take one megabyte, however long they are.
 */
#ifndef MAILDROP_H
#define MAILDROP_H

#include "wire/sha256.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAILDROP_UIDL SHA256_HEX /* octets of a unique-id, with its NUL */

struct message {
	char *path;	  /* new/NAME or cur/NAME, in the mailbox */
	uintmax_t octets; /* as they are sent, dots unstuffed */
	bool deleted;
	bool namesake; /* another message has the same name without flags */
};

/* message[0] is number 1. Begin with all zero. */
struct maildrop {
	bool open;
	int folder; /* the lock is on it */
	size_t count;
	struct message *messages;
};

enum maildrop_opened {
	MAILDROP_OPEN,
	MAILDROP_MISSING, /* no user of that name has a mailbox */
	MAILDROP_IN_USE,  /* another session has it */
	MAILDROP_TROUBLE  /* it cannot be read now */
};

/*
 * Locks the mailbox of a user under mail, and measures its messages. The lock is one of
 * flock(2): two threads of one process would share a lock of fcntl(2). It ends with the
 * descriptor, however the process ends.
 */
enum maildrop_opened maildrop_open(
	struct maildrop *m, const char *mail, const char *user);

/* How many messages there are, without the deleted ones, and their octets together. */
size_t maildrop_total(const struct maildrop *m, uintmax_t *octets);

/* The file of a message, to be closed by the caller; -1 with errno if it is gone. */
int maildrop_read(const struct maildrop *m, const struct message *message);

/*
 * The unique-id of a message (RFC 1939, 7): the same in every session, and different
 * from all others. It is the name of its file, in cur without the flags (":2," and the
 * rest). If the name is empty, or has over 63 octets, or an octet outside 0x21 to 0x7e,
 * it is the SHA-256 of the name. While several messages have the name, it is the
 * SHA-256 of new/NAME or cur/NAME with its flags.
 */
void maildrop_uidl(const struct message *message, char uidl[MAILDROP_UIDL]);

/*
 * Deletes for good the messages that are marked as deleted. Returns how many could not
 * be deleted so that it would outlast a crash.
 */
size_t maildrop_update(struct maildrop *m);

/* Unlocks it, without deleting more. It may be called for a maildrop that is not open. */
void maildrop_close(struct maildrop *m);

#endif
