/*
 * spool: the rest of a pipe in a file that can be read twice. What cannot be sought in is
 * copied; what can is left alone.
 */
#include "wire/spool.h"

#include <err.h>
#include <errno.h>
#include <sysexits.h>

FILE *spool(FILE *file)
{
	char octets[32768];
	size_t n;
	FILE *copy;
	int reason;

	if (fseeko(file, 0, SEEK_CUR) == 0)
		return file;
	copy = tmpfile();
	if (copy == NULL)
		return NULL;
	while ((n = fread(octets, 1, sizeof octets, file)) > 0)
		if (fwrite(octets, 1, n, copy) < n)
			break;
	if (!ferror(file) && fflush(copy) == 0 && !ferror(copy)) {
		fclose(file);
		rewind(copy);
		return copy;
	}
	reason = errno;
	fclose(copy);
	errno = reason;
	return NULL;
}

FILE *spool_new(void)
{
	FILE *file = tmpfile();

	if (file == NULL)
		err(EX_IOERR, "temporary file");
	return file;
}

void spool_turn(FILE *file)
{
	if (fflush(file) != 0 || ferror(file))
		err(EX_IOERR, "temporary file");
	rewind(file);
}
