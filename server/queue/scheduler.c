/*
 * scheduler: first the lists of the entries that are due, then the look through new
 * that fills them (scheduler_scan), last the time at which there is another.
 */
#include "queue/scheduler.h"
#include "queue/queue-entry.h"
#include "queue/queue.h"
#include "queue/settle.h"
#include "wire/clock.h"
#include "wire/durable.h"
#include "wire/log.h"

#include <dirent.h>
#include <limits.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define REST	   10 /* times as long as a scan took, until there is another */
#define DATED_NAME (QUEUE_NAME + 24) /* octets of NOW.NAME, with a NUL */

int scheduler_open(struct scheduler *s, const struct terms *terms,
	const struct routes *routes, bool once)
{
	*s = (struct scheduler){.terms = terms,
		.routes = routes,
		.once = once,
		.count = routes->count + 1,
		.wanted = true};
	s->destinations = calloc(s->count, sizeof *s->destinations);
	if (s->destinations == NULL)
		return -1;
	for (size_t i = 0; i < s->count; i++) {
		struct destination *to = &s->destinations[i];

		to->last = &to->first;
		if (i < routes->count) {
			to->where = routes->list[i].where;
		} else {
			to->at = CLOSED;
			to->why = (struct fate){FAILED, "---", "no route to this domain"};
		}
	}
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Puts a name at the end of a host's list. Returns whether there was memory for it. */
static bool append(struct scheduler *s, struct destination *to, const char *name)
{
	size_t n = strlen(name) + 1;
	struct item *item = malloc(sizeof *item + n);

	if (item == NULL)
		return false;
	item->next = NULL;
	memcpy(item->name, name, n);
	if (tsearch(item->name, &s->names, by_name) == NULL) {
		free(item);
		return false;
	}
	*to->last = item;
	to->last = &item->next;
	return true;
}

void scheduler_drop(struct scheduler *s, struct destination *to, struct item **at)
{
	struct item *item = *at;

	*at = item->next;
	if (*at == NULL)
		to->last = at;
	tdelete(item->name, &s->names, by_name);
	free(item);
}

struct destination *scheduler_next(struct scheduler *s)
{
	for (size_t i = 1; i <= s->count; i++) {
		size_t next = (s->turn + i) % s->count;
		struct destination *to = &s->destinations[next];

		if (to->first != NULL && to->at == OPEN) {
			s->turn = next;
			return to;
		}
	}
	return NULL;
}

/*
 * Milliseconds of the time of day, as entries are due by it: time(2) may be some
 * milliseconds late the times that files get.
 */
static long long time_of_day(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/*
 * The clock was wrong when an entry was born, or it is wrong now: how old it is, nobody
 * knows. It is not given up for that, nor tried for ever: it is born now, and so it is
 * called NOW.NAME. Returns whether that could be done.
 */
static bool date_anew(
	struct scheduler *s, const char *name, time_t now, char dated[DATED_NAME])
{
	snprintf(dated, DATED_NAME, "%lld.%s", (long long)now, name);
	if (queue_rename(s->terms->queue, "new", name, "new", dated) < 0) {
		log_error("%s", name);
		scheduler_at(s, now + (time_t)s->terms->retry);
		return false;
	}
	log_say("%s: born at a time that cannot be: now it is %s", name, dated);
	return true;
}

/*
 * One file of new: if it is due, and not listed yet, it is opened and listed for its
 * host. Nobody puts an entry off for longer than retry: where it seems to be more than
 * a day longer, the clock was set back, and the entry is due.
 */
static void look_at(struct scheduler *s, const char *name, time_t now)
{
	const char *queue = s->terms->queue;
	char path[PATH_MAX], dated[DATED_NAME];
	struct stat file;
	struct queue_entry e;
	size_t host;

	if (!queue_entry_is_dated(name, now)) {
		if (!date_anew(s, name, now, dated))
			return;
		name = dated;
	}
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
		tfind(name, &s->names, by_name) != NULL ||
		file_path(path, sizeof path, "%s/new/%s", queue, name) < 0 ||
		lstat(path, &file) != 0)
		return;
	if (file.st_mtime > now &&
		file.st_mtime - now <= (time_t)s->terms->retry + QUEUE_DAY) {
		scheduler_at(s, file.st_mtime);
		return;
	}
	if (queue_entry_open(&e, queue, name)) {
		host = routes_find(s->routes, queue_domain(e.envelope.to[0]));
		queue_entry_close(&e);
		if (append(s, &s->destinations[host], name))
			return;
	}
	scheduler_at(s, now + (time_t)s->terms->retry);
}

/* By name is the oldest first: a letter is not overtaken by the next. */
void scheduler_scan(struct scheduler *s)
{
	long long begun = clock_milliseconds();
	time_t now = (time_t)(time_of_day() / 1000);
	char path[PATH_MAX];
	struct dirent **files;
	int count = -1;

	if (scheduler_timeout(s) != 0)
		return;
	s->wanted = false;
	s->next = 0;
	if (s->unwritten.bounces)
		scheduler_at(s, settle_bounces(s->terms, &s->unwritten));
	if (file_path(path, sizeof path, "%s/new", s->terms->queue) == 0)
		count = scandir(path, &files, NULL, alphasort);
	if (count < 0) {
		log_error("new");
		scheduler_at(s, now + (time_t)s->terms->retry);
		return;
	}
	for (int i = 0; i < count; i++) {
		look_at(s, files[i]->d_name, now);
		free(files[i]);
	}
	free(files);
	/* Scans have a tenth of the time at most. */
	s->not_before = begun + (REST + 1) * (clock_milliseconds() - begun);
}

void scheduler_at(struct scheduler *s, time_t when)
{
	if (when != 0 && (s->next == 0 || when < s->next))
		s->next = when;
}

void scheduler_wake(struct scheduler *s)
{
	if (!s->once)
		s->wanted = true;
}

int scheduler_timeout(const struct scheduler *s)
{
	long long due = s->next * 1000LL + 1 - time_of_day();
	long long rest = s->not_before - clock_milliseconds();

	if (s->wanted)
		due = 0;
	else if (s->next == 0 || s->once)
		return -1;
	if (due < rest)
		due = rest;
	if (due < 0)
		due = 0;
	return due > INT_MAX ? INT_MAX : (int)due;
}

bool scheduler_is_done(const struct scheduler *s)
{
	return s->once && s->names == NULL && !s->wanted;
}
