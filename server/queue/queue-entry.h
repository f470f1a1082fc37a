/*
 * queue-entry: one message to one domain, as mail-queue takes it out of a queue (see
 * queue.h).
 */
#ifndef QUEUE_ENTRY_H
#define QUEUE_ENTRY_H

#include "smtp/envelope.h"

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>
#include <time.h>

struct queue_entry {
	const char *queue;
	const char *name;
	time_t born;
	struct envelope envelope; /* one recipient at least, all of one domain */
	FILE *file;		  /* positioned where the message begins */
	off_t message;		  /* that position */
};

/*
 * Whether the time of birth in an entry's name can be true: not before the year 2020,
 * which a clock that was never set would say, and at most a day after now. name may be
 * any text.
 */
bool queue_entry_is_dated(const char *name, time_t now);

/*
 * Opens new/name of a queue, and reads its envelope; queue and name must last. Returns
 * false, and the log says why, if the entry is damaged, and was moved to bad; or if it
 * is gone, or cannot be opened now. queue_entry_close frees what an entry holds.
 */
bool queue_entry_open(struct queue_entry *e, const char *queue, const char *name);
void queue_entry_close(struct queue_entry *e);

/*
 * Whether the message has as many octets as its envelope says. Reads all of it, and
 * moves a damaged entry to bad. Also returns false if it cannot be read now; the log
 * says so.
 */
bool queue_entry_is_whole(struct queue_entry *e);

#endif
