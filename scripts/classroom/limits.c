/*
 * limits: what happens between fork and exec. Begin at limits_start.
 */
#define _GNU_SOURCE /* CLONE_NEWPID, syscall */
#include "classroom/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sysexits.h>
#include <unistd.h>
#ifdef __linux__
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#define FILES 256 /* that it may have open */
#define OWN   4	  /* descriptors that it is given */

static void limit(int what, unsigned long most)
{
	struct rlimit now;

	if (most == 0 || getrlimit(what, &now) != 0)
		return;
	if (now.rlim_max == RLIM_INFINITY || now.rlim_max > most)
		now.rlim_max = most;
	now.rlim_cur = now.rlim_max;
	setrlimit(what, &now);
}

/* It gets SIGXCPU, which says why; a second later SIGKILL, should it not end. */
static void limit_processor(unsigned long seconds)
{
	struct rlimit now;

	limit(RLIMIT_CPU, seconds + 1);
	if (getrlimit(RLIMIT_CPU, &now) != 0 || now.rlim_max < seconds + 1)
		return;
	now.rlim_cur = seconds;
	setrlimit(RLIMIT_CPU, &now);
}

static void set_limits(const struct limits *l)
{
	struct rlimit none = {0, 0};

	setrlimit(RLIMIT_CORE, &none);
	limit(RLIMIT_NOFILE, FILES);
	limit_processor((unsigned long)l->milliseconds / 1000 + 1);
	limit(RLIMIT_FSIZE, l->kilobytes * 1000);
	limit(RLIMIT_AS, l->megabytes * 1000000);
#ifdef RLIMIT_NPROC
	limit(RLIMIT_NPROC, l->processes);
#endif
}

/* Ours are all above those that it gets: examine sees to that. */
static void set_descriptors(const int *descriptors)
{
	for (int fd = 0; fd < OWN; fd++) {
		close(fd);
		if (descriptors[fd] >= 0)
			dup2(descriptors[fd], fd);
	}
	for (int fd = OWN; fd < FILES; fd++)
		close(fd);
}

static _Noreturn void become(const struct program *p)
{
	extern char **environ;

	setpgid(0, 0);
#ifdef __linux__
	prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
	if (p->folder != NULL && chdir(p->folder) != 0)
		_exit(EX_UNAVAILABLE);
	if (p->descriptors != NULL)
		set_descriptors(p->descriptors);
	if (p->environment != NULL)
		environ = (char **)p->environment;
	signal(SIGXFSZ, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	set_limits(&p->limits);
	if (p->mask != NULL)
		sigprocmask(SIG_SETMASK, p->mask, NULL);
	execvp(p->path, p->argv);
	dprintf(STDERR_FILENO, "%s: %s\n", p->path, strerror(errno));
	_exit(EX_UNAVAILABLE);
}

/* fork; what is to be apart begins as the first process of a namespace. */
static pid_t start(const struct program *p)
{
#ifdef __linux__
	if (p->apart)
		return (pid_t)syscall(
			SYS_clone, CLONE_NEWNS | CLONE_NEWPID | SIGCHLD, 0, 0, 0, 0);
#endif
	return p->apart ? -1 : fork();
}

pid_t limits_start(const struct program *p)
{
	pid_t group = start(p);

	if (group == 0)
		become(p);
	if (group > 0)
		setpgid(group, group); /* here and there: whoever comes first */
	return group;
}

unsigned long limits_processes(unsigned long more)
{
	FILE *file = fopen("/proc/loadavg", "r");
	unsigned long n = 1000;

	if (file != NULL) {
		if (fscanf(file, "%*f %*f %*f %*d/%lu", &n) != 1)
			n = 1000;
		fclose(file);
	}
	return n + more;
}
