/*
 * settle: an entry changes, and perhaps a bounce begins. On disk that happens in this
 * order, and each step is flushed before the next begins:
 *
 *	1. the bounce is written to tmp/part.BOUNCE, and renamed to tmp/BOUNCE
 *	2. the entry is removed from new; or, if somebody still waits, written anew to
 *	   tmp/part.ENTRY, without the others, and renamed over new/ENTRY
 *	3. the bounce is renamed to new/BOUNCE
 *
 * After a crash the next mail-queue finds, at its beginning:
 *
 *	before 1 is done: the entry as it was, and maybe half a file part.BOUNCE, which nobody
 *	reads. The entry is tried again. Who has the message already gets it twice: that no
 *	order can help, for he has it before we can write so down.
 *
 *	between 1 and 2: a whole bounce, and the entry as it was. The bounce is removed, for
 *	the next try of the entry makes another.
 *
 *	between 2 and 3: a whole bounce, and its entry is gone or has fewer recipients. The
 *	bounce goes into new.
 *
 * So that the last two can be told apart, the name of a bounce, TIME.B2.ENTRY, says how
 * many recipients its entry had (2) before it was settled.
 *
 * Where nobody is crossed off there is one step, the time at which the entry is next due.
 */
#include "queue/settle.h"
#include "queue/bounce.h"
#include "queue/queue.h"
#include "wire/durable.h"

#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BOUNCE_NAME (QUEUE_NAME + 48)	/* octets of its name, with a NUL */
#define PART_NAME   (BOUNCE_NAME + 8)	/* the same, with "part." before it */
#define TOO_OLD	    ((time_t)36 * 3600) /* seconds; as maildir(5) has it */

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

		warnx("%s: <%s>: %s%s: %s", e->name, e->envelope.to[i], words[f->outcome],
			f->outcome == GIVEN_UP ? t->give_up_said : "", f->text);
	}
}

/* Step 1. Returns 0, or -1 with errno. */
static int make_bounce(const struct bounce *b)
{
	const char *queue = b->entry->queue;
	char part[PART_NAME], *sender = b->entry->envelope.from;
	struct envelope to = {.count = 1, .to = &sender};
	FILE *text = queue_spool(queue);
	int status;

	if (text == NULL)
		return -1;
	snprintf(part, sizeof part, "part.%s", b->name);
	status = bounce_write(text, b);
	if (status == 0)
		status = fseeko(text, 0, SEEK_SET);
	if (status == 0)
		status = queue_write(queue, part, &to, text);
	if (status == 0)
		status = queue_rename(queue, "tmp", part, "tmp", b->name);
	fclose(text);
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
	snprintf(part, sizeof part, "part.%s", e->name);
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

time_t settle(const struct terms *t, struct queue_entry *e, struct fate *fates,
	const char *where)
{
	char bounce[BOUNCE_NAME];
	struct bounce b = {t->name, where, bounce, e, fates};
	time_t now = time(NULL), later = now + (time_t)t->retry;
	struct decision d = decide(t, e, fates, now);

	tell(t, e, fates);
	if (d.lost > 0 && !d.bounce)
		warnx("%s: dropped: a bounce that cannot be delivered", e->name);
	snprintf(bounce, sizeof bounce, "%lld.B%zu.%s", (long long)now, e->envelope.count,
		e->name);
	if (d.bounce && make_bounce(&b) < 0) {
		warn("%s: no bounce could be made, tried again later", e->name);
		keep_lost(&d, e, fates);
		d.due = later;
	}
	if (change(&d, e, fates) < 0) {
		warn("%s: not changed, and tried again as it is", e->name);
		queue_due(t->queue, "new", e->name, later);
		if (d.bounce)
			queue_remove(t->queue, "tmp", bounce);
		return later;
	}
	if (!d.bounce)
		return d.waiting > 0 ? d.due : 0;
	/* Step 3. */
	if (queue_rename(t->queue, "tmp", bounce, "new", bounce) < 0)
		warn("%s", bounce);
	else
		warnx("%s: tells <%s>", bounce, e->envelope.from);
	return now;
}

time_t settle_untried(const struct terms *t, const char *name, const struct fate *fate)
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
		warn("%s", name);
	else if (decide(t, &e, fates, now).lost == 0 || queue_entry_is_whole(&e))
		next = settle(t, &e, fates, NULL); /* no bounce is of what is damaged */
	free(fates);
	queue_entry_close(&e);
	return next;
}

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

/* Whether the entry still has so many recipients: then none of them was crossed off. */
static bool is_unsettled(const char *queue, const char *name, unsigned long recipients)
{
	char path[PATH_MAX];
	struct queue_entry e;
	bool same;

	if (file_path(path, sizeof path, "%s/new/%s", queue, name) < 0 ||
		access(path, F_OK) != 0 || !queue_entry_open(&e, queue, name))
		return false;
	same = e.envelope.count == recipients;
	queue_entry_close(&e);
	return same;
}

static bool is_old(int folder, const char *name)
{
	struct stat s;

	return fstatat(folder, name, &s, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISREG(s.st_mode) && s.st_mtime < time(NULL) - TOO_OLD;
}

void settle_remains(const char *queue)
{
	char path[PATH_MAX];
	unsigned long recipients;
	struct dirent *file;
	DIR *tmp = NULL;

	if (file_path(path, sizeof path, "%s/tmp", queue) == 0)
		tmp = opendir(path);
	if (tmp == NULL)
		return;
	while ((file = readdir(tmp)) != NULL) {
		const char *name = file->d_name, *entry = entry_of(name, &recipients);

		if (entry == NULL) {
			if (is_old(dirfd(tmp), name))
				queue_remove(queue, "tmp", name);
		} else if (is_unsettled(queue, entry, recipients)) {
			queue_remove(queue, "tmp", name);
		} else {
			warnx("%s: a bounce that a crash held up", name);
			queue_rename(queue, "tmp", name, "new", name);
		}
	}
	closedir(tmp);
}
