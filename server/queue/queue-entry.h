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
	struct envelope envelope; /* its recipients are all of one domain, one at least */
	FILE *file;		  /* stands where the message begins */
	off_t message;		  /* which is here */
};

/*
 * Whether the birth that an entry's name tells can be true: it is not before the year
 * 2020, as by a clock that was not set, nor more than a day after now. What is no name of
 * an entry may be anything.
 */
bool queue_entry_is_dated(const char *name, time_t now);

/*
 * Opens new/name of a queue, both of which must last, and reads its envelope. False,
 * where it is not to be had: it is damaged, and so it is in bad now; or it is gone, or
 * cannot be opened just now. The log says why. queue_entry_close gives back what an entry
 * holds.
 */
bool queue_entry_open(struct queue_entry *e, const char *queue, const char *name);
void queue_entry_close(struct queue_entry *e);

/*
 * Whether the message has as many octets as its envelope says: reads all of it, and puts
 * what is damaged into bad. False also where it cannot be read now, as the log says.
 */
bool queue_entry_is_whole(struct queue_entry *e);

#endif
