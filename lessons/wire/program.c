/*
 * program: makes sure of what a program inherits; reads its command line; ends it.
 */
#include "wire/program.h"

#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

void program_begin(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			(void)!open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
	signal(SIGXFSZ, SIG_IGN);
	tzset();
}

int program_option(int argc, char **argv, const char *options, const char *usage)
{
	int option = getopt(argc, argv, options);

	if (option == 'h') {
		fputs(usage, stdout);
		exit(program_end(EX_OK));
	}
	if (option == '?')
		program_usage(usage);
	return option;
}

void program_usage(const char *usage)
{
	fputs(usage, stderr);
	exit(EX_USAGE);
}

int program_end(int status)
{
	if (fflush(stdout) != 0 || ferror(stdout))
		err(EX_IOERR, "standard output");
	return status;
}

bool program_has_colours(void)
{
	const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");

	if (!isatty(STDOUT_FILENO) || (none != NULL && *none != '\0'))
		return false;
	return terminal != NULL && *terminal != '\0' && strcmp(terminal, "dumb") != 0;
}

void program_terminal(int *columns, int *lines)
{
	struct winsize size = {0};

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
		return;
	if (size.ws_col > 0)
		*columns = size.ws_col;
	if (size.ws_row > 0)
		*lines = size.ws_row;
}

unsigned long program_descriptors(unsigned long wanted)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur >= wanted)
		return wanted;
	limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
	setrlimit(RLIMIT_NOFILE, &limit);
	return (unsigned long)limit.rlim_cur;
}
