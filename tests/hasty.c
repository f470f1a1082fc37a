/*
 * hasty: a library that is loaded before libc (LD_PRELOAD), for whose program time runs
 * HASTE times as fast: a limit of five minutes is over in a third of a second with 1000.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>

static long long haste(void)
{
	const char *text = getenv("HASTE");

	return text != NULL ? strtoll(text, NULL, 10) : 1;
}

int clock_gettime(clockid_t clock, struct timespec *t)
{
	static int (*real)(clockid_t, struct timespec *);
	long long nanoseconds;
	int status;

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
	status = real(clock, t);
	if (clock != CLOCK_MONOTONIC)
		return status;
	/* Of the last days alone, which a long long holds. */
	nanoseconds = t->tv_sec % 1000000 * 1000000000LL + t->tv_nsec;
	nanoseconds *= haste();
	t->tv_sec = (time_t)(nanoseconds / 1000000000);
	t->tv_nsec = (long)(nanoseconds % 1000000000);
	return status;
}

int poll(struct pollfd *fds, nfds_t n, int milliseconds)
{
	static int (*real)(struct pollfd *, nfds_t, int);

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "poll");
	if (milliseconds > 0)
		milliseconds = (int)(milliseconds / haste()) + 1;
	return real(fds, n, milliseconds);
}
