/* dispatch: see dispatch.h. */
#include "queue/dispatch.h"

#include <err.h>
#include <signal.h>

#define CLOSED 50 /* entries that are settled at once where nothing is sent */

/* Of what is not to be sent, some at a time: meanwhile the others may be heard. */
static void settle_closed(struct dispatch *d, struct destination *to)
{
	for (int i = 0; i < CLOSED && to->first != NULL; i++) {
		struct item *item = scheduler_pop(to);

		scheduler_at(d->agenda, settle_alike(d->terms, item->name, &to->why));
		scheduler_drop(d->agenda, item);
	}
	if (to->first == NULL)
		to->closed = to->where == NULL;
}

/* Takes what is whole from the head of the list. Returns how many are to be sent. */
static size_t choose(struct dispatch *d, struct connection *c, struct destination *to,
	const char *names[TRANSPORT_ENTRIES])
{
	size_t n = 0;

	while (n < TRANSPORT_ENTRIES && to->first != NULL) {
		struct item *item = scheduler_pop(to);
		struct queue_entry e;
		enum queue_entry_found found = queue_entry_open(&e, item->name);

		if (found == ENTRY_GOOD) {
			if (!queue_entry_is_whole(&e))
				found = ENTRY_DAMAGED;
			queue_entry_close(&e);
		}
		names[n] = item->name;
		c->sent[n] = item;
		n += found == ENTRY_GOOD;
		if (found == ENTRY_LATER)
			scheduler_at(d->agenda, time(NULL) + (time_t)d->terms->retry);
		if (found != ENTRY_GOOD)
			scheduler_drop(d->agenda, item);
	}
	return n;
}

/* Nothing can be sent there, and so nothing that waits for it is tried. */
static void close_down(struct destination *to, const struct fate *why)
{
	to->why = *why;
	to->closed = true;
}

static void begin(struct dispatch *d, struct connection *c, struct destination *to)
{
	static const struct fate why = {
		WAITS, "---", "not tried: smtp-send could not be run"};
	const char *names[TRANSPORT_ENTRIES];
	size_t n = choose(d, c, to, names);

	if (n == 0)
		return;
	c->dropped = 0;
	if (transport_begin(&c->errand, d->terms, to->where, names, n) == 0) {
		c->to = to;
		d->under_way++;
		return;
	}
	warn("%s", d->terms->smtp_send);
	while (n > 0)
		scheduler_push(to, c->sent[--n]);
	close_down(to, &why);
}

/* A free place for one more errand to this host, NULL where there is none. */
static struct connection *place_for(struct dispatch *d, const struct destination *to)
{
	struct connection *free_one = NULL;

	for (size_t i = 0; i < DISPATCH_ERRANDS; i++) {
		if (d->connections[i].to == to)
			return NULL; /* one at a time */
		if (d->connections[i].to == NULL)
			free_one = &d->connections[i];
	}
	return free_one;
}

void dispatch_begin(struct dispatch *d)
{
	const size_t last = d->turn; /* the host begun last: now it is the others' turn */

	for (size_t i = 0; i < d->agenda->count; i++) {
		size_t next = (last + 1 + i) % d->agenda->count;
		struct destination *to = &d->agenda->destinations[next];
		struct connection *c;

		if (to->closed)
			settle_closed(d, to);
		else if (to->first != NULL && (c = place_for(d, to)) != NULL) {
			d->turn = next;
			begin(d, c, to);
		}
	}
}

bool dispatch_is_busy(const struct dispatch *d)
{
	for (size_t i = 0; i < d->agenda->count; i++)
		if (d->agenda->destinations[i].closed &&
			d->agenda->destinations[i].first != NULL)
			return true;
	return false;
}

void dispatch_reports(const struct dispatch *d, struct pollfd fds[DISPATCH_ERRANDS])
{
	for (size_t i = 0; i < DISPATCH_ERRANDS; i++) {
		const struct connection *c = &d->connections[i];

		fds[i] = (struct pollfd){
			.fd = c->to != NULL ? c->errand.report : -1, .events = POLLIN};
	}
}

/*
 * An errand is over. What it did not come to goes back to the head of the list, and
 * through another connection; unless it came to nothing at all.
 */
static void end(struct dispatch *d, struct connection *c)
{
	for (size_t i = c->errand.count; i > c->errand.done; i--)
		scheduler_push(c->to, c->sent[i - 1]);
	if (c->errand.done == 0)
		close_down(c->to, &c->errand.untried);
	c->to = NULL;
	d->under_way--;
}

void dispatch_hear(struct dispatch *d, const struct pollfd fds[DISPATCH_ERRANDS])
{
	for (size_t i = 0; i < DISPATCH_ERRANDS; i++) {
		struct connection *c = &d->connections[i];
		bool more;

		if (c->to == NULL || fds[i].revents == 0)
			continue;
		c->errand.next = 0;
		more = transport_hear(&c->errand);
		scheduler_at(d->agenda, c->errand.next);
		while (c->dropped < c->errand.done)
			scheduler_drop(d->agenda, c->sent[c->dropped++]);
		if (!more)
			end(d, c);
	}
}

void dispatch_stop(struct dispatch *d)
{
	for (size_t i = 0; i < DISPATCH_ERRANDS; i++)
		if (d->connections[i].to != NULL)
			kill(d->connections[i].errand.child, SIGTERM);
}
