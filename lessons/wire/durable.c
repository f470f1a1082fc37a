/* durable: see durable.h. */
#include "wire/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

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
	int status = fd < 0 ? -1 : fsync(fd), reason = errno;

	if (fd >= 0)
		close(fd);
	errno = reason;
	return status;
}
