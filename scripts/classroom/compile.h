/*
 * compile: compiles a student's file into two programs: the one that it is a part of,
 * and one that calls its functions for rows.
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
	const char *box; /* of lab-box: the folder of it that we see; or NULL */
	char *program;	 /* the path of the program to try, or NULL */
	char *driver;
	unsigned long processes; /* that may run at once */
	int limit;		 /* milliseconds for a program */
	char *words;		 /* what the compiler said */
	bool sanitized;
	bool plain; /* compile_object: no sanitizers, nothing for a debugger */
};

/*
 * Compiles the file, and sets program and driver. With quick it leaves out checks that
 * take the compiler longer. Returns false if the file does not compile.
 */
bool compile(struct tools *t, const struct exercise *e, const char *file, bool quick);

/*
 * Begins the command of a program that is not trusted; with a box, it runs in the box.
 * root is the folder that is / there: compile or run.
 */
void compile_box(struct work_command *c, const struct tools *t, const char *root,
	struct program *p);

/*
 * For programs that are kept (own-programs). Compiles the file, with all that a
 * debugger needs; returns the path of its object, or NULL if it does not compile.
 */
char *compile_object(struct tools *t, const struct exercise *e, const char *file);

/*
 * Links folder/program from the objects that make has built. In place of the modules
 * with the same names it takes the objects of students, if there are any.
 */
bool compile_program(
	struct tools *t, const char *folder, const char *object, const char *objects);

#endif
