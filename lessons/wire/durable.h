/*
 * durable: files that outlast a crash (articles: A2, A4). Who answers 250 has taken
 * responsibility for a message (RFC 5321, 6.1): it is on disk by then.
 */
#ifndef DURABLE_H
#define DURABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/*
 * Makes the path of a file, as printf does: file_path(path, sizeof path, "%s/new/%s",
 * queue, name). Returns 0, or -1 with ENAMETOOLONG: a path is never cut short, for that
 * would be another file's.
 */
int file_path(char *path, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Has all that was written to file put on disk, and closes it, whatever happens.
 * Returns 0, or -1 with errno where any of it failed.
 */
int durable_close(FILE *file);

/*
 * Makes a folder, mode 700, whose name is then on disk; or finds that there is one, and
 * ours to write into. Returns 0, or -1 with errno.
 */
int durable_make_folder(const char *path);

/*
 * Whether name, in an open folder, is a file that nobody has written to for 36 hours. In
 * a tmp that is what a crash has left, and nobody will ever need it (maildir(5)).
 */
bool durable_is_old(int folder, const char *name);

/*
 * Has what a folder lists put on disk: a file may be there without its name. Returns 0,
 * or -1 with errno.
 */
int durable_folder(const char *path);

#endif
