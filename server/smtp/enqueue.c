/* enqueue: see enqueue.h. */
#include "smtp/enqueue.h"
#include "smtp/outgoing.h"
#include "queue/queue.h"

#include <string.h>
#include <strings.h>

int enqueue_begin(struct enqueue *r, const char *queue, const char *host)
{
	*r = (struct enqueue){.queue = queue};
	maildir_name(r->name, host);
	r->message = queue_spool(queue);
	return r->message != NULL ? 0 : -1;
}

int enqueue_write(struct enqueue *r, const char *octets, size_t n)
{
	return fwrite(octets, 1, n, r->message) == n ? 0 : -1;
}

/* The name of an entry: what tells the domains of a message apart is a number. */
static void name_of(const struct enqueue *r, size_t number, char name[QUEUE_NAME])
{
	snprintf(name, QUEUE_NAME, "%.*s,%zu", QUEUE_ENTRY - 8, r->name, number);
}

/*
 * Moves all those of count recipients that are in the domain of the first one, in any
 * case, to the envelope. Returns how many are left.
 */
static size_t take_domain(char **to, size_t count, struct envelope *e)
{
	const char *domain = queue_domain(to[0]);
	size_t left = 0;

	for (size_t i = 0; i < count; i++)
		if (strcasecmp(queue_domain(to[i]), domain) == 0)
			e->to[e->count++] = to[i];
		else
			to[left++] = to[i];
	return left;
}

int enqueue_prepare(struct enqueue *r, const struct envelope *e)
{
	char *to[RECIPIENTS], *together[RECIPIENTS];
	size_t left = e->count;
	struct outgoing message;

	memcpy(to, e->to, left * sizeof *to);
	rewind(r->message);
	if (ferror(r->message) || outgoing_open(&message, r->message) < 0)
		return -1;
	while (left > 0) {
		struct envelope entry = {.octets = message.octets, .to = together};
		char name[QUEUE_NAME];

		memcpy(entry.from, e->from, sizeof entry.from);
		left = take_domain(to, left, &entry);
		name_of(r, r->entries++, name);
		rewind(r->message);
		if (queue_write(r->queue, name, &entry, r->message) < 0)
			return -1;
	}
	fclose(r->message);
	r->message = NULL;
	return 0;
}

int enqueue_commit(struct enqueue *r)
{
	char name[QUEUE_NAME];

	for (size_t i = 0; i < r->entries; i++) {
		name_of(r, i, name);
		if (queue_rename(r->queue, "tmp", name, "new", name) < 0)
			return -1;
	}
	if (queue_flush(r->queue, "new") < 0)
		return -1;
	queue_wake(r->queue);
	return 0;
}

void enqueue_abandon(struct enqueue *r)
{
	char name[QUEUE_NAME];

	if (r->message != NULL)
		fclose(r->message);
	r->message = NULL;
	for (size_t i = 0; i < r->entries; i++) {
		name_of(r, i, name);
		queue_remove(r->queue, "tmp", name);
		queue_remove(r->queue, "new", name);
	}
	r->entries = 0;
}
