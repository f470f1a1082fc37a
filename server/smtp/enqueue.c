/*
 * enqueue: the message is spooled while it comes, and copied into the entry of each
 * domain once it is whole. All entries are on disk before the first is seen in new.
 */
#include "smtp/enqueue.h"
#include "queue/queue.h"

#include <string.h>
#include <strings.h>

int enqueue_begin(
	struct enqueue *q, const char *queue, const struct envelope *e, const char *host)
{
	*q = (struct enqueue){.queue = queue, .envelope = e};
	if (e->count == 0)
		return 0;
	maildir_name(q->name, host);
	q->message = queue_spool(queue);
	return q->message != NULL ? 0 : -1;
}

int enqueue_write(struct enqueue *q, const char *octets, size_t n)
{
	if (q->message == NULL)
		return 0;
	return fwrite(octets, 1, n, q->message) == n ? 0 : -1;
}

/* The name of an entry: what tells the domains of a message apart is a number. */
static void name_of(const struct enqueue *q, size_t number, char name[QUEUE_NAME])
{
	snprintf(name, QUEUE_NAME, "%.200s,%zu", q->name, number);
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

int enqueue_prepare(struct enqueue *q)
{
	char *to[RECIPIENTS], *together[RECIPIENTS];
	size_t left = q->envelope->count;

	if (left == 0)
		return 0;
	memcpy(to, q->envelope->to, left * sizeof *to);
	if (fflush(q->message) != 0)
		return -1;
	while (left > 0) {
		struct envelope entry = {.to = together};
		char name[QUEUE_NAME];

		memcpy(entry.from, q->envelope->from, sizeof entry.from);
		left = take_domain(to, left, &entry);
		name_of(q, q->entries, name);
		q->entries++;
		rewind(q->message);
		if (queue_write(q->queue, name, &entry, q->message) < 0)
			return -1;
	}
	fclose(q->message);
	q->message = NULL;
	return 0;
}

int enqueue_commit(struct enqueue *q)
{
	char name[QUEUE_NAME];

	if (q->entries == 0)
		return 0;
	for (size_t i = 0; i < q->entries; i++) {
		name_of(q, i, name);
		if (queue_rename(q->queue, "tmp", name, "new", name) < 0)
			return -1;
	}
	queue_wake(q->queue);
	return 0;
}

void enqueue_abandon(struct enqueue *q)
{
	char name[QUEUE_NAME];

	if (q->message != NULL)
		fclose(q->message);
	q->message = NULL;
	for (size_t i = 0; i < q->entries; i++) {
		name_of(q, i, name);
		queue_remove(q->queue, "tmp", name);
		queue_remove(q->queue, "new", name);
	}
	q->entries = 0;
}
