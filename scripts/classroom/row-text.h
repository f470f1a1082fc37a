/*
 * row-text: octets as a row writes them, "MAIL " "x"*995 "\r\n": C strings, in which
 * \xNN always has two digits, each perhaps with a count.
 */
#ifndef ROW_TEXT_H
#define ROW_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/*
 * Reads the strings at at, one after the other. Returns what follows. If a string is
 * not well-formed, its author made a mistake: the driver ends with EX_DATAERR.
 */
const char *row_read(const char *at, FILE *to);

/*
 * Writes octets in their only spelling: 16 or more equal ones as "x"*16. With as_c they
 * are for a compiler, and a comment says that there are many.
 */
void row_write(FILE *to, const void *octets, size_t n, bool as_c);

#endif
