/*
 * settle: changes an entry, and perhaps begins a bounce. It does so in this order, and
 * each step is on disk before the next begins:
 *
 *	1. the bounce is written to tmp/part.BOUNCE, and renamed to tmp/BOUNCE
 *	2. the entry is removed from new; or, if a recipient still waits, written anew to
 *	   tmp/part.ENTRY, without the others, and renamed over new/ENTRY
 *	3. the bounce is renamed to new/BOUNCE
 *
 * After a crash the next mail-queue finds, at its beginning:
 *
 *	before 1 is done: the entry as it was, and perhaps half a file part.BOUNCE, which
 *	is never read. The entry is tried again. A recipient that has the message already
 *	gets it twice: no order of steps can prevent that, because the recipient has the
 *	message before we can write that down.
 *
 *	between 1 and 2: a whole bounce, and the entry as it was. The bounce is removed,
 *	because the next try of the entry makes another.
 *
 *	between 2 and 3: a whole bounce, and its entry is gone or has fewer recipients. The
 *	bounce goes into new.
 *
 * So that the last two can be told apart, the name of a bounce, TIME.B2.ENTRY, says how
 * many recipients its entry had (2) before it was settled. The same is looked at where a
 * step fails: an error does not say whether it was done.
 *
 * Where nobody is crossed off there is one step, the time at which the entry is next due.
 *
 * The room for step 2 is taken before the entry is sent (settle_prepare), as
 * tmp/part.ENTRY. Where the step fails all the same, as on a disk that breaks, the
 * recipients that have the message are remembered (unwritten.h), and nothing is sent
 * before that is written down.
 */
#include "queue/settle.h"
#include "queue/bounce.h"
#include "queue/queue.h"
#include "wire/durable.h"
#include "wire/duration.h"
#include "wire/log.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BOUNCE_NAME (QUEUE_NAME + 48) /* octets of its name, with a NUL */
#define PART	    "part."	      /* before the name of what we write */
#define PART_NAME   (BOUNCE_NAME + 8) /* octets of that name, with a NUL */

/*
 * A line of the log for each recipient: its result, for how long it is put off, and
 * the reply. For a host that did not answer, the reason is enough.
 */
static void tell(const struct terms *t, const struct queue_entry *e,
	const struct fate *fates, long long wait)
{
	static const char *const words[] = {[WAITS] = "put off ",
		[DELIVERED] = "delivered",
		[FAILED] = "failed",
		[GIVEN_UP] = "given up after "};
	static const char untried[] = "not tried: ";
	char until[DURATION_TEXT];

	duration_write(until, wait * 1000);
	for (size_t i = 0; i < e->envelope.count; i++) {
		const struct fate *f = &fates[i];
		const char *text = f->text, *time = "";

		if (strncmp(text, untried, strlen(untried)) == 0)
			text += strlen(untried);
		if (f->outcome == WAITS)
			time = until;
		if (f->outcome == GIVEN_UP)
			time = t->give_up_said;
		log_say("%s: <%s>: %s%s: %s", e->name, e->envelope.to[i],
			words[f->outcome], time, text);
	}
}

/* Step 1. Returns 0, or -1 with errno. */
static int make_bounce(const struct bounce *b)
{
	const char *queue = b->entry->queue;
	char part[PART_NAME], *sender = b->entry->envelope.from;
	struct envelope to = {.count = 1, .to = &sender};
	FILE *text = queue_spool(queue);
	int status, reason;

	if (text == NULL)
		return -1;
	snprintf(part, sizeof part, PART "%s", b->name);
	status = bounce_write(text, b);
	if (status == 0)
		status = fseeko(text, 0, SEEK_SET);
	if (status == 0)
		status = queue_write(queue, part, &to, text);
	if (status == 0)
		status = queue_rename(queue, "tmp", part, "tmp", b->name);
	reason = errno;
	if (status < 0) {
		queue_release(queue, part);
		queue_release(queue, b->name); /* it may have this name already */
	}
	fclose(text);
	errno = reason;
	return status;
}

/* The entry anew, for those alone who wait. Returns 0, or -1 with errno. */
static int rewrite(struct queue_entry *e, const struct fate *fates, time_t due)
{
	char *to[RECIPIENTS], part[PART_NAME];
	struct envelope left = e->envelope;

	left.to = to;
	left.count = 0;
	for (size_t i = 0; i < e->envelope.count; i++)
		if (fates[i].outcome == WAITS)
			to[left.count++] = e->envelope.to[i];
	snprintf(part, sizeof part, PART "%s", e->name);
	if (fseeko(e->file, e->message, SEEK_SET) != 0 ||
		queue_write(e->queue, part, &left, e->file) < 0 ||
		queue_due(e->queue, "tmp", part, due) != 0)
		return -1;
	return queue_rename(e->queue, "tmp", part, "new", e->name);
}

/* Step 2: the entry as it is to be from now on. Returns 0, or -1 with errno. */
static int change(
	const struct decision *d, struct queue_entry *e, const struct fate *fates)
{
	if (d->waiting == e->envelope.count)
		return queue_due(e->queue, "new", e->name, d->due);
	if (d->waiting > 0)
		return rewrite(e, fates, d->due);
	return queue_remove(e->queue, "new", e->name);
}

/* Without a bounce nobody is lost: he is tried once more, however late it is. */
static void keep_lost(struct decision *d, const struct queue_entry *e, struct fate *fates)
{
	for (size_t i = 0; i < e->envelope.count; i++)
		if (fates[i].outcome == FAILED || fates[i].outcome == GIVEN_UP)
			fates[i].outcome = WAITS;
	d->waiting += d->lost;
	d->bounce = false;
}

/* Whether anybody was crossed off the entry that a bounce tells of. */
enum settled { SETTLED, UNSETTLED, UNKNOWN };

/*
 * Of a bounce's name, 1763775000.B2.ENTRY, the entry that it tells of and the recipients
 * which that had. NULL for what is no bounce.
 */
static const char *entry_of(const char *name, unsigned long *recipients)
{
	int n = 0;

	if (sscanf(name, "%*[0-9].B%lu.%n", recipients, &n) != 1 || n == 0)
		return NULL;
	return name[n] != '\0' ? name + n : NULL;
}

/*
 * Looks at the entry, as it is on disk: while it has as many recipients as before, none
 * of them was crossed off. That it cannot be opened just now says nothing.
 */
static enum settled look_at(const char *queue, const char *name, unsigned long recipients)
{
	char path[PATH_MAX];
	struct queue_entry e;
	bool same;

	if (file_path(path, sizeof path, "%s/new/%s", queue, name) < 0)
		return UNKNOWN;
	if (access(path, F_OK) != 0)
		return errno == ENOENT ? SETTLED : UNKNOWN;
	if (!queue_entry_open(&e, queue, name))
		return UNKNOWN;
	same = e.envelope.count == recipients;
	queue_entry_close(&e);
	return same ? UNSETTLED : SETTLED;
}

/*
 * Step 3, or back to where it began: what becomes of a whole bounce, tmp/name, is seen in
 * its entry. Returns whether it is in new now. What is left in tmp is noted in u.
 */
static bool release_bounce(const char *queue, struct unwritten *u, const char *name)
{
	unsigned long recipients;
	const char *entry = entry_of(name, &recipients);
	enum settled settled = look_at(queue, entry, recipients);
	int done = -1;

	if (settled == SETTLED)
		done = queue_rename(queue, "tmp", name, "new", name);
	if (settled == UNSETTLED)
		done = queue_remove(queue, "tmp", name);
	if (done < 0) {
		log_error("%s: a bounce, left in tmp", name);
		u->bounces = true;
	}
	return done == 0 && settled == SETTLED;
}

/* What an entry was to become is not on disk: it is remembered, and tried later. */
static void put_off(struct unwritten *u, struct queue_entry *e, const struct fate *fates,
	time_t later)
{
	log_error("%s: not changed, and tried again later", e->name);
	if (unwritten_keep(u, e, fates) < 0)
		log_error("%s: the recipients that have it are not remembered", e->name);
	queue_due(e->queue, "new", e->name, later);
}

int settle_prepare(const struct queue_entry *e)
{
	char part[PART_NAME];
	struct stat s;

	if (e->envelope.count == 1)
		return 0; /* he is served, and it goes; or it stays as it is */
	snprintf(part, sizeof part, PART "%s", e->name);
	if (fstat(fileno(e->file), &s) != 0)
		return -1;
	return queue_reserve(e->queue, part, (uintmax_t)s.st_size);
}

void settle_unsent(const char *queue, const char *name)
{
	char part[PART_NAME];

	snprintf(part, sizeof part, PART "%s", name);
	queue_release(queue, part);
}

time_t settle(const struct terms *t, struct unwritten *u, struct queue_entry *e,
	struct fate *fates, const char *where)
{
	char bounce[BOUNCE_NAME];
	struct bounce b = {t->name, where, bounce, e, fates};
	time_t now = time(NULL), later = now + (time_t)t->retry;
	struct decision d;
	bool changed;

	unwritten_recall(u, e, fates);
	d = decide(t, e, fates, now);
	tell(t, e, fates, (long long)(d.due - now));
	if (d.lost > 0 && !d.bounce)
		log_say("%s: dropped: a bounce that cannot be delivered", e->name);
	snprintf(bounce, sizeof bounce, "%lld.B%zu.%s", (long long)now, e->envelope.count,
		e->name);
	if (d.bounce && make_bounce(&b) < 0) {
		log_error("%s: no bounce could be made, tried again later", e->name);
		keep_lost(&d, e, fates);
		d.due = later;
	}
	changed = change(&d, e, fates) == 0;
	if (changed)
		unwritten_forget(u, e->name);
	else
		put_off(u, e, fates, later);
	settle_unsent(t->queue, e->name);
	if (d.bounce && release_bounce(t->queue, u, bounce)) {
		log_say("%s: tells <%s>", bounce, e->envelope.from);
		return now;
	}
	if (!changed || u->bounces)
		return later;
	return d.waiting > 0 ? d.due : 0;
}

time_t settle_untried(const struct terms *t, struct unwritten *u, const char *name,
	const struct fate *fate)
{
	time_t now = time(NULL), next = now + (time_t)t->retry;
	struct queue_entry e;
	struct fate *fates;

	if (!queue_entry_open(&e, t->queue, name))
		return next; /* it may be only for now that it cannot be opened */
	fates = malloc(e.envelope.count * sizeof *fates);
	for (size_t i = 0; fates != NULL && i < e.envelope.count; i++)
		fates[i] = *fate;
	if (fates == NULL)
		log_error("%s", name);
	else if (decide(t, &e, fates, now).lost == 0 || queue_entry_is_whole(&e))
		next = settle(t, u, &e, fates, NULL); /* a damaged entry gets no bounce */
	free(fates);
	queue_entry_close(&e);
	return next;
}

static DIR *open_tmp(const char *queue)
{
	char path[PATH_MAX];

	if (file_path(path, sizeof path, "%s/tmp", queue) < 0)
		return NULL;
	return opendir(path);
}

time_t settle_bounces(const struct terms *t, struct unwritten *u)
{
	time_t now = time(NULL), later = now + (time_t)t->retry;
	unsigned long recipients;
	struct dirent *file;
	bool any = false;
	DIR *tmp = open_tmp(t->queue);

	if (tmp == NULL)
		return later;
	u->bounces = false;
	while ((file = readdir(tmp)) != NULL)
		if (entry_of(file->d_name, &recipients) != NULL &&
			release_bounce(t->queue, u, file->d_name)) {
			log_say("%s: a bounce that was held up", file->d_name);
			any = true;
		}
	closedir(tmp);
	if (any)
		return now;
	return u->bounces ? later : 0;
}

void settle_remains(const struct terms *t, struct unwritten *u)
{
	unsigned long recipients;
	struct dirent *file;
	DIR *tmp = open_tmp(t->queue);

	u->bounces = tmp == NULL; /* it is looked at again later */
	while (tmp != NULL && (file = readdir(tmp)) != NULL) {
		bool ours = strncmp(file->d_name, PART, strlen(PART)) == 0;

		if (entry_of(file->d_name, &recipients) != NULL)
			u->bounces = true;
		else if (ours || durable_is_old(dirfd(tmp), file->d_name))
			queue_remove(t->queue, "tmp", file->d_name);
	}
	if (tmp != NULL)
		closedir(tmp);
}
