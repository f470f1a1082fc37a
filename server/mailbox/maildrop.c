/*
 * maildrop: first the messages are listed and measured, then one is read, and at the
 * end the deleted ones are removed.
 */
#include "mailbox/maildrop.h"
#include "mailbox/maildir.h"
#include "smtp/outgoing.h"
#include "wire/durable.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define SPAN 16384 /* octets read from a file at once */

/*
 * A message's own name, in its path, and how long it is without flags. Those are only in
 * cur, after ":2,"; any other colon is the name's, and what is after it tells it apart.
 */
static const char *name_of(const struct message *message, size_t *n)
{
	const char *name = strchr(message->path, '/') + 1, *end = name + strlen(name);

	*n = (size_t)(end - name);
	if (strncmp(message->path, "cur/", 4) != 0)
		return name;
	while (end > name && strncmp(end, ":2,", 3) != 0)
		end--;
	if (strncmp(end, ":2,", 3) == 0)
		*n = (size_t)(end - name);
	return name;
}

static int by_name(const void *one, const void *other)
{
	size_t n, m;
	const char *a = name_of(one, &n), *b = name_of(other, &m);
	int differ = memcmp(a, b, n < m ? n : m);

	if (differ == 0 && n != m)
		return n < m ? -1 : 1;
	return differ;
}

/* In the same order in every session, whatever names there are. */
static int in_order(const void *one, const void *other)
{
	const struct message *a = one, *b = other;
	int differ = by_name(a, b);

	return differ != 0 ? differ : strcmp(a->path, b->path);
}

static int add(struct maildrop *m, const char *folder, const char *name)
{
	struct message *more = realloc(m->messages, (m->count + 1) * sizeof *more);
	size_t n = strlen(folder) + strlen(name) + 2;
	char *path;

	if (more == NULL)
		return -1;
	m->messages = more;
	path = malloc(n);
	if (path == NULL)
		return -1;
	snprintf(path, n, "%s/%s", folder, name);
	m->messages[m->count++] = (struct message){.path = path};
	return 0;
}

/* Adds what a folder lists; that it is missing is no error: no mail has come yet. */
static int list(struct maildrop *m, const char *folder)
{
	int fd = openat(m->folder, folder, O_RDONLY | O_DIRECTORY);
	DIR *listing = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *entry;
	int status = 0;

	if (listing == NULL) {
		if (fd >= 0)
			close(fd);
		return fd < 0 && errno == ENOENT ? 0 : -1;
	}
	do {
		errno = 0;
		entry = readdir(listing);
		if (entry != NULL && entry->d_name[0] != '.')
			status = add(m, folder, entry->d_name);
	} while (entry != NULL && status == 0);
	if (entry == NULL && errno != 0)
		status = -1;
	closedir(listing);
	return status;
}

int maildrop_read(const struct maildrop *m, const struct message *message)
{
	/* A link leads elsewhere, and to open a FIFO could take for ever. */
	int fd = openat(m->folder, message->path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
	struct stat file;

	if (fd < 0 || (fstat(fd, &file) == 0 && S_ISREG(file.st_mode)))
		return fd;
	close(fd);
	return -1;
}

/*
 * Counts the octets that will be sent; *file is which file it is. Returns whether it is a
 * message that can be sent.
 */
static bool measure(const struct maildrop *m, struct message *message, struct stat *file)
{
	struct outgoing o = {.before = '\n', .cr_is_data = true};
	char octets[SPAN];
	int fd = maildrop_read(m, message);
	ssize_t n;

	if (fd < 0)
		return false;
	while ((n = read(fd, octets, sizeof octets)) > 0)
		outgoing_count(&o, octets, (size_t)n);
	if (fstat(fd, file) != 0)
		n = -1;
	close(fd);
	outgoing_count_end(&o);
	message->octets = o.octets;
	return n == 0;
}

/*
 * Adds a message that was measured, and is the file here; the one before it is the file
 * last. Where both have one name they are two messages, and neither of them has the name
 * alone for its id; but two names of one file are one message.
 */
static void keep(struct maildrop *m, struct message *message, const struct stat *last,
	const struct stat *here)
{
	struct message *before = m->count > 0 ? &m->messages[m->count - 1] : NULL;

	if (before != NULL && by_name(before, message) == 0) {
		if (last->st_ino == here->st_ino && last->st_dev == here->st_dev) {
			free(message->path);
			return;
		}
		before->namesake = true;
		message->namesake = true;
	}
	m->messages[m->count++] = *message;
}

/*
 * Sorts and measures all, and keeps those that are messages. What was moved to cur while
 * we looked was listed twice, and is no longer there under its first name.
 */
static int measure_all(struct maildrop *m)
{
	struct stat file, last = {0};
	size_t all = m->count;
	bool short_of = false; /* memory, or descriptors: not the message's fault */

	if (all > 0)
		qsort(m->messages, all, sizeof *m->messages, in_order);
	m->count = 0;
	for (size_t i = 0; i < all; i++) {
		struct message *message = &m->messages[i];

		errno = 0;
		if (measure(m, message, &file)) {
			keep(m, message, &last, &file);
			last = file;
			continue;
		}
		if (errno == EMFILE || errno == ENFILE || errno == ENOMEM)
			short_of = true;
		free(message->path);
	}
	return short_of ? -1 : 0;
}

enum maildrop_opened maildrop_open(struct maildrop *m, const char *mail, const char *user)
{
	char name[MAILDIR_USER], path[PATH_MAX];
	enum maildrop_opened opened = MAILDROP_TROUBLE;

	*m = (struct maildrop){0};
	if (!maildir_user(mail, user, name) ||
		file_path(path, sizeof path, "%s/%s", mail, name) < 0)
		return MAILDROP_MISSING;
	m->folder = open(path, O_RDONLY | O_DIRECTORY);
	if (m->folder < 0)
		return MAILDROP_TROUBLE;
	m->open = true;
	if (flock(m->folder, LOCK_EX | LOCK_NB) != 0) {
		if (errno == EWOULDBLOCK)
			opened = MAILDROP_IN_USE;
	} else if (list(m, "new") == 0 && list(m, "cur") == 0 && measure_all(m) == 0) {
		return MAILDROP_OPEN;
	}
	maildrop_close(m);
	return opened;
}

size_t maildrop_total(const struct maildrop *m, uintmax_t *octets)
{
	size_t count = 0;

	*octets = 0;
	for (size_t i = 0; i < m->count; i++)
		if (!m->messages[i].deleted) {
			*octets += m->messages[i].octets;
			count++;
		}
	return count;
}

void maildrop_uidl(const struct message *message, char uidl[MAILDROP_UIDL])
{
	size_t n, fit = 0;
	const char *name = name_of(message, &n);

	while (fit < n && name[fit] >= 0x21 && name[fit] <= 0x7e)
		fit++;
	/* 64 octets of SHA-256 are like no name here; and a path is like no name. */
	if (message->namesake)
		sha256(message->path, strlen(message->path), uidl);
	else if (fit == n && n > 0 && n < MAILDROP_UIDL - 1)
		snprintf(uidl, MAILDROP_UIDL, "%.*s", (int)n, name);
	else
		sha256(name, n, uidl);
}

size_t maildrop_update(struct maildrop *m)
{
	static const char *const folders[] = {"new", "cur"};
	size_t deleted = 0, failed = 0;

	for (size_t i = 0; i < m->count; i++) {
		if (!m->messages[i].deleted)
			continue;
		if (unlinkat(m->folder, m->messages[i].path, 0) == 0)
			deleted++;
		else
			failed++;
	}
	for (size_t i = 0; deleted > 0 && i < 2; i++) {
		int fd = openat(m->folder, folders[i], O_RDONLY | O_DIRECTORY);

		if (fd < 0 ? errno != ENOENT : fsync(fd) != 0) {
			failed += deleted;
			deleted = 0;
		}
		if (fd >= 0)
			close(fd);
	}
	return failed;
}

void maildrop_close(struct maildrop *m)
{
	for (size_t i = 0; i < m->count; i++)
		free(m->messages[i].path);
	free(m->messages);
	if (m->open)
		close(m->folder);
	*m = (struct maildrop){0};
}
