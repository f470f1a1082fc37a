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

	(void)signal_number;
	if (write(stopping[1], "", 1) < 0) { /* it was full of the same message */
	}
	errno = saved;
}

int stop_signal(void)
{
	struct sigaction ends = {.sa_handler = stop};

	if (pipe(stopping) < 0)
		err(EX_OSERR, "pipe");
	fcntl(stopping[0], F_SETFD, FD_CLOEXEC);
	fcntl(stopping[1], F_SETFD, FD_CLOEXEC);
	fcntl(stopping[1], F_SETFL, O_NONBLOCK);
	sigaction(SIGTERM, &ends, NULL);
	sigaction(SIGINT, &ends, NULL);
	return stopping[0];
}
