/*
 * stop: a signal may come just before poll(2) begins to wait, and a flag that it sets
 * would not be seen then. So it writes an octet into a pipe, which poll sees at any time.
 */
#include "wire/stop.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <sysexits.h>
#include <unistd.h>

/* Nobody reads what is written into it. */
static int stopping[2];

static void stop(int signal_number)
{
	int saved = errno;
	char octet = (char)signal_number;

	if (write(stopping[1], &octet, 1) < 0) { /* it was full of the same message */
	}
	errno = saved;
}

static void open_pipe(void)
{
	if (pipe(stopping) < 0)
		err(EX_OSERR, "pipe");
	fcntl(stopping[0], F_SETFD, FD_CLOEXEC);
	fcntl(stopping[1], F_SETFD, FD_CLOEXEC);
	fcntl(stopping[1], F_SETFL, O_NONBLOCK);
}

int stop_signal(void)
{
	struct sigaction before, ends = {.sa_handler = stop};

	open_pipe();
	sigaction(SIGTERM, &ends, NULL);
	if (sigaction(SIGINT, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
		sigaction(SIGINT, &ends, NULL);
	return stopping[0];
}

int stop_any_signal(void)
{
	static const int all[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM};
	struct sigaction before, ends = {.sa_handler = stop};

	open_pipe();
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (sigaction(all[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
			sigaction(all[i], &ends, NULL);
	return stopping[0];
}
