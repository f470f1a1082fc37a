/* settle: see settle.h. */
#include "durable.h"
#include "settle.h"
#include "bounce.h"
#include "outgoing.h"
#include "queue.h"

#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define BOUNCE_NAME (QUEUE_NAME + 48) /* octets of its name, with a NUL */

static bool is_over(enum outcome outcome)
{
	return outcome == FAILED || outcome == GIVEN_UP;
}

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

static bool is_too_old(const struct terms *t, const struct queue_entry *e)
{
	return (long long)time(NULL) >= (long long)e->born + t->give_up;
}

/* When the entry is due next: at the latest when it has to be given up. */
static time_t due(const struct terms *t, const struct queue_entry *e)
{
	long long end = (long long)e->born + t->give_up;
	long long next = (long long)time(NULL) + t->retry;

	return (time_t)(next > end && !is_too_old(t, e) ? end : next);
}

/* Writes the entry anew, for those alone who wait. Returns 0, or -1 with errno. */
static int rewrite(const struct terms *t, struct queue_entry *e, const struct fate *fates)
{
	struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = due(t, e)}};
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
static int put_off(const struct terms *t, const struct queue_entry *e)
{
	struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = due(t, e)}};
	char path[QUEUE_NAME + 8];

	snprintf(path, sizeof path, "new/%s", e->name);
	return utimensat(AT_FDCWD, path, times, 0);
}

/* The entry as it is to be from now on. Returns 0, or -1 with errno. */
static int change(const struct terms *t, struct queue_entry *e, const struct fate *fates)
{
	size_t waiting = 0;
	int status;

	for (size_t i = 0; i < e->envelope.count; i++)
		waiting += fates[i].outcome == WAITS;
	if (waiting == e->envelope.count)
		return put_off(t, e);
	status = waiting == 0 ? queue_remove(".", "new", e->name) : rewrite(t, e, fates);
	return status == 0 ? queue_flush(".") : -1;
}

/* Tells the sender, if there is one, who did not get it. Returns whether tmp has a bounce. */
static bool tell_sender(const struct terms *t, struct queue_entry *e, struct fate *fates,
	const char *where, char bounce[BOUNCE_NAME])
{
	struct bounce b = {t->name, where, bounce, e, fates};
	bool over = false;

	for (size_t i = 0; i < e->envelope.count; i++)
		over |= is_over(fates[i].outcome);
	if (!over)
		return false;
	if (e->envelope.from[0] == '\0') {
		warnx("%s: dropped: a bounce that cannot be delivered", e->name);
		return false;
	}
	snprintf(bounce, BOUNCE_NAME, "%lld.B%zu.%s", (long long)time(NULL),
		e->envelope.count, e->name);
	if (make_bounce(&b) == 0)
		return true;
	warn("%s: no bounce could be made, tried again later", e->name);
	for (size_t i = 0; i < e->envelope.count; i++)
		if (is_over(fates[i].outcome))
			fates[i].outcome = WAITS;
	return false;
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
	bool bounced, waits = false;
	time_t next = due(t, e);

	for (size_t i = 0; i < e->envelope.count; i++)
		if (fates[i].outcome == WAITS && is_too_old(t, e))
			fates[i].outcome = GIVEN_UP;
	tell(t, e, fates);
	bounced = tell_sender(t, e, fates, where, bounce);
	for (size_t i = 0; i < e->envelope.count; i++)
		waits |= fates[i].outcome == WAITS;
	if (change(t, e, fates) < 0) {
		warn("%s: not changed, and tried again as it is", e->name);
		put_off(t, e);
		if (bounced)
			queue_remove(".", "tmp", bounce);
		bounced = false;
		waits = true;
	}
	if (bounced)
		send_bounce(bounce, e->envelope.from);
	entry_close(e);
	return bounced ? time(NULL) : waits ? next : 0;
}

time_t settle_alike(const struct terms *t, const char *name, const struct fate *fate)
{
	struct fate *fates;
	struct queue_entry e;
	time_t next = time(NULL) + (time_t)t->retry;

	if (entry_open(&e, name) != ENTRY_GOOD)
		return next; /* it may be only for now that it cannot be opened */
	fates = malloc(e.envelope.count * sizeof *fates);
	if (fates == NULL) {
		warn("%s", name);
		entry_close(&e);
	} else if ((is_over(fate->outcome) || is_too_old(t, &e)) && !entry_is_whole(&e)) {
		entry_close(&e); /* no bounce is made of what is damaged */
	} else {
		for (size_t i = 0; i < e.envelope.count; i++)
			fates[i] = *fate;
		next = settle(t, &e, fates, NULL);
	}
	free(fates);
	return next;
}
