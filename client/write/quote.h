#ifndef QUOTE_H
#define QUOTE_H

#include <stdio.h>

/*
 * Writes the texts that message, which stands at its beginning, shows to its reader, in
 * UTF-8, to out: each line behind `> `, an empty line between two texts. Before the first line
 * stands that of the caller, who wrote them: introduction, with its line end. What the
 * message holds besides, files and other messages, is left out, and NULs are `\x00`. Returns 0, or an exit status of
 * <sysexits.h> once it has said on standard error what is wrong; errors of out stay in
 * out.
 */
int quote_text(FILE *out, FILE *message, const char *introduction);

#endif
