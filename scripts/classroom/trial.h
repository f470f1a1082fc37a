/*
 * trial: the cases of an exercise are tried, several at once, by threads that share an
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

/* What became of a case. */
struct result {
	bool done, failed, in_pieces; /* it holds when all comes whole */
	char *words, *story;
};

struct examination {
	struct tools tools;
	struct exercise exercise;
	const char *file, *only;
	bool one_is_enough, brief, machine;
	FILE *record;	 /* of what came of each case, or NULL */
	long long until; /* no other case is tried after that */
	const char *bold, *plain, *red, *green, *tick, *cross;
	int width;

	int stop, news[2]; /* readable once we are to end; once something is done */
	pthread_mutex_t lock;
	bool compiled, compiles, over;
	size_t next, endless;
	struct result results[EXERCISE_CASES];
};

/*
 * What a thread does, given the examination: takes one case after the other, tries it, and
 * leaves what became of it in results, until there are no more or it is over. Each time
 * news can be read. The first thread compiles the file before that.
 */
void *trial_work(void *examination);
void *trial_begin(void *examination);

#endif
