/*
 * compile: a student's file becomes the program that it is a part of, and one in which rows
 * drive its functions.
 */
#ifndef COMPILE_H
#define COMPILE_H

#include "classroom/exercise.h"
#include "classroom/limits.h"
#include "classroom/work.h"

/* Where things are, and what there is to try. */
struct tools {
	char *root;	 /* lessons, client, server are below it */
	char *build;	 /* what make has built */
	char *tmp;	 /* ours alone */
	const char *box; /* of lab-box, or NULL: the folder of it that we see */
	char *program;	 /* what is tried: a path, or NULL where there is none */
	char *driver;
	unsigned long processes; /* that there may be */
	int limit;		 /* milliseconds for a program */
	char *words;		 /* what the compiler said */
	bool sanitized;
};

/*
 * Compiles the file, and sets program and driver. Where quick, nothing is looked for that
 * takes the compiler longer. Returns false where it does not compile.
 */
bool compile(struct tools *t, const struct exercise *e, const char *file, bool quick);

/*
 * Begins the command of what is not trusted: where there is a box, by the way into it. root:
 * which of its folders is / there, compile or run.
 */
void compile_box(struct work_command *c, const struct tools *t, const char *root,
	struct program *p);

/* A line for each function that the exercise names and the file lacks. */
char *compile_missing(const struct exercise *e, const char *file);

#endif
