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
	char name[256];
	time_t born;
	struct envelope envelope; /* its recipients are all of one domain, one at least */
	FILE *file;		  /* stands where the message begins */
	off_t message;		  /* which is here */
};

enum queue_entry_found {
	ENTRY_GOOD,
	ENTRY_DAMAGED, /* and so it is in bad now, and the log says why */
	ENTRY_LATER    /* it is gone, or cannot be opened just now; the log says why */
};

/*
 * Opens new/name of a queue, whose name must last, and reads its envelope.
 * queue_entry_close gives back what an entry that is good holds.
 */
enum queue_entry_found queue_entry_open(
	struct queue_entry *e, const char *queue, const char *name);
void queue_entry_close(struct queue_entry *e);

/*
 * Whether the message has as many octets as its envelope says: reads all of it, and puts
 * what is damaged into bad.
 */
bool queue_entry_is_whole(struct queue_entry *e);

#endif
