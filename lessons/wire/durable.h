/*
 * durable: files that outlast a crash (articles: A2, A4). Who answers 250 has taken
 * responsibility for a message (RFC 5321, 6.1): it is on disk by then.
 */
#ifndef DURABLE_H
#define DURABLE_H

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
 * Has what a folder lists put on disk: a file may be there without its name. Returns 0,
 * or -1 with errno.
 */
int durable_folder(const char *path);

#endif
