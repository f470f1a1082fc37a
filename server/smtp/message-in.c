/* message-in: see message-in.h. */
#include "smtp/message-in.h"
#include "message/canonical.h"

#include <string.h>

static bool is_for_here(const struct message_in *in)
{
	return in->goal.count > 0;
}

static bool is_for_elsewhere(const struct message_in *in)
{
	return in->goal.elsewhere->count > 0;
}

/* Octets as a file holds them: its lines end in LF. */
static void store_lines(struct message_in *in, const char *octets, size_t n)
{
	if (is_for_here(in) && maildir_write(&in->maildir, octets, n) < 0)
		in->unwritten = true;
	if (is_for_elsewhere(in) && enqueue_write(&in->relay, octets, n) < 0)
		in->unwritten = true;
}

/* Octets as they came. */
static void store(struct message_in *in, const char *octets, size_t n)
{
	if (!in->unwritten && in->octets <= in->limit && in->dots.faults == 0)
		store_lines(in, in->lines, from_canonical(&in->cr, octets, n, in->lines));
}

/* Return-Path is for the last server of all to write, Received for each (4.4). */
static void store_trace(struct message_in *in, const struct received *trace)
{
	char lines[RECEIVED_SIZE];
	const char *received;

	received_write(lines, trace);
	received = strchr(lines, '\n') + 1;
	if (is_for_here(in) && maildir_write(&in->maildir, lines, strlen(lines)) < 0)
		in->unwritten = true;
	if (is_for_elsewhere(in) &&
		enqueue_write(&in->relay, received, strlen(received)) < 0)
		in->unwritten = true;
}

/* Once it is known whether there is a header: what was held back goes first. */
static void begin(struct message_in *in, enum begins begins)
{
	in->begun = true;
	in->hops.body = begins != BEGINS_HEADER;
	if (in->hops.body)
		store(in, "\n", 1); /* so that the body stays a body */
	received_hops(&in->hops, in->first, in->held);
	store(in, in->first, in->held);
}

/* Octets of the message itself. */
static void take(struct message_in *in, const char *octets, size_t n)
{
	size_t room = sizeof in->first - in->held, fits = n < room ? n : room;

	in->octets += n;
	if (!in->begun) {
		enum begins begins;

		memcpy(in->first + in->held, octets, fits);
		in->held += fits;
		begins = received_begins(in->first, in->held);
		if (begins == BEGINS_UNSURE && in->held < sizeof in->first)
			return;
		begin(in, begins);
		octets += fits;
		n -= fits;
	}
	received_hops(&in->hops, octets, n);
	store(in, octets, n);
}

int message_in_begin(struct message_in *in, const struct goal *goal,
	const struct received *trace, uintmax_t limit, bool as_data)
{
	in->goal = *goal;
	in->dots = (struct unstuff){SEEN_CRLF, 0};
	in->hops = (struct hops){0};
	in->octets = 0;
	in->limit = limit;
	in->as_data = as_data;
	in->begun = in->unwritten = in->cr = false;
	in->held = 0;
	if (is_for_here(in) && maildir_begin(&in->maildir, goal->mail, goal->users,
				       goal->count, trace->by) < 0)
		return -1;
	if (is_for_elsewhere(in) &&
		enqueue_begin(&in->relay, goal->queue, trace->by) < 0) {
		if (is_for_here(in))
			maildir_abandon(&in->maildir);
		return -1;
	}
	store_trace(in, trace);
	return 0;
}

size_t message_in_take(struct message_in *in, const char *octets, size_t n, bool *whole)
{
	size_t made, took = unstuff(&in->dots, octets, n, in->message, &made);

	if (in->as_data)
		in->dots.faults = 0;
	if (made > 0)
		take(in, in->message, made);
	*whole = in->dots.seen == SEEN_END;
	return took;
}

/* What keeps a message from being delivered, NULL for nothing. */
static const char *refusal(const struct message_in *in)
{
	unsigned faults = in->dots.faults;

	if ((faults & FAULT_BARE_CR) && (faults & FAULT_BARE_LF))
		return "550 bare CR and LF in the message: encode what is no text (RFC "
		       "2045, 2.8)";
	if (faults & FAULT_NUL)
		return "550 a NUL in the message: encode it (RFC 2045, 2.8)";
	if (faults & FAULT_BARE_LF)
		return "550 a bare LF in the message: end lines with CRLF (RFC 5321, "
		       "2.3.8)";
	if (faults & FAULT_BARE_CR)
		return "550 a bare CR in the message: end lines with CRLF (RFC 5321, "
		       "2.3.8)";
	if (in->octets > in->limit)
		return "552 the message is too large";
	if (in->hops.count > RECEIVED_HOPS)
		return "554 the message is looping: too many Received lines";
	if (in->unwritten)
		return "452 no room for it now, try again later";
	return NULL;
}

/*
 * Nobody sees an entry of the queue, and so nobody sends it, before the mailboxes have
 * the message; and nobody is told 250 before all of it is on disk.
 */
static int deliver(struct message_in *in)
{
	if (is_for_elsewhere(in) && enqueue_prepare(&in->relay, in->goal.elsewhere) < 0)
		return -1;
	if (is_for_here(in) && maildir_deliver(&in->maildir) < 0)
		return -1;
	return is_for_elsewhere(in) ? enqueue_commit(&in->relay) : 0;
}

const char *message_in_end(struct message_in *in)
{
	const char *no;

	if (!in->begun)
		begin(in, BEGINS_BODY);
	if (in->cr && !in->unwritten)
		store_lines(in, "\r", 1);
	no = refusal(in);
	if (no == NULL && deliver(in) == 0)
		return "250 Message accepted for delivery";
	message_in_abandon(in);
	return no != NULL ? no : "452 no room for it now, try again later";
}

void message_in_abandon(struct message_in *in)
{
	if (is_for_here(in))
		maildir_abandon(&in->maildir);
	if (is_for_elsewhere(in))
		enqueue_abandon(&in->relay);
}
