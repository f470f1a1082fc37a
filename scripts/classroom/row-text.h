/*
 * row-text: octets as a row writes them, "MAIL " "x"*995 "\r\n": strings of C, \xNN with
 * two digits always, each perhaps with how many times it is there.
 */
#ifndef ROW_TEXT_H
#define ROW_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/*
 * Reads the strings at at, one after the other. Returns what follows. A string that is
 * none is its author's mistake: the driver ends, EX_DATAERR.
 */
const char *row_read(const char *at, FILE *to);

/*
 * Writes octets in the one way in which they are written: 16 or more that are alike as
 * "x"*16. As C they are for a compiler, which only gets a comment about many.
 */
void row_write(FILE *to, const void *octets, size_t n, bool as_c);

#endif
