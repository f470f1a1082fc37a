/*
 * crash: why a program crashed, in words.
 */
#ifndef CRASH_H
#define CRASH_H

#include "classroom/run.h"

/* What a sanitizer has found, or which signal it was: one sentence. */
char *crash_words(const struct run *r);

/*
 * The text after a mark, up to one of the characters in end; NULL if the mark is
 * missing.
 */
char *crash_after(const char *text, const char *mark, const char *end);

#endif
