/*
 * spool: files that have to be read twice: a message whose size is announced before it
 * is sent, a transcript that is checked before it is performed.
 */
#ifndef SPOOL_H
#define SPOOL_H

#include <stdio.h>

/*
 * Returns file itself if it can be rewound to its present position. If it cannot, as a
 * pipe, spool copies the rest of it to a temporary file, closes file, and returns the
 * temporary one, at its beginning; that one disappears when it is closed. Returns NULL
 * with errno if file could not be read; it is then still open. If the copy cannot be
 * written the program ends, as below.
 */
FILE *spool(FILE *file);

/*
 * spool_new opens a temporary file for writing. spool_turn ends the writing and goes
 * back to its beginning, for reading. If they cannot, the program ends with a line on
 * standard error and status 74.
 */
FILE *spool_new(void);
void spool_turn(FILE *file);

#endif
