/*
 * exercise: what lessons/NN-name/exercise asks for, and the rows beside it.
 * lessons/AUTHORS.md has both formats.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

#include <stdbool.h>
#include <stddef.h>

#define EXERCISE_CASES 64

/* A call of a function, and its expected result. What is hidden is the teacher's alone. */
struct exercise_row {
	char *sentence, *call, *expected;
	bool hidden;
};

/* A case of the list: tried by rows, by a conversation or a filter, or by both. */
struct exercise_case {
	char *name, *sentence, *rule;
	bool hidden;
	struct exercise_row *rows;
	size_t row_count;
};

struct exercise {
	char *lesson, *cases; /* folders */
	char *number;	      /* of the lesson, as lab takes it */
	const char *file;     /* the student's file, */
	const char *name;     /* and its name without folders */
	const char *
		program; /* the program that it is a part of, or NULL: only rows try it */
	const char *header[EXERCISE_CASES]; /* the lines before the first section */
	size_t header_count;
	bool rows_are_whole; /* the functions they call take no pieces */
	struct exercise_case of[EXERCISE_CASES];
	size_t count;
};

/* Reads an exercise. The program ends with 66 if the lesson has none. */
void exercise_read(struct exercise *e, const char *lesson, const char *cases);

/* The value of header line number n, from 0 on, with this name, or NULL. */
const char *exercise_says(const struct exercise *e, const char *name, size_t n);

/* The whole file of a case, NAME.KIND, or NULL. */
char *exercise_file(const struct exercise *e, const struct exercise_case *c,
	const char *kind, size_t *n);

/* Whether a case is tried by a filter, which has an input; by that or a conversation. */
bool exercise_is_filter(const struct exercise *e, const struct exercise_case *c);
bool exercise_is_run(const struct exercise *e, const struct exercise_case *c);

#endif
