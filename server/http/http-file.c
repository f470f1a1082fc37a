/*
 * http-file: see http-file.h. From folder to folder, one name at a time: each is opened in
 * the folder that is already open, so nobody can put a link in its place meanwhile.
 */
#include "http/http-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#define NAME 256 /* octets of a name, with its NUL */

/* Opens what has this name in a folder, and closes the folder if it is not root. */
static int step(int root, int folder, const char *name, bool last)
{
	/* Without O_NONBLOCK to open a FIFO would wait until somebody writes to it. */
	int kind = last ? O_NONBLOCK | O_NOCTTY : O_DIRECTORY;
	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | kind);
	int reason = errno;

	if (folder != root)
		close(folder);
	errno = reason;
	return fd;
}

int http_file_open(int root, const char *path, struct stat *file)
{
	bool is_folder;
	int fd = root;

	do {
		char name[NAME] = "index.html";
		size_t n = strcspn(++path, "/");

		is_folder = path[n] == '\0' && n == 0;
		if (!is_folder && (n == 0 || n >= sizeof name || *path == '.')) {
			if (fd != root)
				close(fd);
			errno = ENOENT;
			return -1;
		}
		if (!is_folder) {
			memcpy(name, path, n);
			name[n] = '\0';
		}
		path += n;
		fd = step(root, fd, name, *path == '\0');
	} while (fd >= 0 && *path == '/');
	if (fd < 0 || (fstat(fd, file) == 0 && S_ISREG(file->st_mode)))
		return fd;
	close(fd);
	errno = S_ISDIR(file->st_mode) && !is_folder ? EISDIR : ENOENT;
	return -1;
}
