/*
 * story: what happened in a run that failed, for the student.
 */
#ifndef STORY_H
#define STORY_H

#include "classroom/run.h"

/* Writes what happened, after about: why pieces matter, or "". */
void story_tell(FILE *to, const struct run *r, const char *about, int width);

/* The same in a few words, in one line. */
char *story_words(const struct run *r, const char *about);

#endif
