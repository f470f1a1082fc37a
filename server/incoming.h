/*
 * incoming: a message between DATA and the reply to its last dot (articles: B2;
 * RFC 5321, 4.1.1.4). It is taken in to its end whatever is wrong with it, so that
 * the next line is again a command; then one reply says what became of it.
 */
#ifndef INCOMING_H
#define INCOMING_H

#include "dots.h"
#include "maildir.h"
#include "trace.h"
#include "wire.h"

#include <stdint.h>

/* The fields are incoming's own. */
struct incoming {
	struct unstuff dots;
	struct hops hops;
	struct maildir maildir;
	uintmax_t octets; /* so far, as they were sent, without stuffed dots */
	uintmax_t limit;
	bool begun;	/* it is known whether the message has a header */
	bool unwritten; /* the mailbox would take no more */
	size_t held;	/* octets of first[], until that is known */
	char first[WIRE_LINE];
	char message[WIRE_SPAN + 1];
};

/*
 * Begins a message of at most limit octets for count users under mail, with its
 * trace lines. users must last until incoming_end or incoming_abandon. Returns 0, or
 * -1 with errno where a mailbox cannot be written.
 */
int incoming_begin(struct incoming *in, const char *mail, char (*users)[MAILDIR_USER],
	size_t count, const struct trace *trace, uintmax_t limit);

/*
 * Takes n octets as they come from the client, at most WIRE_SPAN; *whole says
 * whether the end of the message was among them. Returns how many it took: what is
 * left is the client's next command.
 */
size_t incoming_take(struct incoming *in, const char *octets, size_t n, bool *whole);

/* Delivers a whole message, or does not: the reply to the client says which. */
const char *incoming_end(struct incoming *in);

/* Gives up a message whose end never came. */
void incoming_abandon(struct incoming *in);

#endif
