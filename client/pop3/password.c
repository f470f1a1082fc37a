/*
 * password: asks on a terminal that does not show the answer (articles: A3). Begin with
 * password_get, at the end; the point is what happens between the two tcsetattr calls.
 */
#include "pop3/password.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
#define SIGNALS (sizeof signals / sizeof *signals)

/* The signal that came while echo was off: a handler has nowhere else to say so. */
static volatile sig_atomic_t came;

static void note(int signal_number)
{
	came = signal_number;
}

/* Reads the line that was typed: a terminal gives one at a time. */
static int read_line(int terminal, char *line, size_t size)
{
	ssize_t n = came == 0 ? read(terminal, line, size) : -1;

	if (n < 0)
		return -1;
	if (n == 0 || line[n - 1] != '\n') {
		errno = (size_t)n == size ? EINVAL : ECANCELED;
		return -1;
	}
	line[n - 1] = '\0';
	return 0;
}

/* Asks once. A signal that comes meanwhile is left in came. */
static int ask(int terminal, const char *prompt, char *password, size_t size)
{
	struct sigaction noted = {.sa_handler = note}, before[SIGNALS];
	struct termios shown, hidden;
	int status = -1, reason;

	if (tcgetattr(terminal, &shown) != 0)
		return -1;
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
	came = 0;
	for (size_t i = 0; i < SIGNALS; i++)
		sigaction(signals[i], &noted, &before[i]);
	if (tcsetattr(terminal, TCSAFLUSH, &hidden) == 0 &&
		write(terminal, prompt, strlen(prompt)) >= 0)
		status = read_line(terminal, password, size);
	reason = errno;
	tcsetattr(terminal, TCSAFLUSH, &shown);
	if (write(terminal, "\n", 1) < 0) { /* the Enter that was not shown */
	}
	for (size_t i = 0; i < SIGNALS; i++)
		sigaction(signals[i], &before[i], NULL);
	errno = reason;
	return status;
}

int password_get(const char *variable, const char *prompt, char *password, size_t size)
{
	const char *given = getenv(variable);
	int terminal, status, reason;

	if (given != NULL) {
		snprintf(password, size, "%s", given);
		errno = EINVAL;
		return strlen(given) < size && strpbrk(given, "\r\n") == NULL ? 0 : -1;
	}
	terminal = open("/dev/tty", O_RDWR | O_NOCTTY);
	if (terminal < 0)
		return -1;
	do {
		status = ask(terminal, prompt, password, size);
		reason = errno;
		if (came != 0)
			raise(came); /* it ends the program, or Ctrl-Z stops it for now */
	} while (came != 0);
	close(terminal);
	errno = reason;
	return status;
}
