/*
 * viewer: a part is shown by another program, on a copy that is Bob's alone, and gone
 * afterwards (articles: B10, B14; RFC 1524, and its section on security).
 *
 *     echo 'image/jpeg; cksum' >build/mailcap
 *     MAILCAPS=build/mailcap build/mime-decode -a lessons/07-base64/picture.eml
 */
#include "read/viewer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

static void release_signals(const struct viewer *viewer)
{
	sigprocmask(SIG_SETMASK, &viewer->before, NULL);
}

/* A signal that came meanwhile was meant for the command. */
static void forget_signal(int number)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;

	sigaction(number, &ignore, &before); /* what waits is gone */
	sigaction(number, &before, NULL);
}

/* Removes what viewer_open made. errno stays as it was. */
static void remove_copy(const struct viewer *viewer)
{
	int why = errno;

	unlink(viewer->found.path);
	rmdir(viewer->folder);
	release_signals(viewer);
	errno = why;
}

int viewer_open(struct viewer *viewer)
{
	hold_signals(viewer);
	if (mkdir(viewer->folder, 0700) != 0) {
		release_signals(viewer);
		return -1;
	}
	int descriptor = open(viewer->found.path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	viewer->copy = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
	if (viewer->copy != NULL)
		return 0;
	remove_copy(viewer);
	if (descriptor >= 0)
		close(descriptor);
	return -1;
}

int viewer_run(struct viewer *viewer)
{
	const struct mailcap *found = &viewer->found;
	const char *input = found->has_path ? "/dev/tty" : found->path;
	int status = fclose(viewer->copy);

	if (status == 0)
		status = mailcap_run(found->command, input, &viewer->before);
	forget_signal(SIGINT);
	forget_signal(SIGQUIT);
	remove_copy(viewer);
	return status;
}

void viewer_drop(struct viewer *viewer)
{
	int why = errno;

	fclose(viewer->copy);
	errno = why;
	remove_copy(viewer);
}
