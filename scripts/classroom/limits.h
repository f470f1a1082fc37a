/*
 * limits: a program that nobody trusts yet is started in a process group of its own, with
 * an end to what it may take. What ends its group ends all that it has started, but for
 * what made a group of its own.
 */
#ifndef LIMITS_H
#define LIMITS_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

/* What it may have at most; 0: no limit. */
struct limits {
	int milliseconds;	 /* that it may compute, to a second */
	unsigned long kilobytes; /* in a file that it makes */
	unsigned long processes; /* it may start one while its user has fewer */
	unsigned long
		megabytes; /* of memory; not for what is sanitized, which maps more */
};

/* What is started; where a field is NULL it is as it is here. */
struct program {
	const char *path; /* or a name on PATH */
	char *const *argv;
	char *const *environment;
	const char *folder;
	const int *descriptors; /* these become 0 to 3, and it has no other; -1: none */
	const sigset_t *mask;	/* of signals that are held */
	bool apart;		/* Linux: it has mounts and processes of its own */
	struct limits limits;
};

/*
 * Starts it, with the signals as they are by default. Returns its process id, which is its
 * group's number too, or -1 with errno. What cannot be executed says so, and ends with 69.
 */
pid_t limits_start(const struct program *p);

/* How many processes there may be at once: what there are now, and so many more. */
unsigned long limits_processes(unsigned long more);

#endif
