/*
 * trial: tries the cases of an exercise, several at once, in threads that share an
 * examination.
 */
#ifndef TRIAL_H
#define TRIAL_H

#include "classroom/compile.h"
#include "classroom/exercise.h"
#include "classroom/run.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* The result of a case. */
struct result {
	bool done, failed;
	bool in_pieces; /* it holds with the whole input at once */
	bool hidden;	/* the row or case that failed is the teacher's alone */
	char *words, *story;
};

struct examination {
	struct tools tools;
	struct exercise exercise;
	const char *file, *only;
	bool one_is_enough, brief, machine;
	FILE *record;	 /* gets the result of each case, or NULL */
	long long until; /* after that no new case begins */
	const char *bold, *plain, *red, *green, *tick, *cross;
	int width;
	int unshown; /* the errno of the first line that could not be printed, or 0 */

	int stop, news[2]; /* readable once we have to end; once a case is done */
	pthread_mutex_t lock;
	bool compiled, compiles, over;
	size_t next, endless;
	struct result results[EXERCISE_CASES];
};

/*
 * The work of a thread, given the examination: it takes one case after the other, tries
 * it, and puts the result into results, until all are done or the examination is over.
 * After each case news can be read. trial_begin is for the first thread, which compiles
 * the file before.
 */
void *trial_work(void *examination);
void *trial_begin(void *examination);

#endif
