/*
 * viewer: a part is shown by another program, on a copy that is Bob's alone, and gone
 * afterwards (articles: B10, B14; RFC 1524, and its section on security).
 *
 *     echo 'image/jpeg; cksum' >build/mailcap
 *     MAILCAPS=build/mailcap build/mime-decode -a lessons/07-base64/picture.eml
 */
#include "read/viewer.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

static const char *temporary_folder(void)
{
	const char *folder = getenv("TMPDIR");
	bool is_fit = folder != NULL && folder[0] == '/' && mailcap_is_plain(folder) &&
		      strlen(folder) < MAILCAP_FOLDER / 2;

	return is_fit ? folder : "/tmp";
}

/*
 * The name is only chosen here, so that a no, or Ctrl-C at the question, has nothing to
 * remove. Who guesses it gains nothing: a folder that is there is never used.
 */
bool viewer_find(struct viewer *viewer, const char *type)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	snprintf(viewer->folder, sizeof viewer->folder, "%s/mail-%jd-%09ld",
		temporary_folder(), (intmax_t)getpid(), now.tv_nsec);
	return mailcap_find(&viewer->found, type, viewer->folder);
}

static void hold_signals(struct viewer *viewer)
{
	sigset_t held;

	sigemptyset(&held);
	sigaddset(&held, SIGHUP);
	sigaddset(&held, SIGINT);
	sigaddset(&held, SIGQUIT);
	sigaddset(&held, SIGTERM);
	sigprocmask(SIG_BLOCK, &held, &viewer->before);
}

/* A signal that came meanwhile was meant for the command. */
static void forget_signal(int number)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;

	sigaction(number, &ignore, &before); /* what waits is gone */
	sigaction(number, &before, NULL);
}

/* Removes what viewer_open made. */
static void remove_copy(const struct viewer *viewer)
{
	unlink(viewer->found.path);
	rmdir(viewer->folder);
	sigprocmask(SIG_SETMASK, &viewer->before, NULL);
}

void viewer_open(struct viewer *viewer)
{
	hold_signals(viewer);
	if (mkdir(viewer->folder, 0700) != 0)
		err(EX_IOERR, "%s", viewer->folder);
	int descriptor = open(viewer->found.path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	if (descriptor >= 0)
		viewer->copy = fdopen(descriptor, "wb");
	if (viewer->copy == NULL)
		viewer_fail(viewer, viewer->folder);
}

/* As system(3), but with a standard input, and the signals that we had before. */
static int run(const struct viewer *viewer, const char *input)
{
	int status;
	pid_t child = fork();

	if (child < 0)
		return -1;
	if (child == 0) {
		int descriptor = open(input, O_RDONLY | O_CLOEXEC);

		sigprocmask(SIG_SETMASK, &viewer->before, NULL);
		if (dup2(descriptor, STDIN_FILENO) >= 0)
			execl("/bin/sh", "sh", "-c", viewer->found.command, (char *)NULL);
		_exit(127); /* as a shell does that finds no such command */
	}
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int viewer_run(struct viewer *viewer)
{
	const struct mailcap *found = &viewer->found;
	int status = fclose(viewer->copy);

	if (status == 0)
		status = run(viewer, found->has_path ? "/dev/tty" : found->path);
	if (status < 0)
		viewer_fail(viewer, found->path);
	forget_signal(SIGINT);
	forget_signal(SIGQUIT);
	remove_copy(viewer);
	return status;
}

void viewer_fail(const struct viewer *viewer, const char *name)
{
	warn("%s", name);
	remove_copy(viewer);
	exit(EX_IOERR);
}
