/*
 * mail-data: from the octets of the client to the files of the recipients. It takes the
 * dots off, counts Received lines, and makes CRLF LF. The same octets go to the
 * mailboxes and to the queue; one of the two may have no recipients. mail_data_end
 * decides.
 */
#include "smtp/mail-data.h"
#include "message/canonical.h"
#include "message/header.h"

#include <stdio.h>
#include <string.h>

/* Octets as a file holds them: its lines end in LF. */
static void store_lines(struct mail_data *d, const char *octets, size_t n)
{
	if (maildir_write(&d->mailboxes, octets, n) < 0 ||
		enqueue_write(&d->queue, octets, n) < 0)
		d->unwritten = true;
}

/* Octets as they came; of what will be refused no more than is there already. */
static void store(struct mail_data *d, const char *octets, size_t n)
{
	if (!d->unwritten && d->octets <= d->limit && d->dots.faults == 0)
		store_lines(d, d->lines, from_canonical(&d->cr, octets, n, d->lines));
}

/* Return-Path is for the last server of all to write, Received for each (4.4). */
static void store_trace(
	struct mail_data *d, const char *from, const struct received *trace)
{
	char line[PATH_OCTETS + 32], received[RECEIVED_SIZE];
	int n = snprintf(line, sizeof line, "Return-Path: <%s>\n", from);

	if (maildir_write(&d->mailboxes, line, (size_t)n) < 0)
		d->unwritten = true;
	received_write(received, trace);
	store_lines(d, received, strlen(received));
}

/*
 * Once it is known whether there is a header: what was held back goes first, but for
 * the From line of a mailbox file, which after our trace lines would end the header.
 */
static void begin(struct mail_data *d, enum begins begins, size_t postmark)
{
	const char *octets = d->first + postmark;
	size_t n = d->held - postmark;

	d->begun = true;
	if (begins != BEGINS_HEADER) {
		d->hops.at = HOPS_BODY;
		store(d, "\n", 1); /* so that the body stays a body */
	}
	received_hops(&d->hops, octets, n);
	store(d, octets, n);
}

/* Octets of the message itself. */
static void take(struct mail_data *d, const char *octets, size_t n)
{
	d->octets += n;
	if (!d->begun) {
		size_t room = sizeof d->first - d->held, fits = n < room ? n : room;
		enum begins begins;
		size_t postmark;

		memcpy(d->first + d->held, octets, fits);
		d->held += fits;
		octets += fits;
		n -= fits;
		begins = header_begins(d->first, d->held, &postmark);
		if (begins == BEGINS_UNSURE && d->held < sizeof d->first)
			return;
		begin(d, begins, postmark);
	}
	received_hops(&d->hops, octets, n);
	store(d, octets, n);
}

int mail_data_begin(struct mail_data *d, struct goal *goal, const struct received *trace,
	uintmax_t limit, bool as_data)
{
	/* Not the large buffers. */
	memset(d, 0, offsetof(struct mail_data, first));
	d->limit = limit;
	d->as_data = as_data;
	if (maildir_begin(
		    &d->mailboxes, goal->mail, goal->users, goal->count, trace->by) < 0)
		return -1;
	if (enqueue_begin(&d->queue, goal->queue, &goal->elsewhere, trace->by) < 0) {
		maildir_abandon(&d->mailboxes);
		return -1;
	}
	store_trace(d, goal->elsewhere.from, trace);
	return 0;
}

size_t mail_data_take(struct mail_data *d, const char *octets, size_t n, bool *whole)
{
	size_t made, took = unstuff(&d->dots, octets, n, d->message, &made);

	if (d->as_data)
		d->dots.faults = 0;
	if (made > 0)
		take(d, d->message, made);
	*whole = d->dots.seen == SEEN_END;
	return took;
}

/* What keeps a message from being delivered, NULL for nothing. */
static const char *refusal(const struct mail_data *d)
{
	unsigned faults = d->dots.faults;

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
	if (d->octets > d->limit)
		return "552 the message is too large";
	if (d->hops.count > RECEIVED_HOPS)
		return "554 the message is looping: too many Received lines";
	if (d->unwritten)
		return "452 no room for it now, try again later";
	return NULL;
}

/*
 * Nobody sees an entry of the queue, and so nobody sends it, before the mailboxes have
 * the message; and nobody is told 250 before all of it is on disk.
 */
static int deliver(struct mail_data *d)
{
	if (enqueue_prepare(&d->queue) < 0 || maildir_deliver(&d->mailboxes) < 0)
		return -1;
	return enqueue_commit(&d->queue);
}

const char *mail_data_end(struct mail_data *d)
{
	const char *no;

	if (!d->begun)
		begin(d, BEGINS_BODY, 0);
	no = refusal(d);
	if (no == NULL && deliver(d) == 0)
		return "250 Message accepted for delivery";
	mail_data_abandon(d);
	return no != NULL ? no : "452 no room for it now, try again later";
}

void mail_data_abandon(struct mail_data *d)
{
	maildir_abandon(&d->mailboxes);
	enqueue_abandon(&d->queue);
}
