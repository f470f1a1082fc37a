/* scheduler: see scheduler.h. */
#include "queue/scheduler.h"
#include "queue/queue-entry.h"
#include "queue/queue.h"

#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SHARE 10  /* times as long as a scan took, until there is another */
#define SLICE 100 /* entries are opened between two looks at the reports */

static long long microseconds(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

int scheduler_open(
	struct scheduler *a, const struct routes *routes, long long retry, bool once)
{
	*a = (struct scheduler){
		.routes = routes, .retry = retry, .once = once, .wanted = true};
	a->began = time(NULL);
	a->count = routes->hosts_count + 1;
	a->destinations = calloc(a->count, sizeof *a->destinations);
	if (a->destinations == NULL)
		return -1;
	for (size_t i = 0; i < a->count; i++) {
		struct destination *to = &a->destinations[i];

		to->last = &to->first;
		to->where = i < routes->hosts_count ? routes->hosts[i] : NULL;
		to->closed = to->where == NULL;
		to->why = (struct fate){FAILED, "---", "no route to this domain"};
	}
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

struct item *scheduler_pop(struct destination *to)
{
	struct item *item = to->first;

	to->first = item->next;
	if (to->first == NULL)
		to->last = &to->first;
	to->count--;
	return item;
}

void scheduler_push(struct destination *to, struct item *item)
{
	if (to->first == NULL)
		to->last = &item->next;
	item->next = to->first;
	to->first = item;
	to->count++;
}

void scheduler_drop(struct scheduler *a, struct item *item)
{
	tdelete(item->name, &a->in_hand, by_name);
	a->held--;
	free(item);
}

void scheduler_at(struct scheduler *a, time_t when)
{
	if (when != 0 && (a->next == 0 || when < a->next))
		a->next = when;
}

/* Puts a name at the end of a host's list. Returns whether there was memory for it. */
static bool append(struct scheduler *a, struct destination *to, const char *name)
{
	size_t n = strlen(name) + 1;
	struct item *item = malloc(sizeof *item + n);

	if (item == NULL)
		return false;
	item->next = NULL;
	memcpy(item->name, name, n);
	if (tsearch(item->name, &a->in_hand, by_name) == NULL) {
		free(item);
		return false;
	}
	*to->last = item;
	to->last = &item->next;
	to->count++;
	a->held++;
	return true;
}

/* An entry that is due. Returns whether it has to be looked at again, later. */
static bool take(struct scheduler *a, const char *name)
{
	struct destination *to;
	struct queue_entry e;
	enum queue_entry_found found = queue_entry_open(&e, name);
	long host;

	if (found != ENTRY_GOOD)
		return found == ENTRY_LATER;
	host = routes_find(a->routes, queue_domain(e.envelope.to[0]));
	queue_entry_close(&e);
	to = &a->destinations[host < 0 ? (long)a->count - 1 : host];
	if (to->count < SCHEDULER_SHARE && a->held < SCHEDULER_ENTRIES)
		return !append(a, to, name);
	a->more = true;
	return false;
}

/* One file of new: is it due, and not in hand? It is not opened yet. */
static void look_at(struct scheduler *a, int folder, const char *name)
{
	struct due *due = &a->due;
	struct stat s;

	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
		tfind(name, &a->in_hand, by_name) != NULL ||
		fstatat(folder, name, &s, AT_SYMLINK_NOFOLLOW) != 0)
		return;
	if (s.st_mtime > due->when)
		scheduler_at(a, s.st_mtime);
	else if (due->count < SCHEDULER_ENTRIES &&
		 (due->names[due->count] = strdup(name)))
		due->count++;
	else
		a->more = true;
}

static int by_birth(const void *one, const void *other)
{
	return strcmp(*(char *const *)one, *(char *const *)other);
}

/* What is due, the oldest first: a letter is not overtaken by the next. */
static void look_through(struct scheduler *a)
{
	struct due *due = &a->due;
	DIR *folder = opendir("new");
	struct dirent *file;

	/* time(2) may be some milliseconds behind the times that files get. */
	*due = (struct due){.when = (time_t)(microseconds(CLOCK_REALTIME) / 1000000)};
	if (a->scans > 0 && a->once)
		due->when = a->began - 1;
	a->wanted = a->more = false;
	a->next = 0;
	a->scans++;
	due->names = malloc(SCHEDULER_ENTRIES * sizeof *due->names);
	if (folder == NULL || due->names == NULL) {
		warn("new");
		scheduler_at(a, due->when + (time_t)a->retry);
	}
	while (folder != NULL && due->names != NULL && (file = readdir(folder)) != NULL)
		look_at(a, dirfd(folder), file->d_name);
	if (folder != NULL)
		closedir(folder);
	if (due->count > 0)
		qsort(due->names, due->count, sizeof *due->names, by_birth);
}

/* Milliseconds until a scan is due; 0 where it is, -1 where none is in sight. */
static long long until_due(const struct scheduler *a)
{
	long long left = a->next * 1000LL - microseconds(CLOCK_REALTIME) / 1000;

	if (a->wanted || (a->more && a->held < SCHEDULER_ENTRIES / 2))
		return 0;
	if (a->next == 0 || a->once)
		return -1;
	return left > 0 ? left + 1 : 0;
}

int scheduler_timeout(const struct scheduler *a)
{
	long long due = until_due(a);
	long long rest = a->not_before - microseconds(CLOCK_MONOTONIC) / 1000;

	if (a->due.names != NULL)
		return 0; /* in the middle of a scan */
	if (due < 0)
		return -1;
	if (due < rest)
		due = rest;
	return due > INT_MAX ? INT_MAX : (int)due;
}

void scheduler_scan(struct scheduler *a)
{
	long long begun = microseconds(CLOCK_MONOTONIC), now;
	struct due *due = &a->due;

	if (scheduler_timeout(a) != 0)
		return;
	if (due->names == NULL)
		look_through(a);
	for (size_t n = 0; n < SLICE && due->taken < due->count; n++) {
		if (take(a, due->names[due->taken]))
			scheduler_at(a, due->when + (time_t)a->retry);
		free(due->names[due->taken++]);
	}
	now = microseconds(CLOCK_MONOTONIC);
	due->spent += now - begun;
	if (due->taken == due->count) {
		free(due->names);
		due->names = NULL;
		a->not_before = (now + SHARE * due->spent) / 1000;
	}
}
