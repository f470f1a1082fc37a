/*
 * measure: runs a command and writes down what it took, for make bench: a shell knows
 * neither the time to the microsecond nor the memory of what it ran.
 *
 *	$ measure took build/b64 picture.jpg >/dev/null && cat took
 *	0.001412 0.001106 1536		seconds, of them at work, peak memory in KiB
 */
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sysexits.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __APPLE__
enum { MEMORY_UNIT = 1024 }; /* octets there, KiB elsewhere */
#else
enum { MEMORY_UNIT = 1 };
#endif

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static int write_down(const char *file, double wall)
{
	struct rusage r;
	FILE *f = fopen(file, "w");

	if (f == NULL || getrusage(RUSAGE_CHILDREN, &r) != 0)
		err(EX_IOERR, "%s", file);
	fprintf(f, "%.6f %.6f %ld\n", wall, seconds(r.ru_utime) + seconds(r.ru_stime),
		r.ru_maxrss / MEMORY_UNIT);
	return fclose(f);
}

int main(int argc, char **argv)
{
	double began = now();
	sigset_t ends;
	int status, told;
	pid_t child;

	if (argc < 3) {
		fputs("usage: measure FILE COMMAND [ARGUMENT...]\n", stderr);
		return EX_USAGE;
	}
	/* TERM is for the command: it is waited for here, and passed on. */
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGCHLD);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	child = fork();
	if (child < 0)
		err(EX_OSERR, "fork");
	if (child == 0) {
		sigprocmask(SIG_UNBLOCK, &ends, NULL);
		execvp(argv[2], argv + 2);
		err(EX_UNAVAILABLE, "%s", argv[2]);
	}
	while (waitpid(child, &status, WNOHANG) == 0)
		if (sigwait(&ends, &told) == 0 && told == SIGTERM)
			kill(child, SIGTERM);
	if (write_down(argv[1], now() - began) != 0)
		err(EX_IOERR, "%s", argv[1]);
	return WIFEXITED(status) ? WEXITSTATUS(status) : EX_SOFTWARE;
}
