#ifndef QUOTE_H
#define QUOTE_H

#include <stdio.h>

/*
 * Writes the texts that message, which stands at its beginning, shows to its reader, in
 * UTF-8, to out: each line behind `> `, an empty line between two texts. What it holds
 * besides, files and other messages, is left out. Returns 0, or an exit status of
 * <sysexits.h> once it has said on standard error what is wrong; errors of out stay in
 * out.
 */
int quote_text(FILE *out, FILE *message);

#endif
