/*
 * durable: files that outlast a crash (articles: A2, A4). A server that answers 250
 * takes responsibility for the message (RFC 5321, 6.1), so the message must be on disk
 * by then.
 */
#ifndef DURABLE_H
#define DURABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/*
 * Makes the path of a file, as printf does: file_path(path, sizeof path, "%s/new/%s",
 * queue, name). Returns 0, or -1 with ENAMETOOLONG: a path is never cut short, because
 * the shorter path is that of another file.
 */
int file_path(char *path, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Puts everything that was written to file on disk, and closes it in any case. Returns
 * 0, or -1 with errno if any of this failed.
 */
int durable_close(FILE *file);

/*
 * Makes a folder, mode 700, and puts its name on disk. It also succeeds if the folder
 * exists and we may write into it. Returns 0, or -1 with errno.
 */
int durable_make_folder(const char *path);

/*
 * Whether name, in an open folder, is a file that nobody has written to for 36 hours.
 * In a tmp folder such a file was left by a crash, and nobody will ever need it
 * (maildir(5)).
 */
bool durable_is_old(int folder, const char *name);

/*
 * Puts the list of names in a folder on disk: a file can be on disk without its name.
 * Returns 0, or -1 with errno.
 */
int durable_folder(const char *path);

#endif
