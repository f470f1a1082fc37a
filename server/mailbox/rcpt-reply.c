/*
 * rcpt-reply: opens the file, takes a line, and writes the rest back. Anybody may have
 * put anything there. Begin with rcpt_reply.
 */
#include "mailbox/rcpt-reply.h"
#include "wire/durable.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_OCTETS 4096

/* Three digits, of which the first two have a meaning (4.2.1), and printing text. */
static bool is_reply(const char *line, size_t n)
{
	if (n < 3 || n >= RCPT_REPLY || strchr("2345", line[0]) == NULL ||
		strchr("012345", line[1]) == NULL ||
		strchr("0123456789", line[2]) == NULL || (n > 3 && line[3] != ' '))
		return false;
	for (size_t i = 0; i < n; i++)
		if (line[i] < ' ' || line[i] > '~')
			return false;
	return true;
}

/* A FIFO is not waited for, a link is not followed. Returns a descriptor, or -1. */
static int open_file(const char *path)
{
	int fd = open(path, O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
	struct stat s;

	if (fd < 0) {
		if (errno != ENOENT)
			warn("%s", path);
		return -1;
	}
	if (fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && s.st_size <= FILE_OCTETS)
		return fd;
	warnx("%s: not a file of at most %d octets", path, FILE_OCTETS);
	close(fd);
	return -1;
}

/* The octets of text without the line ends that it ends in. */
static size_t trimmed(const char *text, size_t n)
{
	while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == '\r'))
		n--;
	return n;
}

/* Takes the first line; where others follow, these are all that is left. */
static bool take_line(int fd, const char *path, char reply[RCPT_REPLY])
{
	char text[FILE_OCTETS];
	ssize_t got = pread(fd, text, sizeof text, 0);
	size_t all = got > 0 ? trimmed(text, (size_t)got) : 0, n, next;
	const char *lf = memchr(text, '\n', all);

	next = lf != NULL ? (size_t)(lf + 1 - text) : all;
	n = trimmed(text, next);
	if (!is_reply(text, n)) {
		warnx("%s: not a reply, as 450 come back later", path);
		return false;
	}
	memcpy(reply, text, n);
	reply[n] = '\0';
	if (next < all && (pwrite(fd, text + next, all - next, 0) < 0 ||
				  ftruncate(fd, (off_t)(all - next)) != 0))
		warn("%s", path);
	return true;
}

bool rcpt_reply(const char *mail, const char *user, char reply[RCPT_REPLY])
{
	char path[PATH_MAX];
	bool taken;
	int fd;

	if (file_path(path, sizeof path, "%s/%s/reply", mail, user) < 0)
		return false;
	fd = open_file(path);
	if (fd < 0)
		return false;
	flock(fd, LOCK_EX); /* a line is for one of those who come at once */
	taken = take_line(fd, path, reply);
	close(fd);
	return taken;
}
