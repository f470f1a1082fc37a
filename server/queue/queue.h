/*
 * queue: where messages wait for the server of their recipients (articles: A4, A5).
 *
 * A queue is a folder. smtp-server puts messages into it, mail-queue takes them out:
 *
 *	new/	 an entry for each message and each domain that it goes to
 *	tmp/	 entries that are being written
 *	bad/	 entries that nobody can read
 *	trigger	 a FIFO: a program that puts an entry into new writes an octet into it
 *	lock	 held by the mail-queue that serves this queue
 *
 * An entry is a file: the envelope (see envelope.h), an empty line, and the message, in
 * lines that end in LF. Its name begins with the time of its birth. Its time of
 * modification is the time of the next try. It is changed only by renaming another file
 * over it, so nobody ever finds half an entry.
 */
#ifndef QUEUE_H
#define QUEUE_H

#include "smtp/envelope.h"

#include <stdint.h>
#include <stdio.h>
#include <time.h>

#define QUEUE_NAME 256 /* octets of any name in a queue, with its NUL */

/*
 * The longest name of an entry. The name of a bounce is 25 octets and the name of its
 * entry, and in tmp both have "part." before them.
 */
#define QUEUE_ENTRY  225
#define QUEUE_BOUNCE 250

#define QUEUE_DAY 86400 /* seconds by which a clock may be wrong without harm */

/* Makes the missing parts of a queue. Returns 0, or -1 with errno. */
int queue_make(const char *queue);

/*
 * Takes the lock, for as long as this process lives, or any that it runs. Returns 0, or
 * -1 with errno: EWOULDBLOCK if another process has it.
 */
int queue_lock(const char *queue);

/*
 * queue_trigger returns a descriptor that can be read once a program has called
 * queue_wake, and that never ends; or -1 with errno. queue_wake may be called when
 * nobody listens.
 */
int queue_trigger(const char *queue);
void queue_wake(const char *queue);

/*
 * Returns a file without a name, to read and to write, on the disk of the queue; NULL
 * with errno. It holds a message whose destination is not known yet.
 */
FILE *queue_spool(const char *queue);

/*
 * queue_reserve takes so many octets of the disk for tmp/name, so that queue_write
 * needs no more for an entry of that size; queue_release gives them back, if they are
 * still there. Returns 0, or -1 with errno; then it has removed the file.
 */
int queue_reserve(const char *queue, const char *name, uintmax_t octets);
void queue_release(const char *queue, const char *name);

/*
 * Writes an entry, tmp/name, and puts it on disk: the envelope, with the size of the
 * message, and the message, from the present position of its file to its end. The file
 * has to be one that can be read twice. Returns 0, or -1 with errno; then it has
 * removed the entry.
 */
int queue_write(
	const char *queue, const char *name, const struct envelope *e, FILE *message);

/*
 * These act on folder/name, and return 0, or -1 with errno. queue_rename renames it to
 * other/as, and replaces what is there; queue_remove removes it. After 0 the change is
 * on disk. After -1 it may have been made, and may or may not outlast a crash: look
 * before something depends on it. queue_due sets the time of the next try.
 */
int queue_rename(const char *queue, const char *folder, const char *name,
	const char *other, const char *as);
int queue_remove(const char *queue, const char *folder, const char *name);
int queue_due(const char *queue, const char *folder, const char *name, time_t due);

/* The domain of an address, or "". Points into the address. */
const char *queue_domain(const char *address);

#endif
