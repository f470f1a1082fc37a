/*
 * uidl-list: what a server has, by names that stay (RFC 1939, 7). A message's number is
 * good for one session, its unique-id for all of them: so what was fetched yesterday is
 * known today.
 *
 * The list is as long as the server likes, so it is kept in a temporary file; in memory
 * are 8 octets a line, of the hash of each unique-id, by which one that stands twice is
 * found: a megabyte for 131,072 messages, and as much again while they are sorted.
 */
#ifndef UIDL_LIST_H
#define UIDL_LIST_H

#include "pop3/pop3-dialogue.h"

#include <stdint.h>
#include <stdio.h>

#define UIDL_LIST_MOST 1000000 /* messages of a mailbox; more are no mailbox */

/* Begin with all zero; uidl_list_free in any case. */
struct uidl_list {
	FILE *lines;
	uint64_t *hashes; /* in their order, once all have been heard */
	size_t count, room;
};

/*
 * Hears the list that follows +OK. Returns EX_OK; or what to exit with once the reason
 * was told: EX_TEMPFAIL, EX_IOERR, or EX_DATAERR where it is no list: each line has a
 * number, greater than the one before, a blank, and a unique-id, whatever that is.
 */
int uidl_list_hear(struct uidl_list *l, struct pop3_dialogue *d);

/*
 * The next line of it. *twice says that another message has the same unique-id, or
 * might have it: then it is no name for either. Returns 1, 0 after the last, or -1
 * with errno.
 */
int uidl_list_next(
	struct uidl_list *l, unsigned long *number, char uidl[WIRE_LINE], bool *twice);

void uidl_list_free(struct uidl_list *l);

#endif
