/*
 * watch: a table of the programs that run. A program that was killed ends, and then the
 * thread that waits for it goes on; so nobody else waits with a limit.
 */
#include "classroom/watch.h"
#include "wire/clock.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#define PLACES 16

static struct {
	pthread_mutex_t lock;
	bool stopped;
	struct {
		pid_t group; /* 0: a free place */
		long long deadline;
		bool over;
	} of[PLACES];
} watch = {.lock = PTHREAD_MUTEX_INITIALIZER};

void watch_begin(void)
{
#ifdef __linux__
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	prctl(PR_SET_DUMPABLE, 0); /* what we have open is no file in /proc */
#endif
}

/* The place of a program, or a free one for it. */
static size_t place_of(pid_t group)
{
	size_t place = 0;

	for (size_t i = 0; i < PLACES; i++) {
		if (watch.of[i].group == group)
			return i;
		if (watch.of[i].group == 0)
			place = i;
	}
	watch.of[place].group = group;
	watch.of[place].over = false;
	return place;
}

void watch_until(pid_t group, int milliseconds)
{
	pthread_mutex_lock(&watch.lock);
	watch.of[place_of(group)].deadline = clock_milliseconds() + milliseconds;
	if (watch.stopped)
		kill(-group, SIGKILL);
	pthread_mutex_unlock(&watch.lock);
}

int watch_end(pid_t group, bool *over)
{
	siginfo_t ended;
	size_t place;
	int status = 0;

	/* Its number is not given to another before it is waited for. */
	while (waitid(P_PID, (id_t)group, &ended, WEXITED | WNOWAIT) != 0 &&
		errno == EINTR)
		;
	pthread_mutex_lock(&watch.lock);
	kill(-group, SIGKILL);
	waitpid(group, &status, 0);
	place = place_of(group);
	*over = watch.of[place].over;
	watch.of[place].group = 0;
	pthread_mutex_unlock(&watch.lock);
	return status;
}

void watch_look(void)
{
	long long now = clock_milliseconds();

	pthread_mutex_lock(&watch.lock);
	for (size_t i = 0; i < PLACES; i++)
		if (watch.of[i].group != 0 && watch.of[i].deadline < now) {
			watch.of[i].over = true;
			kill(-watch.of[i].group, SIGKILL);
		}
	pthread_mutex_unlock(&watch.lock);
}

void watch_stop(void)
{
	pthread_mutex_lock(&watch.lock);
	watch.stopped = true;
	for (size_t i = 0; i < PLACES; i++)
		if (watch.of[i].group != 0)
			kill(-watch.of[i].group, SIGKILL);
	pthread_mutex_unlock(&watch.lock);
}

/* Ends the process of this number where it is a child of ours. Returns whether it was. */
static bool end_child(const char *number)
{
	char text[512] = "", *after;
	pid_t child = (pid_t)strtol(number, NULL, 10);
	FILE *file;

	snprintf(text, sizeof text, "/proc/%.20s/stat", number);
	file = fopen(text, "r");
	if (file == NULL)
		return false;
	text[fread(text, 1, sizeof text - 1, file)] = '\0';
	fclose(file);
	after = strrchr(text, ')'); /* ") S 123": its state, and its parent */
	return after != NULL && strlen(after) > 4 &&
	       strtol(after + 4, NULL, 10) == getpid() && kill(child, SIGKILL) == 0 &&
	       waitpid(child, NULL, 0) == child;
}

/* Those of a child that ends become ours; so it looks again where it has ended one. */
void watch_orphans(void)
{
	bool found = true;

	for (int times = 0; times < 100 && found; times++) {
		DIR *all = opendir("/proc");
		struct dirent *entry;

		found = false;
		while (all != NULL && (entry = readdir(all)) != NULL)
			if (*entry->d_name >= '1' && *entry->d_name <= '9')
				found = end_child(entry->d_name) || found;
		if (all != NULL)
			closedir(all);
	}
}
