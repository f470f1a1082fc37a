/* maildir: see maildir.h. The layout and the names are those of qmail's maildir(5). */
#include "mailbox/maildir.h"
#include "wire/durable.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

bool maildir_user(const char *mail, const char *local, char user[MAILDIR_USER])
{
	char path[PATH_MAX];
	struct stat folder;
	size_t n = strlen(local);

	if (n == 0 || n >= MAILDIR_USER || local[0] == '.' || strchr(local, '/') != NULL)
		return false;
	for (size_t i = 0; i <= n; i++)
		user[i] = (char)tolower((unsigned char)local[i]);
	return file_path(path, sizeof path, "%s/%s", mail, user) == 0 &&
	       stat(path, &folder) == 0 && S_ISDIR(folder.st_mode);
}

/* The path of the message in a user's folder. Returns 0, or -1 with errno. */
static int path_in(
	const struct maildir *m, size_t user, const char *folder, char path[PATH_MAX])
{
	return file_path(
		path, PATH_MAX, "%s/%s/%s/%s", m->mail, m->users[user], folder, m->name);
}

int maildir_ready(const char *mail, const char *user)
{
	static const char *const folders[] = {"tmp", "new", "cur"};
	char path[PATH_MAX];

	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		if (file_path(path, sizeof path, "%s/%s/%s", mail, user, folders[i]) <
				0 ||
			durable_make_folder(path) < 0)
			return -1;
	return 0;
}

/* In tmp of one user: what is old there. One that is a link may be somebody else's. */
static void clean_tmp(const char *mail, const char *user)
{
	char path[PATH_MAX];
	struct dirent *file;
	DIR *tmp = NULL;
	int fd = -1;

	if (file_path(path, sizeof path, "%s/%s/tmp", mail, user) == 0)
		fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0)
		tmp = fdopendir(fd);
	if (fd >= 0 && tmp == NULL)
		close(fd);
	while (tmp != NULL && (file = readdir(tmp)) != NULL)
		if (durable_is_old(dirfd(tmp), file->d_name))
			unlinkat(dirfd(tmp), file->d_name, 0);
	if (tmp != NULL)
		closedir(tmp);
}

void maildir_clean(const char *mail)
{
	DIR *users = opendir(mail);
	struct dirent *user;

	while (users != NULL && (user = readdir(users)) != NULL)
		if (user->d_name[0] != '.')
			clean_tmp(mail, user->d_name);
	if (users != NULL)
		closedir(users);
}

void maildir_name(char name[MAILDIR_NAME], const char *host)
{
	static atomic_ulong deliveries; /* of this process: a name is never used twice */
	struct timeval now;

	gettimeofday(&now, NULL);
	/* A host's name may have 255 octets, a file's name no more than that in all. */
	snprintf(name, MAILDIR_NAME, "%lld.M%06ldP%ldQ%lu.%.128s", (long long)now.tv_sec,
		(long)now.tv_usec, (long)getpid(), atomic_fetch_add(&deliveries, 1),
		host);
}

int maildir_begin(struct maildir *m, const char *mail, char (*users)[MAILDIR_USER],
	size_t count, const char *host)
{
	char path[PATH_MAX];

	*m = (struct maildir){.mail = mail, .users = users, .count = count};
	if (count == 0)
		return 0;
	maildir_name(m->name, host);
	for (size_t i = 0; i < count; i++)
		if (maildir_ready(mail, users[i]) < 0)
			return -1;
	if (path_in(m, 0, "tmp", path) < 0)
		return -1;
	m->file = fopen(path, "wx");
	return m->file != NULL ? 0 : -1;
}

int maildir_write(struct maildir *m, const char *octets, size_t n)
{
	if (m->file == NULL)
		return 0;
	return fwrite(octets, 1, n, m->file) == n ? 0 : -1;
}

/* The same file in tmp of every other user too. */
static int link_all(const struct maildir *m)
{
	char first[PATH_MAX], path[PATH_MAX];

	for (size_t i = 1; i < m->count; i++)
		if (path_in(m, 0, "tmp", first) < 0 || path_in(m, i, "tmp", path) < 0 ||
			link(first, path) != 0)
			return -1;
	return 0;
}

static int rename_all(const struct maildir *m)
{
	char from[PATH_MAX], to[PATH_MAX];

	for (size_t i = 0; i < m->count; i++)
		if (path_in(m, i, "tmp", from) < 0 || path_in(m, i, "new", to) < 0 ||
			rename(from, to) != 0)
			return -1;
	for (size_t i = 0; i < m->count; i++)
		if (file_path(to, sizeof to, "%s/%s/new", m->mail, m->users[i]) < 0 ||
			durable_folder(to) != 0)
			return -1;
	return 0;
}

int maildir_deliver(struct maildir *m)
{
	int reason, status;

	if (m->count == 0)
		return 0;
	status = durable_close(m->file);
	m->file = NULL;
	if (status == 0 && link_all(m) == 0 && rename_all(m) == 0)
		return 0;
	reason = errno;
	maildir_abandon(m);
	errno = reason;
	return -1;
}

void maildir_abandon(struct maildir *m)
{
	char path[PATH_MAX];

	if (m->file != NULL)
		fclose(m->file);
	m->file = NULL;
	for (size_t i = 0; i < m->count; i++) {
		if (path_in(m, i, "tmp", path) == 0)
			unlink(path);
		if (path_in(m, i, "new", path) == 0)
			unlink(path);
	}
}
