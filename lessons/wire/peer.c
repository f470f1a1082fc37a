/*
 * peer: the two ways to a connection (articles: A9). Begin with peer_dial and
 * peer_listen. Compare client/talk.c and server/smtp-toy.c, which do both in plain sight.
 */
#include "wire/peer.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define DIAL_LIMIT 30000 /* milliseconds to connect to an address */
#define NAME_SIZE  256	 /* of a host, with its NUL */

/* A number of 16 bits, where getaddrinfo would cut a larger one, or a service. */
static bool is_port(const char *port)
{
	size_t digits = strspn(port, "0123456789");

	if (digits == 0)
		return isalpha((unsigned char)*port);
	return port[digits] == '\0' && strtoul(port, NULL, 10) <= 65535;
}

/* The octets of host in HOST:PORT, without brackets; -1 where it is not that. */
static int split(const char *where, const char **host, const char **port)
{
	const char *colon = strrchr(where, ':');
	size_t n = colon != NULL ? (size_t)(colon - where) : 0;

	*host = where;
	if (n > 2 && where[0] == '[' && where[n - 1] == ']') {
		(*host)++;
		n -= 2;
	} else if (memchr(where, ':', n) != NULL || where[0] == '[') {
		return -1; /* which of the colons begins the port? */
	}
	if (colon == NULL || !is_port(colon + 1) || n >= NAME_SIZE)
		return -1;
	*port = colon + 1;
	return (int)n;
}

bool peer_named(const char *where)
{
	const char *host, *port;

	return split(where, &host, &port) >= 0;
}

/* The addresses of HOST:PORT, for freeaddrinfo, or NULL with a reason in *why. */
static struct addrinfo *resolve(const char *where, const char **why)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
	const char *host, *port;
	char name[NAME_SIZE];
	int failed, n = split(where, &host, &port);

	if (n < 0) {
		*why = "not HOST:PORT";
		return NULL;
	}
	memcpy(name, host, (size_t)n);
	name[n] = '\0';
	failed = getaddrinfo(n > 0 ? name : NULL, port, &hints, &found);
	if (failed != 0) {
		*why = gai_strerror(failed);
		return NULL;
	}
	return found;
}

/* Waits until the connection is there. Returns 0, or what kept it from being. */
static int outcome(int fd, int stop)
{
	struct pollfd fds[2] = {{fd, POLLOUT, 0}, {stop, POLLIN, 0}};
	int ready, problem = 0;
	socklen_t length = sizeof problem;

	do
		ready = poll(fds, 2, DIAL_LIMIT);
	while (ready < 0 && errno == EINTR);
	if (ready <= 0)
		return ETIMEDOUT;
	if (fds[1].revents != 0)
		return ECANCELED;
	getsockopt(fd, SOL_SOCKET, SO_ERROR, &problem, &length);
	return problem;
}

/* A connection to one address, or -1 with errno. */
static int connect_to(const struct addrinfo *a, int stop)
{
	int fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol), problem = 0;

	if (fd < 0)
		return -1;
	/* Without O_NONBLOCK the system decides how long connecting may take. */
	fcntl(fd, F_SETFL, O_NONBLOCK);
	if (connect(fd, a->ai_addr, a->ai_addrlen) != 0)
		problem = errno;
	if (problem == EINPROGRESS)
		problem = outcome(fd, stop);
	fcntl(fd, F_SETFL, 0);
	if (problem == 0)
		return fd;
	close(fd);
	errno = problem;
	return -1;
}

int peer_dial(const char *where, int stop, const char **why)
{
	struct addrinfo *all = resolve(where, why);
	int fd = -1;

	for (struct addrinfo *a = all; a != NULL && fd < 0; a = a->ai_next) {
		fd = connect_to(a, stop);
		if (fd < 0)
			*why = strerror(errno);
	}
	if (all != NULL)
		freeaddrinfo(all);
	return fd;
}

/* A socket that listens at one address, or -1 with errno. */
static int listen_at(const struct addrinfo *a)
{
	int on = 1, fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, SOMAXCONN) == 0)
		return fd;
	close(fd);
	return -1;
}

static void announce(int fd)
{
	struct sockaddr_storage own;
	socklen_t length = sizeof own;
	char host[64] = "", port[8] = "";

	getsockname(fd, (struct sockaddr *)&own, &length);
	getnameinfo((struct sockaddr *)&own, length, host, sizeof host, port, sizeof port,
		NI_NUMERICHOST | NI_NUMERICSERV);
	if (strchr(host, ':') != NULL)
		printf("listening on [%s]:%s\n", host, port);
	else
		printf("listening on %s:%s\n", host, port);
	fflush(stdout);
}

/* The first address of this family that can be had, or -1 with a reason. */
static int listen_by(int family, const struct addrinfo *all, const char **why)
{
	int fd = -1;

	for (const struct addrinfo *a = all; a != NULL && fd < 0; a = a->ai_next) {
		if (a->ai_family != family)
			continue;
		fd = listen_at(a);
		if (fd < 0)
			*why = strerror(errno);
	}
	return fd;
}

int peer_listen(const char *where, const char **why)
{
	struct addrinfo *all = resolve(where, why);
	int fd = listen_by(AF_INET, all, why); /* localhost is 127.0.0.1 first */

	if (fd < 0)
		fd = listen_by(AF_INET6, all, why);
	if (all != NULL)
		freeaddrinfo(all);
	if (fd >= 0)
		announce(fd);
	return fd;
}
