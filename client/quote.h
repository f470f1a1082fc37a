#ifndef QUOTE_H
#define QUOTE_H

#include <stdio.h>

/*
 * Writes the text that a message shows to its reader, in UTF-8, each line behind `> `;
 * message stands at its beginning. Returns 0, or an exit status of <sysexits.h> once it
 * has said on standard error what is wrong. Errors of out stay in out.
 */
int quote_text(FILE *out, FILE *message);

#endif
