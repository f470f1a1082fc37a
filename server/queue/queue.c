/* queue: see queue.h. */
#include "queue/queue.h"
#include "wire/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* The path of folder/name in a queue, or of the folder where name is "". */
static int path_to(
	const char *queue, const char *folder, const char *name, char path[PATH_MAX])
{
	int n = snprintf(path, PATH_MAX, "%s/%s%s%s", queue, folder,
		*name != '\0' ? "/" : "", name);

	if (n >= PATH_MAX)
		errno = ENAMETOOLONG;
	return n < PATH_MAX ? 0 : -1;
}

static int make_folder(const char *path)
{
	struct stat s;

	if (mkdir(path, 0700) == 0 || errno != EEXIST)
		return access(path, W_OK | X_OK);
	if (stat(path, &s) == 0 && S_ISDIR(s.st_mode))
		return access(path, W_OK | X_OK);
	errno = ENOTDIR;
	return -1;
}

static int make_trigger(const char *path)
{
	struct stat s;

	if (mkfifo(path, 0600) == 0)
		return 0;
	return errno == EEXIST && stat(path, &s) == 0 && S_ISFIFO(s.st_mode) ? 0 : -1;
}

int queue_make(const char *queue)
{
	static const char *const folders[] = {".", "tmp", "new", "bad"};
	char path[PATH_MAX];

	if (make_folder(queue) < 0)
		return -1;
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		if (path_to(queue, folders[i], "", path) < 0 || make_folder(path) < 0)
			return -1;
	if (path_to(queue, "trigger", "", path) < 0 || make_trigger(path) < 0 ||
		path_to(queue, ".", "", path) < 0)
		return -1;
	return durable_folder(path);
}

int queue_lock(const char *queue)
{
	char path[PATH_MAX];
	int fd = path_to(queue, "lock", "", path) < 0
			 ? -1
			 : open(path, O_RDWR | O_CREAT, 0600); /* to be inherited */

	return fd < 0 ? -1 : flock(fd, LOCK_EX | LOCK_NB);
}

int queue_trigger(const char *queue)
{
	char path[PATH_MAX];
	int fd = path_to(queue, "trigger", "", path) < 0
			 ? -1
			 : open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	/* Open for writing too, it has an end only when we have. */
	if (fd >= 0 && open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC) < 0)
		return -1;
	return fd;
}

void queue_wake(const char *queue)
{
	char path[PATH_MAX];
	int fd = path_to(queue, "trigger", "", path) < 0
			 ? -1
			 : open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return;		    /* nobody listens: it looks into new when it begins */
	if (write(fd, "", 1) < 0) { /* it was full of the same message */
	}
	close(fd);
}

FILE *queue_spool(const char *queue)
{
	char path[PATH_MAX];
	FILE *file;
	int fd;

	if (path_to(queue, "tmp", "spool.XXXXXX", path) < 0)
		return NULL;
	fd = mkstemp(path);
	if (fd < 0)
		return NULL;
	unlink(path);
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	file = fdopen(fd, "w+");
	if (file == NULL)
		close(fd);
	return file;
}

static void copy(FILE *from, FILE *to)
{
	char octets[32768];
	size_t n;

	while ((n = fread(octets, 1, sizeof octets, from)) > 0)
		if (fwrite(octets, 1, n, to) < n)
			break;
}

int queue_write(
	const char *queue, const char *name, const struct envelope *e, FILE *message)
{
	char path[PATH_MAX];
	bool unread;
	FILE *to;
	int fd;

	if (path_to(queue, "tmp", name, path) < 0)
		return -1;
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	to = fd < 0 ? NULL : fdopen(fd, "w");
	if (to == NULL) {
		if (fd >= 0)
			close(fd);
		return -1;
	}
	fprintf(to, "MAIL FROM:<%s> SIZE=%ju\n", e->from, e->octets);
	for (size_t i = 0; i < e->count; i++)
		fprintf(to, "RCPT TO:<%s>\n", e->to[i]);
	putc('\n', to);
	copy(message, to);
	unread = ferror(message);
	if (durable_close(to) == 0 && !unread)
		return 0;
	if (unread)
		errno = EIO;
	fd = errno;
	unlink(path);
	errno = fd;
	return -1;
}

int queue_rename(const char *queue, const char *folder, const char *name,
	const char *other, const char *as)
{
	char from[PATH_MAX], to[PATH_MAX];

	if (path_to(queue, folder, name, from) < 0 || path_to(queue, other, as, to) < 0)
		return -1;
	return rename(from, to);
}

int queue_remove(const char *queue, const char *folder, const char *name)
{
	char path[PATH_MAX];

	return path_to(queue, folder, name, path) < 0 ? -1 : unlink(path);
}

int queue_flush(const char *queue)
{
	char path[PATH_MAX];

	return path_to(queue, "new", "", path) < 0 ? -1 : durable_folder(path);
}

const char *queue_domain(const char *address)
{
	const char *at = strrchr(address, '@');

	return at != NULL ? at + 1 : "";
}
