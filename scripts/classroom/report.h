/*
 * report: shows the results of an examination: to a person on a terminal or in a file,
 * in brief, or as lines for a machine.
 */
#ifndef REPORT_H
#define REPORT_H

#include "classroom/trial.h"

/* How wide the terminal is, and whether it has colours and ticks. To be called first. */
void report_begin(struct examination *e);

/* The words of the compiler, at most 20 lines of them. */
void report_words(const char *words);

/* The file does not compile. Returns the exit status. */
int report_does_not_compile(const struct examination *e);

/* The result of a case. */
void report_case(
	struct examination *e, const struct exercise_case *c, const struct result *r);

#endif
