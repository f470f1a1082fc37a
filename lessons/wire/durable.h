/*
 * durable: what was promised is on disk (articles: A2, A4). Who answers 250 has taken
 * responsibility for a message (RFC 5321, 6.1), and keeps it through a crash.
 */
#ifndef DURABLE_H
#define DURABLE_H

#include <stdio.h>

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
