/*
 * queue: where messages wait for the server of their recipients (articles: A4, A5).
 *
 * A queue is a folder. smtp-server puts messages into it, mail-queue takes them out:
 *
 *	new/	 an entry for each message and each domain that it goes to
 *	tmp/	 entries that are being written
 *	bad/	 entries that nobody can read
 *	trigger	 a FIFO: whoever puts an entry into new writes an octet into it
 *	lock	 held by the mail-queue that serves this queue
 *
 * An entry is a file: the envelope (see envelope.h), an empty line, the message, all of
 * it in lines that end in LF. When it was born is the number that its name begins with,
 * when it is next to be tried its time of modification. It is changed only by renaming
 * another file over it, so nobody ever meets half an entry.
 */
#ifndef QUEUE_H
#define QUEUE_H

#include "smtp/envelope.h"

#include <stdint.h>
#include <stdio.h>
#include <time.h>

#define QUEUE_NAME 256 /* octets of any name in a queue, with its NUL */

/*
 * Octets that the name of an entry may have: those of a bounce have it in theirs, with
 * 25 before it, and in tmp there is "part." before either.
 */
#define QUEUE_ENTRY  225
#define QUEUE_BOUNCE 250

#define QUEUE_DAY 86400 /* seconds by which a clock may be wrong, and nobody minds */

/* Makes what is missing of a queue. Returns 0, or -1 with errno. */
int queue_make(const char *queue);

/*
 * Takes the lock, for as long as this process lives, or any that it runs. Returns 0, or
 * -1 with errno, EWOULDBLOCK where somebody else has it.
 */
int queue_lock(const char *queue);

/*
 * The trigger: a descriptor that can be read once somebody has called queue_wake, and
 * never comes to an end. -1 with errno. queue_wake is no error where nobody listens.
 */
int queue_trigger(const char *queue);
void queue_wake(const char *queue);

/*
 * A file without a name, to read and to write, on the disk of the queue: for a message of
 * which it is not known yet what becomes of it. NULL with errno.
 */
FILE *queue_spool(const char *queue);

/*
 * Takes so many octets of the disk for tmp/name, so that queue_write needs no more for an
 * entry of that size; queue_release gives them back, if they are still there. Returns 0,
 * or -1 with errno and without a file left behind.
 */
int queue_reserve(const char *queue, const char *name, uintmax_t octets);
void queue_release(const char *queue, const char *name);

/*
 * Writes an entry, tmp/name, and has it put on disk: the envelope, for which the message
 * is counted, and the message, from where its file is to its end; that has to be one that
 * can be read twice. Returns 0, or -1 with errno and without a file left behind.
 */
int queue_write(
	const char *queue, const char *name, const struct envelope *e, FILE *message);

/*
 * Each for folder/name, and each returns 0, or -1 with errno. queue_rename renames it to
 * other/as, over what is there; queue_remove removes it: that is so on disk when they
 * return 0. With -1 it may be done, and nobody knows whether it outlasts a crash: look
 * before something depends on it. queue_due says when it is next to be tried.
 */
int queue_rename(const char *queue, const char *folder, const char *name,
	const char *other, const char *as);
int queue_remove(const char *queue, const char *folder, const char *name);
int queue_due(const char *queue, const char *folder, const char *name, time_t due);

/* The domain of an address; "" where it has none. Points into the address. */
const char *queue_domain(const char *address);

#endif
