/*
 * safe-file: the name comes from a stranger, the folder is Bob's (articles: B10, B14;
 * RFC 2183, 2.3 and 5). Begin with safe_file_name.
 *
 *     build/mime-decode -o pictures lessons/07-base64/picture.eml
 */
#include "read/safe-file.h"

#include "wire/durable.h"
#include "wire/utf8.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

enum { SUFFIX = 16, TRIES = 100, IN_TURN = 10 };

/* Where the suffix of a name begins: its last dot, or its end. */
static size_t suffix_at(const char *name)
{
	const char *dot = strrchr(name, '.');
	size_t length = strlen(name);

	if (dot == NULL || dot == name || strlen(dot) > SUFFIX)
		return length;
	return (size_t)(dot - name);
}

static void take_out_turns(char *name)
{
	struct utf8 utf8 = {0};

	for (char *at = name; *at != '\0'; at++)
		if (utf8_next(&utf8, (unsigned char)*at) == UTF8_CHARACTER &&
			utf8_is_turn(&utf8))
			memset(at + 1 - utf8.count, '_', utf8.count);
}

void safe_file_name(const char *wanted, const char *otherwise, char *name)
{
	char whole[SAFE_PATH];

	for (const char *at = wanted; *at != '\0'; at++)
		if (*at == '/' || *at == '\\')
			wanted = at + 1;
	wanted += strspn(wanted, ". ");
	utf8_copy(wanted, strlen(wanted), '_', '_', whole, sizeof whole);
	take_out_turns(whole);
	if (whole[0] == '-')
		whole[0] = '_';
	size_t stem = suffix_at(whole);
	size_t suffix = strlen(whole + stem);
	size_t kept = stem;
	if (stem + suffix > SAFE_NAME) {
		kept = SAFE_NAME - suffix;
		while (kept > 0 && utf8_is_within(whole[kept]))
			kept--;
	}
	if (whole[0] == '\0')
		snprintf(name, SAFE_NAME_ROOM, "%s", otherwise);
	else
		snprintf(name, SAFE_NAME_ROOM, "%.*s%s", (int)kept, whole, whole + stem);
}

void safe_file_open(struct safe_file *file, const char *folder)
{
	int descriptor = -1;

	file->stream = NULL;
	file->folder = folder;
	/* A name will take the place of this one, and has to fit. */
	if (file_path(file->temporary, sizeof file->temporary - SAFE_NAME_ROOM,
		    "%s/.part-XXXXXX", folder) == 0 &&
		(mkdir(folder, 0700) == 0 || errno == EEXIST))
		descriptor = mkstemp(file->temporary);
	if (descriptor >= 0)
		file->stream = fdopen(descriptor, "wb");
	if (file->stream == NULL)
		err(EX_IOERR, "%s", folder);
	setvbuf(file->stream, file->buffer, _IOFBF, sizeof file->buffer);
}

/*
 * Gives the file the name, unless there is one of that name. link(2) tests and
 * names in one step, so that two programs that save at once both keep theirs.
 * Where a file system knows no links the name is taken first, then filled.
 */
static int give_name(const struct safe_file *file, const char *name)
{
	char path[SAFE_PATH];

	snprintf(path, sizeof path, "%s/%s", file->folder, name);
	if (link(file->temporary, path) == 0)
		return 0;
	int descriptor =
		errno == EEXIST ? -1 : open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	if (descriptor < 0)
		return -1;
	close(descriptor);
	if (rename(file->temporary, path) == 0)
		return 0;
	int why = errno;
	unlink(path);
	errno = why;
	return -1;
}

/* The number that tells the next file of a name apart: in turn, but not for ever. */
static long other_number(long try)
{
	struct timespec now;

	if (try <= IN_TURN)
		return try;
	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_nsec;
}

static int find_name(struct safe_file *file, const char *name)
{
	size_t stem = suffix_at(name);

	snprintf(file->name, sizeof file->name, "%s", name);
	for (long try = 2; give_name(file, file->name) != 0; try++) {
		if (errno != EEXIST || try > TRIES)
			return -1;
		snprintf(file->name, sizeof file->name, "%.*s-%ld%s", (int)stem, name,
			other_number(try), name + stem);
	}
	return 0;
}

void safe_file_close(struct safe_file *file, const char *name)
{
	bool is_saved = fclose(file->stream) == 0 && find_name(file, name) == 0;

	if (!is_saved)
		warn("%s/%s", file->folder, name);
	unlink(file->temporary);
	if (!is_saved)
		exit(EX_IOERR);
}

void safe_file_drop(const struct safe_file *file)
{
	fclose(file->stream);
	unlink(file->temporary);
}
