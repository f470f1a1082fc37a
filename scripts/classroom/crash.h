/*
 * crash: why a program crashed, in words.
 */
#ifndef CRASH_H
#define CRASH_H

#include "classroom/run.h"

/* What a sanitizer has found, or which signal it was: one sentence. */
char *crash_words(const struct run *r);

/* What comes after a mark in a text, up to one of these; NULL where the mark is not there. */
char *crash_after(const char *text, const char *mark, const char *end);

#endif
