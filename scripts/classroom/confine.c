/*
 * confine: runs a program that nobody trusts yet, within limits on time, on the size of
 * a file, and on the number of processes. When it ends, all of its process group ends:
 * everything that it has left in the background, except processes with a group of their
 * own, as setsid makes. (A mail host does this with every program that it hands a
 * message to.)
 *
 *	$ confine -t 10s -f 1000 -- sh -c 'while :; do :; done'; echo $?
 *	124
 */
#define _DEFAULT_SOURCE /* chroot */
#include "classroom/limits.h"
#include "wire/duration.h"
#include "wire/program.h"
#include "wire/wire.h"

#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/mount.h>
#include <sys/prctl.h>
#endif

#define GRACE	  1000 /* milliseconds to end by itself once it is told to */
#define TIME_OVER 124  /* our exit status then, as timeout(1) has it */

/* A number of at least 1, or 0 for anything else. */
static unsigned long number(const char *text)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	return *text < '0' || *text > '9' || *end != '\0' || n > 1000000000 ? 0 : n;
}

static void ignore_nothing(int number)
{
	(void)number;
}

/*
 * Signals that are to be waited for, and not lost because whoever started us ignores
 * them.
 */
static void hold_signals(sigset_t *signals, sigset_t *before)
{
	static const int waited_for[] = {SIGCHLD, SIGALRM, SIGINT, SIGTERM, SIGHUP};

	sigemptyset(signals);
	for (size_t i = 0; i < sizeof waited_for / sizeof *waited_for; i++) {
		signal(waited_for[i], ignore_nothing);
		sigaddset(signals, waited_for[i]);
	}
	sigprocmask(SIG_BLOCK, signals, before);
}

static void set_alarm(int milliseconds)
{
	struct itimerval timer = {
		{0, 0}, {milliseconds / 1000, milliseconds % 1000 * 1000}};

	setitimer(ITIMER_REAL, &timer, NULL);
}

/*
 * Waits until the first process of the group ends: by itself, after GRACE where we are
 * told to end, or at once where its time is over. Returns what to exit with.
 */
static int watch(pid_t group, const sigset_t *signals)
{
	bool told = false, over = false;
	int status, number;

	while (waitpid(group, &status, WNOHANG) == 0) {
		sigwait(signals, &number);
		if (number == SIGALRM) {
			over = !told;
			kill(-group, SIGKILL);
		} else if (number != SIGCHLD && !told) {
			told = true;
			kill(-group, SIGTERM);
			set_alarm(GRACE);
		}
	}
	kill(-group, SIGKILL); /* whatever it started */
	if (over)
		return TIME_OVER;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/*
 * / becomes this folder, and the current one its /work; nobody has a right there that leads
 * out again. We are the first process of a namespace, whose processes are in its /proc.
 */
static void enter(const char *root)
{
#ifdef __linux__
	char work[4096], proc[4096];
	int right = 0;

	snprintf(work, sizeof work, "%s/work", root);
	snprintf(proc, sizeof proc, "%s/proc", root);
	if (getpid() != 1)
		errx(EX_UNAVAILABLE, "-b: not the first process of a namespace");
	if (mount(".", work, NULL, MS_BIND, NULL) != 0 ||
		mount("proc", proc, "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) !=
			0 ||
		chroot(root) != 0 || chdir("/work") != 0)
		err(EX_UNAVAILABLE, "%s", root);
	while (prctl(PR_CAPBSET_DROP, right, 0, 0, 0) == 0)
		right++;
	if (right == 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		err(EX_UNAVAILABLE, "rights");
	setenv("TMPDIR", "/tmp", 1);
#else
	errx(EX_UNAVAILABLE, "%s: there are boxes on Linux alone", root);
#endif
}

static int usage(FILE *to, int status)
{
	fputs("usage: confine [-t TIME] [-f SIZE] [-p PROCESSES] [-b BOX] COMMAND "
	      "[ARGUMENT...]\n"
	      "\t-t  how long it may run, and compute (10s)\n"
	      "\t-f  how large a file it may make, in kilobytes\n"
	      "\t-p  it may start a process, or a thread, while its user has fewer\n"
	      "\t-b  a folder that becomes /, as lab-box has it\n"
	      "Ends as COMMAND does; with 124 where its time was over, with 128 and the\n"
	      "signal's number where a signal ended it:\n"
	      "\tconfine -t 5s -f 1000 sh -c 'while :; do echo pickles; done' >file\n",
		to);
	return status;
}

int main(int argc, char **argv)
{
	struct program program = {.limits = {.milliseconds = 10000}};
	struct limits *limits = &program.limits;
	const char *box = NULL;
	sigset_t signals, before;
	bool bad = false;
	pid_t group;
	int option;

	program_begin();
	while ((option = getopt(argc, argv, "+t:f:p:b:h")) != -1)
		switch (option) {
		case 't':
			limits->milliseconds = duration_read(optarg);
			bad = bad || limits->milliseconds < 0;
			break;
		case 'f':
			limits->kilobytes = number(optarg);
			bad = bad || limits->kilobytes == 0;
			break;
		case 'p':
			limits->processes = number(optarg);
			bad = bad || limits->processes == 0;
			break;
		case 'b':
			box = optarg;
			break;
		case 'h':
			return usage(stdout, EX_OK);
		default:
			bad = true;
		}
	if (bad || optind == argc)
		return usage(stderr, EX_USAGE);
	if (box != NULL)
		enter(box);
	hold_signals(&signals, &before);
	program.path = argv[optind];
	program.argv = argv + optind;
	program.mask = &before;
	group = limits_start(&program);
	if (group < 0)
		err(EX_OSERR, "fork");
	set_alarm(limits->milliseconds);
	return watch(group, &signals);
}
