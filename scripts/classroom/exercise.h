/*
 * exercise: what lessons/NN-name/exercise asks for, and the rows beside it.
 * lessons/AUTHORS.md has both formats.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

#include <stdbool.h>
#include <stddef.h>

#define EXERCISE_CASES 64

/* A call of a function, and what has to come of it. */
struct exercise_row {
	char *sentence, *call, *expected;
};

/* What is listed and counted: proved by rows, by a conversation or a filter, or by both. */
struct exercise_case {
	char *name, *sentence, *rule;
	struct exercise_row *rows;
	size_t row_count;
};

struct exercise {
	char *lesson, *cases; /* folders */
	char *number;	      /* of the lesson, as lab takes it */
	const char *file;     /* that the student writes, */
	const char *name;     /* and without its folders */
	const char *program;  /* that it is a part of, or NULL: rows alone try it */
	const char *header[EXERCISE_CASES]; /* the lines before the first section */
	size_t header_count;
	bool rows_are_whole; /* what they call takes no pieces */
	struct exercise_case of[EXERCISE_CASES];
	size_t count;
};

/* Reads it. The program ends with 66 where there is none. */
void exercise_read(struct exercise *e, const char *lesson, const char *cases);

/* What the header line number n, from 0 on, of this name says; NULL where there is none. */
const char *exercise_says(const struct exercise *e, const char *name, size_t n);

/* The file of a case, NAME.KIND, whole; NULL where it has none. */
char *exercise_file(const struct exercise *e, const struct exercise_case *c,
	const char *kind, size_t *n);

/* Whether a case is tried by a filter, which has an input; by that or a conversation. */
bool exercise_is_filter(const struct exercise *e, const struct exercise_case *c);
bool exercise_is_run(const struct exercise *e, const struct exercise_case *c);

#endif
