/*
 * free-ports: runs a program that needs to know ports before anybody listens on them
 * (articles: A9, port 25; ours are above 1024, where everybody may listen).
 *
 *	$ free-ports SMTP POP3 -- sh -c 'smtp-toy $SMTP & talk localhost:$SMTP'
 *
 * Between the moment in which a port is found free and the one in which a server listens
 * on it somebody else could take it. So each is held meanwhile: not the port of TCP,
 * which the server is to have, but the port of UDP with the same number, which nobody
 * here needs and the system gives to one socket alone. The sockets stay open in the
 * program that we become and in all that it starts, so the ports are free again when the
 * last one has ended, however it ended.
 */
#include "wire/program.h"

#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

enum { FIRST = 20000, PORTS = 12000 }; /* below those that systems give to clients */

/* Whether a server could listen on this port of an address. */
static bool can_listen(const struct sockaddr *address, socklen_t size)
{
	int on = 1, fd = socket(address->sa_family, SOCK_STREAM, 0);
	bool can;

	if (fd < 0)
		return errno == EAFNOSUPPORT; /* a host without IPv6 */
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	can = bind(fd, address, size) == 0 ? listen(fd, 1) == 0 : errno == EADDRNOTAVAIL;
	close(fd);
	return can;
}

/* Holds a port, if it is free, for as long as this process and its children live. */
static bool hold(long port)
{
	struct sockaddr_in four = {
		.sin_family = AF_INET, .sin_port = htons((in_port_t)port)};
	struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = four.sin_port};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd < 0)
		err(EX_OSERR, "socket");
	four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	six.sin6_addr = in6addr_loopback;
	if (bind(fd, (struct sockaddr *)&four, sizeof four) == 0 &&
		can_listen((struct sockaddr *)&four, sizeof four) &&
		can_listen((struct sockaddr *)&six, sizeof six))
		return true;
	close(fd);
	return false;
}

/* Holds a port for NAME: the one that it has in the environment, if that is free. */
static void choose(const char *name)
{
	const char *before = getenv(name);
	long port = before != NULL ? strtol(before, NULL, 10) : 0;
	long start = getpid() % PORTS * 4L; /* who asks next begins elsewhere */
	long tries = 0;
	char text[16];

	if (port < FIRST || port >= FIRST + PORTS || !hold(port))
		do {
			if (tries == PORTS)
				errx(EX_TEMPFAIL, "no port is free from %d to %d", FIRST,
					FIRST + PORTS - 1);
			port = FIRST + (start + tries) % PORTS;
			tries++;
		} while (!hold(port));
	snprintf(text, sizeof text, "%ld", port);
	if (setenv(name, text, 1) != 0)
		err(EX_USAGE, "%s", name);
}

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
		choose(argv[i]);
	signal(SIGXFSZ, SIG_DFL);
	execvp(argv[command + 1], argv + command + 1);
	err(EX_UNAVAILABLE, "%s", argv[command + 1]);
}
