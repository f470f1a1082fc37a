/*
 * own-programs: a student's own programs, as the check builds them, but kept: each program that
 * one of her files is a part of, as the exercises say, with all of those files in it. This is
 * what lab try runs, and what is first on PATH in lab shell.
 *
 *	$ build/own-programs bin lessons/07-base64 ~/mail-lab/07-base64/base64.c
 *	$ echo pickles | bin/b64
 */
#include "classroom/compile.h"
#include "classroom/places.h"
#include "wire/program.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#define WORKS 16

/* A file that a student has written. */
struct work {
	struct exercise exercise;
	const char *object; /* what it was compiled to */
};

struct own {
	struct tools tools;
	const char *folder; /* where the programs are kept */
	struct work works[WORKS];
	size_t count, tried;
};

static struct own own;

static void clean(void)
{
	work_remove(own.tools.tmp);
}

/* Whether the work is a part of this program, as its exercise says. */
static bool is_part(const struct work *w, const char *program)
{
	const char *also = exercise_says(&w->exercise, "also", 0);
	char *names = work_text("%s", also != NULL ? also : ""), *name;

	if (w->exercise.program != NULL && strcmp(w->exercise.program, program) == 0)
		return true;
	while ((name = work_word(&names, ' ')) != NULL)
		if (strcmp(name, program) == 0)
			return true;
	return false;
}

/* Puts a program where it is kept; an old one that runs there goes on. */
static void keep(const struct own *o, const char *built, const char *name)
{
	char *new = work_text("%s/%s.new", o->folder, name), *octets;
	size_t n;

	octets = work_read(built, &n);
	if (octets == NULL)
		errx(EX_IOERR, "%s: cannot be read", built);
	work_write(new, octets, n);
	free(octets);
	if (chmod(new, 0700) != 0 ||
		rename(new, work_text("%s/%s", o->folder, name)) != 0)
		err(EX_CANTCREAT, "%s", new);
}

/* Links the object of ours with those works that are a part of the program, or with all. */
static void build(
	struct own *o, const char *object, const char *program, const char *name)
{
	char *folder = work_text("%s/%s", o->tools.tmp, name);
	char *objects = work_text("%s", ""), *octets;
	size_t n;

	if (access(folder, F_OK) == 0)
		return; /* another work has named it */
	work_make(folder);
	for (size_t i = 0; i < o->count; i++) {
		const char *base = strrchr(o->works[i].object, '/') + 1;

		if (program != NULL && !is_part(&o->works[i], program))
			continue;
		octets = work_read(o->works[i].object, &n);
		work_write(work_text("%s/%s", folder, base), octets, n);
		objects = work_text("%s %s", objects, base);
		free(octets);
	}
	if (!compile_program(&o->tools, folder, object, objects))
		errx(EX_DATAERR, "%s: cannot be linked", name);
	keep(o, work_text("%s/program", folder), name);
	puts(name);
}

/* All programs that the work is a part of, as far as make has left their objects. */
static void build_all(struct own *o, const struct work *w)
{
	const char *also = exercise_says(&w->exercise, "also", 0);
	const char *first = w->exercise.program;
	char *names =
		work_text("%s %s", first != NULL ? first : "", also != NULL ? also : "");
	char *name;

	while ((name = work_word(&names, ' ')) != NULL) {
		char *object = work_text("%s.o", name);

		if (*name != '\0' &&
			access(work_text("%s/%s", o->tools.build, object), R_OK) == 0)
			build(o, object, name, name);
	}
}

/* Compiles a file. Each has a folder of its own. */
static void add(struct own *o, const char *lesson, const char *file)
{
	struct work *w = &o->works[o->count];
	char *tmp = o->tools.tmp;

	if (o->count == WORKS)
		errx(EX_USAGE, "more than %d works", WORKS);
	*w = (struct work){0};
	exercise_read(&w->exercise, lesson, NULL);
	o->tools.root = work_path(work_text("%s/../..", lesson));
	o->tools.tmp = work_text("%s/%zu", tmp, o->tried++);
	w->object = compile_object(&o->tools, &w->exercise, file);
	o->tools.tmp = tmp;
	if (w->object != NULL)
		o->count++;
	else
		warnx("%s does not compile", file);
}

static const char usage[] =
	"usage: own-programs DIR LESSON FILE [LESSON FILE]...\n"
	"Builds each program that a FILE is a part of, with them in it, in DIR; of one\n"
	"LESSON also rows, which calls its functions. Prints their names. A FILE that\n"
	"does not compile is left out.\n"
	"\town-programs bin lessons/07-base64 base64.c && bin/b64 picture.jpg\n";

int main(int argc, char **argv)
{
	char *driver;

	program_begin();
	if (program_option(argc, argv, "h", usage) != -1 || argc - optind < 3 ||
		(argc - optind) % 2 == 0)
		program_usage(usage);
	own.folder = argv[optind];
	own.tools.build = work_path(places_folder_of(argv[0]));
	own.tools.tmp = work_begin("own-programs");
	atexit(clean);
	for (int i = optind + 1; i < argc; i += 2)
		add(&own, argv[i], argv[i + 1]);
	if (own.count == 0)
		return program_end(EX_DATAERR);
	work_make(own.folder);
	for (size_t i = 0; i < own.count; i++)
		build_all(&own, &own.works[i]);
	driver =
		work_text("rows-%02ld.o", strtol(own.works[0].exercise.number, NULL, 10));
	if (argc - optind == 3 &&
		access(work_text("%s/%s", own.tools.build, driver), R_OK) == 0)
		build(&own, driver, NULL, "rows");
	return program_end(EX_OK);
}
