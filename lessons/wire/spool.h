/*
 * spool: for what has to be read twice: a message whose size is announced before it is
 * sent, a transcript that is checked before it is performed.
 */
#ifndef SPOOL_H
#define SPOOL_H

#include <stdio.h>

/*
 * Returns file itself where it can be read again from where it stands. Where it cannot,
 * as a pipe, copies the rest of it to a temporary file, which goes when it is closed,
 * closes file, and returns that one at its beginning. NULL with errno where it could not
 * be read; file is then still open. Where it cannot be kept the program ends, as below.
 */
FILE *spool(FILE *file);

/*
 * spool_new opens a temporary file to be written; spool_turn ends that, and it is at its
 * beginning, to be read. Where they cannot, the program ends with a line on standard
 * error and status 74.
 */
FILE *spool_new(void);
void spool_turn(FILE *file);

#endif
