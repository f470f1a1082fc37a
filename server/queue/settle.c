/* settle: see settle.h. */
#include "wire/durable.h"
#include "queue/settle.h"
#include "queue/bounce.h"
#include "smtp/outgoing.h"
#include "queue/queue.h"

#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define BOUNCE_NAME (QUEUE_NAME + 48) /* octets of its name, with a NUL */

/* A line of the log for each recipient. */
static void tell(
	const struct terms *t, const struct queue_entry *e, const struct fate *fates)
{
	static const char *const words[] = {[WAITS] = "put off",
		[DELIVERED] = "delivered",
		[FAILED] = "failed",
		[GIVEN_UP] = "given up after "};

	for (size_t i = 0; i < e->envelope.count; i++) {
		const struct fate *f = &fates[i];
		bool answered = f->code[0] != '-';

		warnx("%s: <%s>: %s%s: %s%s%s", e->name, e->envelope.to[i],
			words[f->outcome], f->outcome == GIVEN_UP ? t->give_up_said : "",
			answered ? f->code : "", answered ? " " : "", f->text);
	}
}

/*
 * Makes the bounce in tmp, under the name that it keeps. It tells of which entry it is and
 * how many recipients that had: see remains.h. Returns 0, or -1 with errno.
 */
static int make_bounce(const struct bounce *b)
{
	struct envelope to = {.count = 0};
	struct outgoing message;
	char part[BOUNCE_NAME + 8];
	FILE *text = queue_spool(".");
	int status = -1;

	if (text == NULL)
		return -1;
	snprintf(part, sizeof part, "part.%s", b->name);
	if (bounce_write(text, b) == 0 && fflush(text) == 0 &&
		fseeko(text, 0, SEEK_SET) == 0 && outgoing_open(&message, text) == 0 &&
		fseeko(text, 0, SEEK_SET) == 0 &&
		envelope_add(&to, b->entry->envelope.from) == 0) {
		to.octets = message.octets;
		status = queue_write(".", part, &to, text);
	}
	fclose(text);
	envelope_free(&to);
	if (status == 0)
		status = queue_rename(".", "tmp", part, "tmp", b->name);
	return status == 0 ? durable_folder("tmp") : -1;
}

/* Writes the entry anew, for those alone who wait. Returns 0, or -1 with errno. */
static int rewrite(struct queue_entry *e, const struct fate *fates, time_t due)
{
	struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = due}};
	char *to[RECIPIENTS], part[QUEUE_NAME + 8], path[QUEUE_NAME + 16];
	struct envelope left = e->envelope;

	left.to = to;
	left.count = 0;
	for (size_t i = 0; i < e->envelope.count; i++)
		if (fates[i].outcome == WAITS)
			to[left.count++] = e->envelope.to[i];
	snprintf(part, sizeof part, "part.%s", e->name);
	snprintf(path, sizeof path, "tmp/%s", part);
	if (fseeko(e->file, e->message, SEEK_SET) != 0 ||
		queue_write(".", part, &left, e->file) < 0 ||
		utimensat(AT_FDCWD, path, times, 0) != 0)
		return -1;
	return queue_rename(".", "tmp", part, "new", e->name);
}

/* Nobody was crossed off: only the time is changed at which it is tried again. */
static int put_off(const struct queue_entry *e, time_t due)
{
	struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = due}};
	char path[QUEUE_NAME + 8];

	snprintf(path, sizeof path, "new/%s", e->name);
	return utimensat(AT_FDCWD, path, times, 0);
}

/* The entry as it is to be from now on. Returns 0, or -1 with errno. */
static int change(
	const struct decision *d, struct queue_entry *e, const struct fate *fates)
{
	int status;

	if (d->waiting == e->envelope.count)
		return put_off(e, d->due);
	status = d->waiting == 0 ? queue_remove(".", "new", e->name)
				 : rewrite(e, fates, d->due);
	return status == 0 ? queue_flush(".") : -1;
}

/* Without a bounce nobody is lost: he is tried once more, however late it is. */
static void keep_lost(struct decision *d, const struct queue_entry *e, struct fate *fates)
{
	for (size_t i = 0; i < e->envelope.count; i++)
		if (fates[i].outcome == FAILED || fates[i].outcome == GIVEN_UP)
			fates[i].outcome = WAITS;
	d->waiting += d->lost;
	d->lost = 0;
	d->bounce = false;
}

/* The bounce goes out, once its entry is settled. */
static void send_bounce(const char *bounce, const char *sender)
{
	if (queue_rename(".", "tmp", bounce, "new", bounce) < 0 || queue_flush(".") < 0)
		warn("%s", bounce);
	else
		warnx("%s: tells <%s>", bounce, sender);
}

time_t settle(const struct terms *t, struct queue_entry *e, struct fate *fates,
	const char *where)
{
	char bounce[BOUNCE_NAME];
	struct bounce b = {t->name, where, bounce, e, fates};
	time_t now = time(NULL);
	struct decision d = decide(t, e, fates, now);

	tell(t, e, fates);
	if (d.lost > 0 && !d.bounce)
		warnx("%s: dropped: a bounce that cannot be delivered", e->name);
	snprintf(bounce, sizeof bounce, "%lld.B%zu.%s", (long long)now, e->envelope.count,
		e->name);
	if (d.bounce && make_bounce(&b) < 0) {
		warn("%s: no bounce could be made, tried again later", e->name);
		keep_lost(&d, e, fates);
		d.due = now + (time_t)t->retry;
	}
	if (change(&d, e, fates) < 0) {
		warn("%s: not changed, and tried again as it is", e->name);
		d.due = now + (time_t)t->retry;
		put_off(e, d.due);
		if (d.bounce)
			queue_remove(".", "tmp", bounce);
		d.bounce = false;
		d.waiting = e->envelope.count;
	}
	if (d.bounce)
		send_bounce(bounce, e->envelope.from);
	queue_entry_close(e);
	return d.bounce ? now : d.waiting > 0 ? d.due : 0;
}

time_t settle_alike(const struct terms *t, const char *name, const struct fate *fate)
{
	struct fate *fates;
	struct queue_entry e;
	time_t now = time(NULL), next = now + (time_t)t->retry;

	if (queue_entry_open(&e, name) != ENTRY_GOOD)
		return next; /* it may be only for now that it cannot be opened */
	fates = malloc(e.envelope.count * sizeof *fates);
	for (size_t i = 0; fates != NULL && i < e.envelope.count; i++)
		fates[i] = *fate;
	if (fates == NULL) {
		warn("%s", name);
		queue_entry_close(&e);
	} else if (decide(t, &e, fates, now).lost > 0 && !queue_entry_is_whole(&e)) {
		queue_entry_close(&e); /* no bounce is made of what is damaged */
	} else {
		next = settle(t, &e, fates, NULL);
	}
	free(fates);
	return next;
}
