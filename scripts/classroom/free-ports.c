/*
 * free-ports: runs a program that needs to know ports before anybody listens on them
 * (articles: A9, port 25; ours are above 1024, where everybody may listen).
 *
 *	$ free-ports SMTP POP3 -- sh -c 'smtp-toy $SMTP & talk localhost:$SMTP'
 */
#include "classroom/hold-port.h"
#include "wire/program.h"

#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static const char usage[] =
	"usage: free-ports NAME... -- COMMAND [ARGUMENT...]\n"
	"Becomes COMMAND, in whose environment each NAME is a port that is free and\n"
	"stays so until the servers of COMMAND listen on it:\n"
	"\tfree-ports SMTP POP3 -- sh -c 'echo $SMTP $POP3'\n";

int main(int argc, char **argv)
{
	int command = 1;

	program_begin(); /* or a port that is held becomes COMMAND's standard input */
	if (argc == 2 && strcmp(argv[1], "-h") == 0) {
		fputs(usage, stdout);
		return program_end(EX_OK);
	}
	while (command < argc && strcmp(argv[command], "--") != 0)
		command++;
	if (command == 1 || command + 1 >= argc || argv[1][0] == '-')
		program_usage(usage);
	for (int i = 1; i < command; i++)
		hold_port(argv[i]);
	signal(SIGXFSZ, SIG_DFL);
	execvp(argv[command + 1], argv + command + 1);
	err(EX_UNAVAILABLE, "%s", argv[command + 1]);
}
