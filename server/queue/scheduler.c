/*
 * scheduler: first the lists of what is in hand, then the look through new that fills them
 * (scheduler_scan), last the time at which there is another.
 */
#include "queue/scheduler.h"
#include "queue/queue-entry.h"
#include "queue/queue.h"
#include "wire/clock.h"
#include "wire/durable.h"

#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define REST  10  /* times as long as a scan took, until there is another */
#define SLICE 100 /* entries are opened between two looks at the reports */

int scheduler_open(struct scheduler *s, const struct terms *terms,
	const struct routes *routes, bool once)
{
	memset(s, 0, sizeof *s);
	s->terms = terms;
	s->routes = routes;
	s->once = once;
	s->began = time(NULL);
	s->wanted = true;
	s->count = routes->hosts_count + 1;
	s->destinations = calloc(s->count, sizeof *s->destinations);
	if (s->destinations == NULL)
		return -1;
	for (size_t i = 0; i < s->count; i++) {
		struct destination *to = &s->destinations[i];

		to->last = &to->first;
		if (i < routes->hosts_count) {
			to->where = routes->hosts[i];
		} else {
			to->closed = true;
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
	if (tsearch(item->name, &s->in_hand, by_name) == NULL) {
		free(item);
		return false;
	}
	*to->last = item;
	to->last = &item->next;
	to->count++;
	s->held++;
	return true;
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

void scheduler_drop(struct scheduler *s, struct item *item)
{
	tdelete(item->name, &s->in_hand, by_name);
	s->held--;
	free(item);
}

struct destination *scheduler_next(struct scheduler *s)
{
	for (size_t i = 1; i <= s->count; i++) {
		size_t next = (s->turn + i) % s->count;
		struct destination *to = &s->destinations[next];

		if (to->first != NULL && !to->closed && !to->busy) {
			s->turn = next;
			return to;
		}
	}
	return NULL;
}

/* Milliseconds of the time of day, as entries are due by it. */
static long long time_of_day(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/* It cannot be taken now: it is looked at again later. */
static void put_off(struct scheduler *s)
{
	scheduler_at(s, s->as_of + (time_t)s->terms->retry);
}

/* One file of new: is it due, and not in hand? It is not opened yet. */
static void look_at(struct scheduler *s, int folder, const char *name)
{
	struct stat file;

	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
		tfind(name, &s->in_hand, by_name) != NULL ||
		fstatat(folder, name, &file, AT_SYMLINK_NOFOLLOW) != 0)
		return;
	if (file.st_mtime > s->as_of) {
		scheduler_at(s, file.st_mtime);
		return;
	}
	if (s->due_count == SCHEDULER_ENTRIES) {
		s->more = true;
		return;
	}
	s->due[s->due_count] = strdup(name);
	if (s->due[s->due_count] != NULL)
		s->due_count++;
	else
		put_off(s);
}

static int by_birth(const void *one, const void *other)
{
	return strcmp(*(char *const *)one, *(char *const *)other);
}

/* What is due, the oldest first: a letter is not overtaken by the next. */
static void look_through(struct scheduler *s)
{
	char path[PATH_MAX];
	struct dirent *file;
	DIR *folder = NULL;

	/* time(2) may be some milliseconds behind the times that files get. */
	s->as_of = (time_t)(time_of_day() / 1000);
	if (s->looked && s->once)
		s->as_of = s->began - 1;
	s->looked = true;
	s->wanted = false;
	s->more = false;
	s->next = 0;
	s->spent = 0;
	s->due_count = 0;
	s->opened = 0;
	if (file_path(path, sizeof path, "%s/new", s->terms->queue) == 0)
		folder = opendir(path);
	if (folder == NULL) {
		warn("new");
		put_off(s);
		return;
	}
	while ((file = readdir(folder)) != NULL)
		look_at(s, dirfd(folder), file->d_name);
	closedir(folder);
	qsort(s->due, s->due_count, sizeof *s->due, by_birth);
}

/* Opens an entry that is due, and puts it into the list of its host. */
static void take(struct scheduler *s, const char *name)
{
	struct destination *to;
	struct queue_entry e;
	enum queue_entry_found found = queue_entry_open(&e, s->terms->queue, name);

	if (found == ENTRY_LATER)
		put_off(s);
	if (found != ENTRY_GOOD)
		return;
	to = &s->destinations[routes_find(s->routes, queue_domain(e.envelope.to[0]))];
	queue_entry_close(&e);
	if (to->count == SCHEDULER_SHARE || s->held == SCHEDULER_ENTRIES)
		s->more = true;
	else if (!append(s, to, name))
		put_off(s);
}

void scheduler_scan(struct scheduler *s)
{
	long long begun = clock_milliseconds(), now;

	if (scheduler_timeout(s) != 0)
		return;
	if (s->opened == s->due_count)
		look_through(s);
	for (size_t n = 0; n < SLICE && s->opened < s->due_count; n++) {
		take(s, s->due[s->opened]);
		free(s->due[s->opened]);
		s->opened++;
	}
	now = clock_milliseconds();
	s->spent += now - begun;
	/* Scans have a tenth of the time at most. */
	if (s->opened == s->due_count)
		s->not_before = now + REST * s->spent;
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

/* Milliseconds until a scan is due; 0 where it is, -1 where none is in sight. */
static long long until_due(const struct scheduler *s)
{
	long long left = s->next * 1000LL - time_of_day();

	if (s->wanted || (s->more && s->held < SCHEDULER_ENTRIES / 2))
		return 0;
	if (s->next == 0 || s->once)
		return -1;
	return left > 0 ? left + 1 : 0;
}

int scheduler_timeout(const struct scheduler *s)
{
	long long due = until_due(s);
	long long rest = s->not_before - clock_milliseconds();

	if (s->opened < s->due_count)
		return 0; /* in the middle of a scan */
	if (due < 0)
		return -1;
	if (due < rest)
		due = rest;
	return due > INT_MAX ? INT_MAX : (int)due;
}

bool scheduler_is_done(const struct scheduler *s)
{
	return s->once && s->held == 0 && scheduler_timeout(s) < 0;
}
