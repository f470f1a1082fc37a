/*
 * inbox: the folder, then a file's name, then a message's way into it. Begin with
 * inbox_commit: the order of its steps is the point of this page.
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
	int above;

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
	if (flock(s->folder, LOCK_EX | LOCK_NB) != 0)
		return -1;
	if (unlinkat(s->folder, TEMPORARY, 0) != 0 && errno != ENOENT)
		return -1;
	return fsync(s->folder);
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

	s->file = fd >= 0 ? fdopen(fd, "w") : NULL;
	s->octets = 0;
	sha256_begin(&s->content);
	return s->file != NULL ? 0 : -1;
}

int inbox_write(struct inbox *s, const char *octets, size_t n)
{
	sha256_take(&s->content, octets, n);
	s->octets += n;
	return fwrite(octets, 1, n, s->file) == n ? 0 : -1;
}

int inbox_commit(struct inbox *s, const char *name)
{
	FILE *file = s->file;
	char hex[SHA256_HEX];
	int has;

	sha256_end(&s->content, hex);
	if (name != NULL)
		snprintf(s->name, sizeof s->name, "%s", name);
	else
		snprintf(s->name, sizeof s->name, "content-%s", hex);
	s->file = NULL;
	if (durable_close(file) < 0)
		return -1;
	has = inbox_has(s, s->name);
	if (has < 0)
		return -1;
	if (has == 1)
		return unlinkat(s->folder, TEMPORARY, 0);
	if (renameat(s->folder, TEMPORARY, s->folder, s->name) != 0)
		return -1;
	return fsync(s->folder);
}

void inbox_abandon(struct inbox *s)
{
	if (s->file != NULL)
		fclose(s->file);
	s->file = NULL;
	unlinkat(s->folder, TEMPORARY, 0);
}
