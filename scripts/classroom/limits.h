/*
 * limits: starts a program that nobody trusts yet in a process group of its own, within
 * limits. Ending its group ends all that it has started, except what made a group of
 * its own.
 */
#ifndef LIMITS_H
#define LIMITS_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

/* The limits; 0: no limit. */
struct limits {
	int milliseconds;	 /* of computing, to a second */
	unsigned long kilobytes; /* in a file that it writes */
	unsigned long processes; /* it may start one while its user has fewer than this */
	unsigned long
		megabytes; /* of memory; 0 for a sanitized program, which maps more */
};

/* The program to start. A field that is NULL is inherited. */
struct program {
	const char *path; /* or a name in PATH */
	char *const *argv;
	char *const *environment;
	const char *folder;
	const int *
		descriptors; /* these become its 0 to 3, and it has no others; -1: closed */
	const sigset_t *mask; /* of signals that are blocked */
	bool apart;	      /* Linux: with mounts and processes of its own */
	struct limits limits;
};

/*
 * Starts it, with default signals. Returns its process id, which is also the number of
 * its group, or -1 with errno. If it cannot be executed, the process says so, and ends
 * with 69.
 */
pid_t limits_start(const struct program *p);

/* How many processes may run at once: those of now, and so many more. */
unsigned long limits_processes(unsigned long more);

#endif
