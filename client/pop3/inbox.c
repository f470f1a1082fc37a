/*
 * inbox: the folder, then a file's name, then a message's way into it. Begin with
 * inbox_commit: the order of its steps is what the page is about.
 */
#include "pop3/inbox.h"
#include "wire/durable.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMPORARY ".fetching" /* no message's name begins with a dot */
#define UIDL	  70	      /* octets that a unique-id may have (RFC 1939, 7) */

int inbox_open(struct inbox *s, const char *folder)
{
	int above, reason;

	*s = (struct inbox){0};
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return -1;
	s->folder = open(folder, O_RDONLY | O_DIRECTORY);
	if (s->folder < 0)
		return -1;
	above = openat(s->folder, "..", O_RDONLY);
	if (above >= 0) { /* if it was made just now: its own name is to last too */
		fsync(above);
		close(above);
	}
	/* A program that was killed before it could do the last has left it to us. */
	if (flock(s->folder, LOCK_EX | LOCK_NB) == 0 &&
		(unlinkat(s->folder, TEMPORARY, 0) == 0 || errno == ENOENT) &&
		fsync(s->folder) == 0)
		return 0;
	reason = errno;
	close(s->folder);
	errno = reason;
	return -1;
}

void inbox_close(struct inbox *s)
{
	close(s->folder);
}

void inbox_name(const char *uidl, char name[INBOX_NAME])
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789,_=";
	char hex[SHA256_HEX];
	size_t n = 0;

	if (strlen(uidl) > UIDL) {
		sha256(uidl, strlen(uidl), hex);
		snprintf(name, INBOX_NAME, "long-uidl-%s", hex); /* it has over 70 */
		return;
	}
	name[0] = '\0';
	for (; *uidl != '\0'; uidl++) {
		unsigned char c = (unsigned char)*uidl;

		if (strchr(plain, c) != NULL || (strchr(".-", c) != NULL && n > 0))
			n += (size_t)snprintf(name + n, 2, "%c", c);
		else if (c >= 'A' && c <= 'Z')
			n += (size_t)snprintf(name + n, 3, "+%c", tolower(c));
		else
			n += (size_t)snprintf(name + n, 4, "%%%02x", c);
	}
}

int inbox_has(const struct inbox *s, const char *name)
{
	struct stat file;

	if (fstatat(s->folder, name, &file, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT ? 0 : -1;
	if (S_ISREG(file.st_mode))
		return 1;
	errno = EEXIST;
	return -1;
}

int inbox_begin(struct inbox *s)
{
	int fd = openat(s->folder, TEMPORARY, O_WRONLY | O_CREAT | O_EXCL, 0600);

	if (fd < 0)
		return -1;
	s->file = fdopen(fd, "w");
	if (s->file == NULL) {
		close(fd);
		unlinkat(s->folder, TEMPORARY, 0);
		return -1;
	}
	s->cr = 0;
	s->octets = 0;
	sha256_begin(&s->content);
	return 0;
}

/* Octets as they are in the file. */
static void put(struct inbox *s, const char *octets, size_t n)
{
	fwrite(octets, 1, n, s->file);
	sha256_take(&s->content, octets, n);
	s->octets += n;
}

int inbox_write(struct inbox *s, const char *octets, size_t n)
{
	const char *end = octets + n;

	while (octets < end) {
		const char *cr = memchr(octets, '\r', (size_t)(end - octets));
		const char *stop = cr != NULL ? cr : end;

		if (s->cr && *octets != '\n')
			put(s, "\r", 1);
		s->cr = cr != NULL;
		put(s, octets, (size_t)(stop - octets));
		octets = cr != NULL ? cr + 1 : end;
	}
	return ferror(s->file) ? -1 : 0;
}

/* The file, which is on disk, gets its name, or goes where there is one of that name. */
static int give_name(struct inbox *s)
{
	int has = inbox_has(s, s->name);

	if (has < 0)
		return -1;
	if (has == 1)
		return unlinkat(s->folder, TEMPORARY, 0);
	if (renameat(s->folder, TEMPORARY, s->folder, s->name) != 0)
		return -1;
	return fsync(s->folder);
}

int inbox_commit(struct inbox *s, const char *name)
{
	char hex[SHA256_HEX];
	int status, reason;

	if (s->cr)
		put(s, "\r", 1);
	sha256_end(&s->content, hex);
	if (name != NULL)
		snprintf(s->name, sizeof s->name, "%s", name);
	else
		snprintf(s->name, sizeof s->name, "content-%s", hex);
	status = durable_close(s->file);
	s->file = NULL;
	if (status == 0)
		status = give_name(s);
	if (status != 0) {
		reason = errno;
		inbox_abandon(s);
		errno = reason;
	}
	return status;
}

void inbox_abandon(struct inbox *s)
{
	if (s->file != NULL)
		fclose(s->file);
	s->file = NULL;
	unlinkat(s->folder, TEMPORARY, 0);
}
