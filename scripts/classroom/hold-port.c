/* hold-port: is a port free, and then which one is held. */
#include "classroom/hold-port.h"

#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
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

void hold_port(const char *name)
{
	const char *before = getenv(name);
	long port = before != NULL ? strtol(before, NULL, 10) : 0;
	long start = getpid() % PORTS * 4L; /* the next process begins elsewhere */
	long tries = 0;
	char text[16];

	if (port < FIRST || port >= FIRST + PORTS || !hold(port))
		do {
			if (tries == PORTS)
				errx(EX_TEMPFAIL, "all ports from %d to %d are taken",
					FIRST, FIRST + PORTS - 1);
			port = FIRST + (start + tries) % PORTS;
			tries++;
		} while (!hold(port));
	snprintf(text, sizeof text, "%ld", port);
	if (setenv(name, text, 1) != 0)
		err(EX_USAGE, "%s", name);
}
