/*
 * enqueue: a message for other domains becomes an entry of the queue for each domain
 * (articles: A4, A5; RFC 5321, 4.2.5). Without such recipients every function does
 * nothing and succeeds.
 */
#ifndef ENQUEUE_H
#define ENQUEUE_H

#include "mailbox/maildir.h"
#include "smtp/envelope.h"

#include <stdio.h>

/* The fields are enqueue's own. */
struct enqueue {
	const char *queue;
	const struct envelope *envelope;
	FILE *message;		 /* NULL: not open */
	size_t entries;		 /* entries that may be in tmp or in new */
	char name[MAILDIR_NAME]; /* of the entries, without their number */
};

/*
 * Begins a message. queue and e must last until enqueue_commit or enqueue_abandon; the
 * names of the entries contain host. Returns 0, or -1 with errno.
 */
int enqueue_begin(
	struct enqueue *q, const char *queue, const struct envelope *e, const char *host);

/* Adds n octets, whose lines end in LF. Returns 0, or -1 with errno. */
int enqueue_write(struct enqueue *q, const char *octets, size_t n);

/*
 * Writes the entries, one for each domain among the recipients, and puts them on disk;
 * mail-queue does not see them yet. Returns 0, or -1 with errno.
 */
int enqueue_prepare(struct enqueue *q);

/*
 * Shows them all to mail-queue, and wakes it. Returns 0 once new is on disk too, or -1
 * with errno. After any error, enqueue_abandon takes back what it can.
 */
int enqueue_commit(struct enqueue *q);
void enqueue_abandon(struct enqueue *q);

#endif
