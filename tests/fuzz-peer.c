/*
 * fuzz-peer: whoever connects or accepts is connected to its own standard input. What the
 * peer would say is read from there, what is said to the peer is thrown away, and nobody
 * waits for anything: so one file is a whole run of a program that else needs somebody to
 * talk to. make fuzz links this before the C library, make soak has it in LD_PRELOAD.
 *
 *	$ printf '+OK\r\n-ERR no\r\n' | LD_PRELOAD=build/fuzz-peer.so pop3-fetch -u bob localhost:1 inbox
 *
 * With PEER=FILE the peer says what is in that file; with ENTRY=FILE the standard input
 * is put into that file before the program begins.
 */
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static int what_the_peer_says(void)
{
	const char *path = getenv("PEER");

	return path != NULL ? open(path, O_RDONLY) : dup(STDIN_FILENO);
}

/* Whether somebody is at the other end: then fd is the file that holds what he says. */
static bool is_peer(int fd)
{
	const char *path = getenv("PEER");
	struct stat said, s;

	return fd > STDERR_FILENO &&
	       (path != NULL ? stat(path, &said) : fstat(STDIN_FILENO, &said)) == 0 &&
	       fstat(fd, &s) == 0 && s.st_dev == said.st_dev && s.st_ino == said.st_ino;
}

int connect(int fd, const struct sockaddr *address, socklen_t n)
{
	int said = what_the_peer_says();

	(void)address;
	(void)n;
	if (said < 0 || dup2(said, fd) < 0)
		return -1;
	return close(said);
}

/* One conversation is held, and when it is over the program has done its work. */
int accept(int door, struct sockaddr *restrict address, socklen_t *restrict n)
{
	static int held = -1;

	(void)door;
	(void)address;
	(void)n;
	if (held == -1)
		return held = what_the_peer_says();
	while (fcntl(held, F_GETFD) >= 0)
		sched_yield();
	exit(EXIT_SUCCESS);
}

ssize_t write(int fd, const void *octets, size_t n)
{
	struct iovec place = {(void *)octets, n};

	return is_peer(fd) ? (ssize_t)n : writev(fd, &place, 1);
}

int dprintf(int fd, const char *restrict format, ...)
{
	va_list arguments;
	int n = 1;

	va_start(arguments, format);
	if (!is_peer(fd))
		n = vdprintf(fd, format, arguments);
	va_end(arguments);
	return n;
}

ssize_t send(int fd, const void *octets, size_t n, int flags)
{
	(void)fd;
	(void)octets;
	(void)flags;
	return (ssize_t)n;
}

/*
 * What the peer says comes a line at a time, so that both sides of a conversation get their
 * turn, and nothing has come before it is waited for.
 */
ssize_t read(int fd, void *octets, size_t size)
{
	struct iovec place = {octets, size};
	ssize_t n = readv(fd, &place, 1);
	const char *lf = n > 0 && is_peer(fd) ? memchr(octets, '\n', (size_t)n) : NULL;

	if (lf != NULL && lseek(fd, lf + 1 - (const char *)octets - n, SEEK_CUR) >= 0)
		n = lf + 1 - (const char *)octets;
	return n;
}

ssize_t recv(int fd, void *octets, size_t size, int flags)
{
	(void)flags;
	return read(fd, octets, size);
}

static bool is_door(int fd)
{
	int listens = 0;
	socklen_t n = sizeof listens;

	return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &n) == 0 &&
	       listens != 0;
}

/* Somebody is always at the door, a file has always come; a wait is over at once. */
int poll(struct pollfd *fds, nfds_t n, int timeout)
{
	struct timeval at_once = {0, timeout > 0 ? 100 : 0};
	fd_set in, out;
	int ready = 0, most = -1;

	FD_ZERO(&in);
	FD_ZERO(&out);
	for (nfds_t i = 0; i < n; i++) {
		fds[i].revents = 0;
		if (fds[i].fd >= 0 && (fds[i].events & POLLIN) &&
			(timeout != 0 || !is_peer(fds[i].fd)))
			FD_SET(fds[i].fd, &in);
		if (fds[i].fd >= 0 && (fds[i].events & POLLOUT))
			FD_SET(fds[i].fd, &out);
		most = fds[i].fd > most ? fds[i].fd : most;
		if (fds[i].fd >= 0 && is_door(fds[i].fd)) {
			fds[i].revents = POLLIN;
			return 1;
		}
	}
	if (select(most + 1, &in, &out, NULL, timeout < 0 ? NULL : &at_once) < 0)
		return -1;
	for (nfds_t i = 0; i < n; i++) {
		if (fds[i].fd >= 0 && FD_ISSET(fds[i].fd, &in))
			fds[i].revents |= POLLIN;
		if (fds[i].fd >= 0 && FD_ISSET(fds[i].fd, &out))
			fds[i].revents |= POLLOUT;
		ready += fds[i].revents != 0;
	}
	return ready;
}

int nanosleep(const struct timespec *wanted, struct timespec *left)
{
	(void)wanted;
	(void)left;
	return 0;
}

__attribute__((constructor)) static void put_into_file(void)
{
	const char *path = getenv("ENTRY");
	int fd = path != NULL ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
	char octets[4096];
	ssize_t n;

	while (fd >= 0 && (n = read(STDIN_FILENO, octets, sizeof octets)) > 0)
		if (write(fd, octets, (size_t)n) < n)
			abort();
	if (fd >= 0)
		close(fd);
	/* What it runs has an input of its own, and is not watched by the fuzzer. */
	unsetenv("ENTRY");
	if (path != NULL)
		unsetenv("__AFL_SHM_ID");
}
