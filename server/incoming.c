/* incoming: see incoming.h. */
#include "incoming.h"

#include <string.h>

static void store(struct incoming *in, const char *octets, size_t n)
{
	if (!in->unwritten && in->octets <= in->limit && in->dots.faults == 0)
		in->unwritten = maildir_write(&in->maildir, octets, n) < 0;
}

/* Once it is known whether there is a header: what was held back goes first. */
static void begin(struct incoming *in, enum begins begins)
{
	in->begun = true;
	in->hops.body = begins != BEGINS_HEADER;
	if (in->hops.body)
		store(in, "\n", 1); /* so that the body stays a body */
	trace_hops(&in->hops, in->first, in->held);
	store(in, in->first, in->held);
}

/* Octets of the message itself. */
static void take(struct incoming *in, const char *octets, size_t n)
{
	size_t room = sizeof in->first - in->held, fits = n < room ? n : room;

	in->octets += n;
	if (!in->begun) {
		enum begins begins;

		memcpy(in->first + in->held, octets, fits);
		in->held += fits;
		begins = trace_begins(in->first, in->held);
		if (begins == BEGINS_UNSURE && in->held < sizeof in->first)
			return;
		begin(in, begins);
		octets += fits;
		n -= fits;
	}
	trace_hops(&in->hops, octets, n);
	store(in, octets, n);
}

int incoming_begin(struct incoming *in, const char *mail, char (*users)[MAILDIR_USER],
	size_t count, const struct trace *trace, uintmax_t limit)
{
	char lines[TRACE_SIZE];

	in->dots = (struct unstuff){SEEN_CRLF, 0};
	in->hops = (struct hops){0};
	in->octets = 0;
	in->limit = limit;
	in->begun = in->unwritten = false;
	in->held = 0;
	if (maildir_begin(&in->maildir, mail, users, count, trace->by) < 0)
		return -1;
	trace_write(lines, trace);
	store(in, lines, strlen(lines));
	return 0;
}

size_t incoming_take(struct incoming *in, const char *octets, size_t n, bool *whole)
{
	size_t made, took = unstuff(&in->dots, octets, n, in->message, &made);

	if (made > 0)
		take(in, in->message, made);
	*whole = in->dots.seen == SEEN_END;
	return took;
}

/* What keeps a message from being delivered, NULL for nothing. */
static const char *refusal(const struct incoming *in)
{
	if (in->dots.faults & FAULT_NUL)
		return "550 a NUL in the message: encode it (RFC 2045, 2.8)";
	if (in->dots.faults & FAULT_BARE_LF)
		return "550 a bare LF in the message: end lines with CRLF (RFC 5321, "
		       "2.3.8)";
	if (in->dots.faults & FAULT_BARE_CR)
		return "550 a bare CR in the message: end lines with CRLF (RFC 5321, "
		       "2.3.8)";
	if (in->octets > in->limit)
		return "552 the message is too large";
	if (in->hops.count > TRACE_HOPS)
		return "554 the message is looping: too many Received lines";
	if (in->unwritten)
		return "452 no room for it now, try again later";
	return NULL;
}

const char *incoming_end(struct incoming *in)
{
	const char *no;

	if (!in->begun)
		begin(in, BEGINS_BODY);
	no = refusal(in);
	if (no != NULL) {
		maildir_abandon(&in->maildir);
		return no;
	}
	if (maildir_deliver(&in->maildir) < 0)
		return "452 no room for it now, try again later";
	return "250 Message accepted for delivery";
}

void incoming_abandon(struct incoming *in)
{
	maildir_abandon(&in->maildir);
}
