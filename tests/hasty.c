/*
 * hasty: a library that is loaded before libc (LD_PRELOAD), for whose program time runs
 * HASTE times as fast: a limit of five minutes is over in a third of a second with 1000.
 * With NO_ANSWER whoever it connects to never answers. With BUSY a millisecond is over each time
 * that it looks at the clock, and none between.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef RTLD_NEXT /* not of POSIX */
#define RTLD_NEXT ((void *)-1L)
#endif

static atomic_llong looked; /* at the clock, so many times */

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
	if (getenv("BUSY") != NULL) {
		long long looks = atomic_fetch_add(&looked, 1) + 1;

		t->tv_sec = (time_t)(looks / 1000);
		t->tv_nsec = (long)(looks % 1000 * 1000000);
		return status;
	}
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

/* The socket becomes a pipe that is full: it can be waited for, and never be written to. */
int connect(int fd, const struct sockaddr *address, socklen_t size)
{
	static int (*real)(int, const struct sockaddr *, socklen_t);
	int ends[2];

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "connect");
	if (getenv("NO_ANSWER") == NULL || pipe(ends) != 0)
		return real(fd, address, size);
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	while (write(ends[1], "", 1) == 1)
		continue;
	dup2(ends[1], fd);
	errno = EINPROGRESS;
	return -1;
}
