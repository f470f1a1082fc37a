/*
 * window: the shell reads its script from a FIFO, into which commands are written one by one
 * (walk-read.awk has their words). After each it writes a dot to the news, descriptor 8: a pipe
 * that all it starts has open too.
 */
#define _XOPEN_SOURCE 700 /* posix_openpt */
#include "classroom/window.h"
#include "classroom/work.h"
#include "wire/clock.h"

#include <err.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <termios.h>
#include <unistd.h>

#define CHUNK 65536   /* octets: all that a pipe holds */
#define MOST  1000000 /* octets that may appear and have not been compared */
#define LOST                                                                             \
	5000 /* milliseconds until Ctrl-C is pressed again: a child just begun may lose it */

static bool furnish(struct window *w, const char *fifo)
{
	struct termios modes;

	w->fd[KEYBOARD] = posix_openpt(O_RDWR | O_NOCTTY);
	if (grantpt(w->fd[KEYBOARD]) != 0 || unlockpt(w->fd[KEYBOARD]) != 0)
		return false;
	w->fd[TERMINAL] = open(ptsname(w->fd[KEYBOARD]), O_RDWR | O_NOCTTY);
	if (tcgetattr(w->fd[TERMINAL], &modes) != 0 || pipe(w->fd + SCREEN) != 0 ||
		pipe(w->fd + NEWS) != 0 || mkfifo(fifo, 0600) != 0)
		return false;
	w->fd[COMMANDS] = open(fifo, O_RDWR);
	modes.c_lflag = ISIG; /* a line may be of any length, and does not appear */
	tcsetattr(w->fd[TERMINAL], TCSANOW, &modes);
	fcntl(w->fd[SCREEN], F_SETFL, O_NONBLOCK);
	fcntl(w->fd[NEWS], F_SETFL, O_NONBLOCK);
	for (int i = 0; i < ENDS; i++)
		fcntl(w->fd[i], F_SETFD, FD_CLOEXEC);
	return w->fd[COMMANDS] >= 0;
}

/* In a session of its own, where signals do what they usually do, also under nohup. */
static void become_shell(const struct window *w, const char *folder, const char *fifo)
{
	setsid();
	ioctl(w->fd[TERMINAL], TIOCSCTTY, 0);
	dup2(w->fd[TERMINAL], STDIN_FILENO);
	dup2(w->fd[SCREEN_IN], STDOUT_FILENO);
	dup2(w->fd[SCREEN_IN], STDERR_FILENO);
	dup2(w->fd[NEWS_IN], 8);
	fcntl(8, F_SETFD, 0);
	for (int number = 1; number < 32; number++)
		signal(number, SIG_DFL);
	if (chdir(folder) == 0)
		execlp("sh", "sh", fifo, (char *)NULL);
	_exit(EX_OSERR);
}

void window_send(struct window *w, const char *octets, bool is_command)
{
	if (is_command) {
		tcflush(w->fd[TERMINAL], TCIFLUSH); /* nobody has read that */
		w->runs = true;
		w->again = 0;
	} else if (*octets == 3) {
		w->again = clock_milliseconds() + LOST;
	}
	if (write(w->fd[is_command ? COMMANDS : KEYBOARD], octets, strlen(octets)) < 0)
		warn("%s", w->name);
}

struct window *window_open(struct windows *ws, const char *name)
{
	struct window *w = ws->of, *end = ws->of + ws->count;
	char *fifo = work_text("%s/%s.fifo", ws->work, name);

	while (w < end && strcmp(w->name, name) != 0)
		w++;
	if (w < end)
		return w;
	*w = (struct window){.name = name, .out = work_room(NULL, 1)};
	w->shell = ws->count < WINDOWS && furnish(w, fifo) ? fork() : -1;
	if (w->shell < 0)
		err(EX_TEMPFAIL, "%s: there could be no such window", name);
	if (w->shell == 0)
		become_shell(w, work_text("%s/lesson", ws->work), fifo);
	ws->count++;
	close(w->fd[NEWS_IN]);
	w->fd[NEWS_IN] = -1;
	window_send(w, ws->begin, true);
	while (w->runs)
		windows_wait(ws, -1, 60000);
	unlink(fifo);
	return w;
}

/* The news come first: what a command has printed was there before its end. */
static void look(struct window *w)
{
	char news[64] = "";
	bool ran = w->runs;
	ssize_t n = read(w->fd[NEWS], news, sizeof news - 1);

	if (n == 0) {
		close(w->fd[NEWS]);
		w->fd[NEWS] = -1;
	}
	w->gone = w->gone || n == 0 || strchr(news, 'g') != NULL;
	w->runs = w->runs && !w->gone && strchr(news, '.') == NULL;
	if (strchr(news, 'i') != NULL)
		w->again = clock_milliseconds() + 100; /* nothing ran yet, perhaps */
	w->full = w->size - w->compared > MOST;
	w->out = work_room(w->out, w->size + CHUNK + 1);
	n = w->full ? 0 : read(w->fd[SCREEN], w->out + w->size, CHUNK);
	w->size += n > 0 ? (size_t)n : 0;
	if (ran && !w->runs && w->size > 0 && w->out[w->size - 1] != '\n')
		w->out[w->size++] = '\n'; /* the prompt is on a line of its own */
}

bool windows_wait(struct windows *ws, int fd, long long left)
{
	struct pollfd fds[2 + 2 * WINDOWS] = {{ws->signal, POLLIN, 0}, {fd, POLLIN, 0}};
	long long now = clock_milliseconds();
	nfds_t count = 2;
	char number;

	for (struct window *w = ws->of; w < ws->of + ws->count; w++) {
		fds[count++] = (struct pollfd){w->fd[SCREEN], POLLIN, 0};
		fds[count++] = (struct pollfd){w->fd[NEWS], POLLIN, 0};
		if (!w->runs || w->again == 0)
			continue;
		left = w->again - now < left ? w->again - now : left;
		if (w->again <= now) {
			window_send(w, "\3", false);
		}
	}
	if (poll(fds, count, left > 0 ? (int)left : 0) <= 0)
		return false;
	if (fds[0].revents != 0 && read(ws->signal, &number, 1) == 1)
		exit(128 + number);
	for (nfds_t i = 2; i < count; i += 2)
		if (fds[i].revents != 0 || fds[i + 1].revents != 0)
			look(&ws->of[i / 2 - 1]);
	return fds[1].revents != 0;
}

char *window_left(struct windows *ws, struct window *w)
{
	static const char processes[] =
		"if [ -r /proc/self/stat ]; then "
		"cat /proc/[0-9]*/stat 2>/dev/null | "
		"sed 's/^\\([0-9]*\\) (\\(.*\\)) . [0-9]* \\([0-9]*\\) .*/\\3 \\1 \\2/'; "
		"else ps -A -o pgid= -o pid= -o comm=; fi | "
		"awk '$1 == %ld && $2 != $1 { printf \" %%s\", $3 }'";
	long long until = clock_milliseconds() + 500;

	window_send(w, "exec 8>&-\n", true); /* now others alone have the news open */
	while (w->fd[NEWS] >= 0 && clock_milliseconds() < until)
		windows_wait(ws, -1, until - clock_milliseconds());
	if (w->fd[NEWS] < 0)
		return NULL;
	return work_output(work_text(processes, (long)w->shell), NULL);
}

void windows_close(struct windows *ws)
{
	char news[64];

	for (struct window *w = ws->of; w < ws->of + ws->count; w++) {
		struct pollfd fds = {w->fd[NEWS], POLLIN, 0};

		kill(-w->shell, SIGKILL);
		kill(w->shell, SIGKILL); /* which may not have its session yet */
		waitpid(w->shell, NULL, 0);
		while (poll(&fds, 1, fds.fd < 0 ? 0 : 1000) > 0 &&
			read(fds.fd, news, sizeof news) > 0)
			; /* until nobody is left who could write it */
		for (int i = 0; i < ENDS; i++)
			close(w->fd[i]);
		free(w->out);
	}
	ws->count = 0;
}
