/*
 * failing-calls: a library that is loaded before libc (LD_PRELOAD), and in which a call of
 * the system fails as it does on a bad day. The calls that have to do with files are
 * counted from 1; from number FAIL_AT on, for FAIL_FOR of them, they fail, and that one
 * did is told in the file FAIL_TOLD, by its name.
 *
 *	FAIL_HOW=io	      the call is not done: EIO; of fsync, nobody knows what it did
 *	FAIL_HOW=inodes	      there is no new name: ENOSPC, of those that make one
 *	FAIL_HOW=descriptors  nothing more is opened: EMFILE, of those that open something
 *	FAIL_HOW=disk	      no file grows (RLIMIT_FSIZE), so what stdio writes fails too
 *	FAIL_IN=mail-queue    only in the program of this name
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a call does, besides what it is for. */
enum { MAKES_NAME = 1, OPENS = 2 };

extern const char *__progname;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned long calls;

/* The function of libc that has this name, to be put into a pointer to one. */
#define REAL(type, name, parameters)                                                     \
	static type(*real_##name) parameters;                                            \
	if (real_##name == NULL)                                                         \
	*(void **)&real_##name = dlsym(RTLD_NEXT, #name)

static unsigned long number(const char *name)
{
	const char *text = getenv(name);

	return text != NULL ? strtoul(text, NULL, 10) : 0;
}

static bool how(const char *word)
{
	const char *said = getenv("FAIL_HOW");

	return said != NULL && strcmp(said, word) == 0;
}

/* Whether files may grow. */
static void set_room(bool any)
{
	struct rlimit room;

	getrlimit(RLIMIT_FSIZE, &room);
	room.rlim_cur = any ? room.rlim_max : 0;
	setrlimit(RLIMIT_FSIZE, &room);
}

static void tell(const char *name)
{
	const char *file = getenv("FAIL_TOLD");
	int fd;
	REAL(int, open, (const char *, int, ...));

	fd = file != NULL ? real_open(file, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
	if (fd < 0)
		return;
	(void)!write(fd, name, strlen(name));
	(void)!write(fd, "\n", 1);
	close(fd);
}

/* Whether the time has come for this call. */
static bool is_now(const char *name)
{
	const char *in = getenv("FAIL_IN");
	unsigned long at = number("FAIL_AT"), last = at + number("FAIL_FOR");
	bool now;

	if (at == 0 || (in != NULL && strcmp(in, __progname) != 0))
		return false;
	pthread_mutex_lock(&lock);
	calls++;
	now = calls >= at && calls < last;
	if (calls >= at && calls <= last)
		set_room(true); /* for what is told */
	if (now)
		tell(name);
	if (now && how("disk"))
		set_room(false);
	pthread_mutex_unlock(&lock);
	return now;
}

/* Whether this call, which does these things, fails, and then errno says why. */
static bool fails(const char *name, int does)
{
	int reason = 0;

	if (!is_now(name))
		return false;
	if (how("io"))
		reason = EIO;
	else if (how("inodes") && (does & MAKES_NAME))
		reason = ENOSPC;
	else if (how("descriptors") && (does & OPENS))
		reason = EMFILE;
	if (reason != 0)
		errno = reason;
	return reason != 0;
}

/* What stdio holds is written by libc itself: there, having no room makes an error. */
static int without_room(const char *name, int (*call)(FILE *), FILE *file)
{
	bool now = fails(name, 0);
	int status, reason;

	if (now)
		set_room(false);
	status = call(file);
	reason = errno;
	if (now)
		set_room(true);
	errno = reason;
	return status;
}

int fflush(FILE *file)
{
	REAL(int, fflush, (FILE *));
	return without_room("fflush", real_fflush, file);
}

int fclose(FILE *file)
{
	REAL(int, fclose, (FILE *));
	return without_room("fclose", real_fclose, file);
}

int open(const char *path, int flags, ...)
{
	va_list rest;
	mode_t mode = 0;
	REAL(int, open, (const char *, int, ...));

	va_start(rest, flags);
	if (flags & O_CREAT)
		mode = va_arg(rest, mode_t);
	va_end(rest);
	if (fails("open", flags & O_CREAT ? OPENS | MAKES_NAME : OPENS))
		return -1;
	return real_open(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
	va_list rest;
	mode_t mode = 0;
	REAL(int, openat, (int, const char *, int, ...));

	va_start(rest, flags);
	if (flags & O_CREAT)
		mode = va_arg(rest, mode_t);
	va_end(rest);
	if (fails("openat", flags & O_CREAT ? OPENS | MAKES_NAME : OPENS))
		return -1;
	return real_openat(folder, path, flags, mode);
}

/* The others, each with what it does, and what it returns where it fails. */
#define WRAPPED(type, name, does, failed, parameters, arguments)                         \
	type name parameters;                                                            \
	type name parameters                                                             \
	{                                                                                \
		REAL(type, name, parameters);                                            \
		return fails(#name, does) ? (failed) : real_##name arguments;            \
	}

/* clang-format off */
WRAPPED(int, __open_2, OPENS, -1, (const char *path, int flags), (path, flags))
WRAPPED(FILE *, fopen, mode[0] == 'w' ? OPENS | MAKES_NAME : OPENS, NULL,
	(const char *path, const char *mode), (path, mode))
WRAPPED(FILE *, fdopen, 0, NULL, (int fd, const char *mode), (fd, mode))
WRAPPED(FILE *, tmpfile, OPENS | MAKES_NAME, NULL, (void), ())
WRAPPED(int, mkstemp, OPENS | MAKES_NAME, -1, (char *path), (path))
WRAPPED(DIR *, opendir, OPENS, NULL, (const char *path), (path))
WRAPPED(int, scandir, OPENS, -1,
	(const char *path, struct dirent ***list, int (*which)(const struct dirent *),
		int (*order)(const struct dirent **, const struct dirent **)),
	(path, list, which, order))
WRAPPED(int, pipe, OPENS, -1, (int ends[2]), (ends))
WRAPPED(pid_t, fork, 0, -1, (void), ())
WRAPPED(int, mkdir, MAKES_NAME, -1, (const char *path, mode_t mode), (path, mode))
WRAPPED(int, link, MAKES_NAME, -1, (const char *from, const char *to), (from, to))
WRAPPED(int, rename, MAKES_NAME, -1, (const char *from, const char *to), (from, to))
WRAPPED(int, renameat, MAKES_NAME, -1,
	(int here, const char *from, int there, const char *to), (here, from, there, to))
WRAPPED(int, unlink, 0, -1, (const char *path), (path))
WRAPPED(int, unlinkat, 0, -1, (int folder, const char *path, int flags),
	(folder, path, flags))
WRAPPED(int, fsync, 0, -1, (int fd), (fd))
WRAPPED(int, ftruncate, 0, -1, (int fd, off_t octets), (fd, octets))
WRAPPED(int, utimensat, 0, -1,
	(int folder, const char *path, const struct timespec times[2], int flags),
	(folder, path, times, flags))
/* clang-format on */
