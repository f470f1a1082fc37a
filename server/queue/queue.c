/*
 * queue: the folder and what is in it, from its making to the entries. Every name that is
 * moved or removed goes through here.
 */
#include "queue/queue.h"
#include "smtp/outgoing.h"
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

static int make_trigger(const char *path)
{
	struct stat s;

	if (mkfifo(path, 0600) == 0)
		return 0;
	if (errno == EEXIST && stat(path, &s) == 0 && S_ISFIFO(s.st_mode))
		return 0;
	return -1;
}

int queue_make(const char *queue)
{
	static const char *const folders[] = {"", "tmp", "new", "bad"};
	char path[PATH_MAX];

	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		if (file_path(path, sizeof path, "%s/%s", queue, folders[i]) < 0 ||
			durable_make_folder(path) < 0)
			return -1;
	if (file_path(path, sizeof path, "%s/trigger", queue) < 0 ||
		make_trigger(path) < 0)
		return -1;
	return durable_folder(queue);
}

int queue_lock(const char *queue)
{
	char path[PATH_MAX];
	int fd;

	if (file_path(path, sizeof path, "%s/lock", queue) < 0)
		return -1;
	fd = open(path, O_RDWR | O_CREAT, 0600); /* to be inherited */
	return fd < 0 ? -1 : flock(fd, LOCK_EX | LOCK_NB);
}

static int open_trigger(const char *queue, int how)
{
	char path[PATH_MAX];

	if (file_path(path, sizeof path, "%s/trigger", queue) < 0)
		return -1;
	return open(path, how | O_NONBLOCK | O_CLOEXEC);
}

int queue_trigger(const char *queue)
{
	int fd = open_trigger(queue, O_RDONLY);

	/* Open for writing too, it has an end only when we have. */
	if (fd >= 0 && open_trigger(queue, O_WRONLY) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

void queue_wake(const char *queue)
{
	int fd = open_trigger(queue, O_WRONLY);

	if (fd < 0)
		return;		 /* nobody listens: it looks into new when it begins */
	(void)!write(fd, "", 1); /* where it is full, mail-queue will hear of it anyway */
	close(fd);
}

FILE *queue_spool(const char *queue)
{
	char path[PATH_MAX];
	FILE *file;
	int fd;

	if (file_path(path, sizeof path, "%s/tmp/spool.XXXXXX", queue) < 0)
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

int queue_reserve(const char *queue, const char *name, uintmax_t octets)
{
	static const char zeros[32768];
	char path[PATH_MAX];
	bool taken;
	int reason;
	FILE *room;

	if (file_path(path, sizeof path, "%s/tmp/%s", queue, name) < 0)
		return -1;
	room = fopen(path, "w");
	if (room == NULL)
		return -1;
	while (octets > 0 && !ferror(room)) {
		size_t n = octets < sizeof zeros ? (size_t)octets : sizeof zeros;

		fwrite(zeros, 1, n, room);
		octets -= n;
	}
	taken = !ferror(room) && fflush(room) == 0;
	reason = errno;
	if (fclose(room) == 0 && taken)
		return 0;
	unlink(path);
	errno = reason;
	return -1;
}

void queue_release(const char *queue, const char *name)
{
	char path[PATH_MAX];

	if (file_path(path, sizeof path, "%s/tmp/%s", queue, name) == 0)
		unlink(path);
}

/*
 * Opens a file to be written from its beginning. What there is of it stays until it is
 * written over: the room that it takes is not given back in the meantime.
 */
static FILE *open_over(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;

	if (file == NULL && fd >= 0)
		close(fd);
	return file;
}

/* Cuts off what is left of an older file. Returns 0, or -1 with errno. */
static int cut(FILE *file)
{
	return fflush(file) == 0 ? ftruncate(fileno(file), ftello(file)) : -1;
}

/* The envelope, the empty line, the message. Returns 0, or -1 with errno. */
static int write_entry(FILE *to, const struct envelope *e, const struct outgoing *message)
{
	char octets[32768];
	size_t n;

	fprintf(to, "MAIL FROM:<%s> SIZE=%ju\n", e->from, message->octets);
	for (size_t i = 0; i < e->count; i++)
		fprintf(to, "RCPT TO:<%s>\n", e->to[i]);
	putc('\n', to);
	do {
		n = fread(octets, 1, sizeof octets, message->file);
		fwrite(octets, 1, n, to);
	} while (n > 0 && !ferror(to));
	if (!ferror(message->file))
		return cut(to);
	errno = EIO;
	return -1;
}

int queue_write(
	const char *queue, const char *name, const struct envelope *e, FILE *message)
{
	char path[PATH_MAX];
	struct outgoing counted;
	int status, reason;
	FILE *to;

	if (file_path(path, sizeof path, "%s/tmp/%s", queue, name) < 0 ||
		outgoing_open(&counted, message) < 0 ||
		fseeko(message, counted.start, SEEK_SET) != 0)
		return -1;
	to = open_over(path);
	if (to == NULL)
		return -1;
	status = write_entry(to, e, &counted);
	reason = errno;
	if (durable_close(to) == 0 && status == 0)
		return 0;
	if (status == 0)
		reason = errno;
	unlink(path);
	errno = reason;
	return -1;
}

static int flush_folder(const char *queue, const char *folder)
{
	char path[PATH_MAX];

	if (file_path(path, sizeof path, "%s/%s", queue, folder) < 0)
		return -1;
	return durable_folder(path);
}

int queue_rename(const char *queue, const char *folder, const char *name,
	const char *other, const char *as)
{
	char from[PATH_MAX], to[PATH_MAX];

	if (file_path(from, sizeof from, "%s/%s/%s", queue, folder, name) < 0 ||
		file_path(to, sizeof to, "%s/%s/%s", queue, other, as) < 0 ||
		rename(from, to) != 0)
		return -1;
	return flush_folder(queue, other);
}

int queue_remove(const char *queue, const char *folder, const char *name)
{
	char path[PATH_MAX];

	if (file_path(path, sizeof path, "%s/%s/%s", queue, folder, name) < 0 ||
		unlink(path) != 0)
		return -1;
	return flush_folder(queue, folder);
}

int queue_due(const char *queue, const char *folder, const char *name, time_t due)
{
	struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = due}};
	char path[PATH_MAX];

	if (file_path(path, sizeof path, "%s/%s/%s", queue, folder, name) < 0)
		return -1;
	return utimensat(AT_FDCWD, path, times, 0);
}

const char *queue_domain(const char *address)
{
	const char *at = strrchr(address, '@');

	return at != NULL ? at + 1 : "";
}
