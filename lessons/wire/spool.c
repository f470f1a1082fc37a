/*
 * spool: puts the rest of a pipe into a file that can be read twice. A file that can be
 * rewound is left alone.
 */
#include "wire/spool.h"

#include <err.h>
#include <sysexits.h>

FILE *spool(FILE *file)
{
	char octets[32768];
	size_t n;
	FILE *copy;

	if (fseeko(file, 0, SEEK_CUR) == 0)
		return file;
	copy = spool_new();
	while ((n = fread(octets, 1, sizeof octets, file)) > 0)
		fwrite(octets, 1, n, copy);
	if (ferror(file)) {
		fclose(copy);
		return NULL;
	}
	spool_turn(copy);
	fclose(file);
	return copy;
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
