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
	bool plain; /* compile_object: nothing is sanitized, nothing for a debugger */
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

/*
 * For programs that are kept (own-programs). Compiles the file, with all that a debugger needs;
 * returns where its object is, or NULL where it does not compile.
 */
char *compile_object(struct tools *t, const struct exercise *e, const char *file);

/*
 * Links a program: its object, of those that make has built, and these of students, in this
 * folder, instead of the modules of those names, or none of them. It is program in that folder.
 */
bool compile_program(
	struct tools *t, const char *folder, const char *object, const char *objects);

#endif
