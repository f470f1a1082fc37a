/*
 * mail-data: what comes between DATA and the reply to its last dot (articles: B2; RFC
 * 5321, 4.1.1.4). The server reads it to its end, whatever is wrong with it, so that
 * the next line is a command again. Then one reply says what happened to the message.
 */
#ifndef MAIL_DATA_H
#define MAIL_DATA_H

#include "mailbox/maildir.h"
#include "smtp/dots.h"
#include "smtp/enqueue.h"
#include "smtp/envelope.h"
#include "smtp/received.h"
#include "wire/wire.h"

#include <stdint.h>

/* Where a message goes: to mailboxes here, to the queue for other domains, or to both. */
struct goal {
	const char *mail;  /* the folder of the mailboxes */
	const char *queue; /* for mail to other domains; NULL: refuse such mail */
	size_t count;
	char users[RECIPIENTS][MAILDIR_USER]; /* count mailboxes, each once */
	struct envelope elsewhere; /* from whom, and the recipients in other domains */
};

/* The fields are mail-data's own. */
struct mail_data {
	struct unstuff dots;
	struct hops hops;
	struct maildir mailboxes;
	struct enqueue queue;
	uintmax_t octets; /* so far, as they were sent, without stuffed dots */
	uintmax_t limit;
	bool as_data;	/* bare CR, bare LF and NUL are allowed */
	bool begun;	/* it is known whether the message has a header */
	bool unwritten; /* the mailboxes or the queue could not be written */
	bool cr;	/* of a line end that may follow: see from_canonical */
	size_t held;	/* octets of first[], until that is known */
	char first[WIRE_LINE];
	char message[WIRE_SPAN + 1];
	char lines[WIRE_SPAN + 2]; /* the same with LF line ends */
};

/*
 * Begins a message of at most limit octets, with its trace lines; as_data: what dots.h
 * calls a fault is data like any other (RFC 821, 4.5.2). What goal points to must last
 * until mail_data_end or mail_data_abandon. Returns 0, or -1 with errno if a mailbox or
 * the queue cannot be written.
 */
int mail_data_begin(struct mail_data *d, struct goal *goal, const struct received *trace,
	uintmax_t limit, bool as_data);

/*
 * Takes n octets from the client, at most WIRE_SPAN; *whole says whether the end of the
 * message was among them. Returns how many it took: the rest is the client's next
 * command.
 */
size_t mail_data_take(struct mail_data *d, const char *octets, size_t n, bool *whole);

/*
 * Delivers a whole message, and returns the reply to the client, which says whether it
 * succeeded. A message is delivered once it is on disk for every recipient, here and in
 * the queue.
 */
const char *mail_data_end(struct mail_data *d);

/* Gives up a message whose end never came. */
void mail_data_abandon(struct mail_data *d);

#endif
