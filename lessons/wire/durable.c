/*
 * durable: written is not yet on disk. write(2) hands octets to the system, which keeps
 * them in memory for a while; fsync(2) returns once they are on disk. A file's name is
 * kept by its folder, and so that is flushed too, after the file.
 */
#include "wire/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define TOO_OLD ((time_t)36 * 3600) /* seconds */

int file_path(char *path, size_t size, const char *format, ...)
{
	va_list arguments;
	int n;

	va_start(arguments, format);
	n = vsnprintf(path, size, format, arguments);
	va_end(arguments);
	if (n >= 0 && (size_t)n < size)
		return 0;
	errno = ENAMETOOLONG;
	return -1;
}

int durable_close(FILE *file)
{
	bool whole = !ferror(file) && fflush(file) == 0 && fsync(fileno(file)) == 0;
	int reason = errno;

	if (fclose(file) != 0 && whole)
		return -1;
	errno = reason;
	return whole ? 0 : -1;
}

int durable_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int status;

	if (fd < 0)
		return -1;
	status = fsync(fd);
	close(fd);
	return status;
}

int durable_make_folder(const char *path)
{
	char inside[PATH_MAX], above[PATH_MAX];

	if (file_path(inside, sizeof inside, "%s/", path) < 0 ||
		file_path(above, sizeof above, "%s/..", path) < 0)
		return -1;
	if (access(inside, W_OK | X_OK) == 0)
		return 0; /* mkdir would first wait for all who make names there */
	if (mkdir(path, 0700) == 0)
		return durable_folder(above);
	return errno == EEXIST ? access(inside, W_OK | X_OK) : -1;
}

bool durable_is_old(int folder, const char *name)
{
	struct stat s;

	return fstatat(folder, name, &s, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISREG(s.st_mode) && s.st_mtime < time(NULL) - TOO_OLD;
}
