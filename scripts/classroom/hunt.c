/*
 * hunt: the exercise turned round: a student has written a test that the right program
 * passes. It is tried on each of several wrong programs, within the limits of a check.
 *
 *	$ build/hunt -o build/wrong/04-1.o lessons/04-the-end-of-a-message wrong/dots.c
 *	$ build/hunt lessons/04-the-end-of-a-message hunt.rows build/wrong/04-*.o
 *
 * The test is a file like those of a case (HUNT.txt, HUNT.in), or rows: in each line a
 * call and its result. Begin with hunt.
 */
#include "classroom/compile.h"
#include "classroom/places.h"
#include "classroom/run.h"
#include "classroom/story.h"
#include "classroom/watch.h"
#include "wire/program.h"
#include "wire/spoken.h"

#include <err.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#define LIMIT	  5000 /* milliseconds for a program */
#define PROCESSES 300  /* that may be started, besides those there are */
#define LOOK	  50   /* milliseconds between two looks at what runs */

struct hunt {
	struct tools tools;
	struct exercise exercise;
	struct exercise_case written; /* what the student has written, as a case */
	bool rows;
	size_t linked; /* programs */
};

static struct hunt hunt;

static void clean(void)
{
	work_remove(hunt.tools.tmp);
}

/* Ends what runs too long. */
static void *look_after(void *unused)
{
	struct timespec moment = {0, LOOK * 1000000L};

	(void)unused;
	for (;;) {
		watch_look();
		nanosleep(&moment, NULL);
	}
	return NULL;
}

/* Where the call ends that begins there: after its last parenthesis, outside of quotes. */
static char *end_of_call(char *at)
{
	bool quoted = false;

	for (; *at != '\0' && (quoted || *at != ')'); at++) {
		if (*at == '\\' && at[1] != '\0')
			at++;
		else if (*at == '"')
			quoted = !quoted;
	}
	return *at == ')' ? at + 1 : NULL;
}

/* A line: a call, blanks, and what comes of it. */
static void read_row(struct exercise_case *c, char *line, const char *file, size_t number)
{
	struct exercise_row row = {.sentence = work_text(spoken("what you wrote"))};
	char *end;

	line += strspn(line, " \t");
	if (*line == '#' || *line == '\0')
		return;
	end = end_of_call(line);
	if (end == NULL || strchr(" \t", *end) == NULL || end[strspn(end, " \t")] == '\0')
		errx(EX_DATAERR, "%s:%zu: not a call, and what comes of it: %s", file,
			number, line);
	row.call = work_text("%.*s", (int)(end - line), line);
	row.expected = work_text("%s", end + strspn(end, " \t"));
	for (size_t n = strlen(row.expected); n > 0 && row.expected[n - 1] == ' '; n--)
		row.expected[n - 1] = '\0';
	c->rows = realloc(c->rows, (c->row_count + 1) * sizeof row);
	if (c->rows == NULL)
		err(EX_OSERR, "memory");
	c->rows[c->row_count++] = row;
}

/* What was written is the one case of the exercise; its kind is in the file's name. */
static void read_written(struct hunt *h, const char *lesson, const char *file)
{
	char *path = work_path(file), *name, *kind, *text, *line;
	size_t n, number = 0;

	if (path == NULL)
		err(EX_NOINPUT, "%s", file);
	name = strrchr(path, '/') + 1;
	kind = strrchr(name, '.');
	if (kind == NULL)
		errx(EX_USAGE, "%s: its name ends in .txt, .in or .rows", file);
	*kind++ = '\0';
	name[-1] = '\0';
	exercise_read(&h->exercise, lesson, *path != '\0' ? path : "/");
	h->written.name = name;
	h->rows = strcmp(kind, "rows") == 0;
	if (!h->rows && (exercise_says(&h->exercise, "run", 0) == NULL ||
				!exercise_is_run(&h->exercise, &h->written)))
		errx(EX_USAGE, "%s: in this lesson a file of rows can be tried", file);
	text = h->rows ? work_read(file, &n) : NULL;
	while ((line = work_line(&text)) != NULL)
		read_row(&h->written, line, file, ++number);
	if (h->rows && h->written.row_count == 0)
		errx(EX_DATAERR, "%s: there is no call in it", file);
}

/* Links what is tried, with this object instead of the module, or NULL: the right one. */
static void build(struct hunt *h, const char *object)
{
	struct tools *t = &h->tools;
	char *folder = work_text("%s/linked%zu", t->tmp, h->linked++), *octets;
	char *program =
		work_text("%.*s.o", (int)strlen(h->exercise.name) - 2, h->exercise.name);
	char *own =
		h->rows ? work_text("rows-%02ld.o", strtol(h->exercise.number, NULL, 10))
			: work_text("%s.o", h->exercise.program);
	size_t n;

	work_make(folder);
	octets = object != NULL ? work_read(object, &n) : NULL;
	if (object != NULL && octets == NULL)
		err(EX_NOINPUT, "%s", object);
	if (octets != NULL)
		work_write(work_text("%s/%s", folder, program), octets, n);
	if (!compile_program(t, folder, own, octets != NULL ? program : ""))
		errx(EX_UNAVAILABLE, "%s cannot be linked",
			object != NULL ? object : own);
	free(octets);
	t->program = work_text("%s/program", folder);
	t->driver = t->program;
}

/* Tries it: rows, or a conversation or filter whole and in pieces. Returns the last run. */
static struct run try_it(struct hunt *h)
{
	int pieces[8];
	size_t count = h->rows ? 1 : run_pieces(&h->exercise, &h->written, pieces);
	struct run r = {.verdict = HOLDS};

	for (size_t i = 0; i < count && r.verdict == HOLDS; i++) {
		r = (struct run){.tools = &h->tools,
			.exercise = &h->exercise,
			.of = &h->written,
			.piece = h->rows ? PIECE_WHOLE : pieces[i]};
		r.folder = work_text("%s/XXXXXX", h->tools.tmp);
		if (mkdtemp(r.folder) == NULL)
			err(EX_IOERR, "%s", r.folder);
		if (h->rows)
			run_rows(&r);
		else
			run_conversation(&r);
	}
	return r;
}

static int compile_wrong(struct hunt *h, const char *out, char **words)
{
	char *object, *octets;
	size_t n;

	exercise_read(&h->exercise, words[0], NULL);
	h->tools.plain = true;
	object = compile_object(&h->tools, &h->exercise, words[1]);
	octets = object != NULL ? work_read(object, &n) : NULL;
	if (octets == NULL)
		errx(EX_DATAERR, "%s does not compile", words[1]);
	work_write(out, octets, n);
	return EX_OK;
}

static int hunt_all(struct hunt *h, char **words)
{
	pthread_t looker;
	struct run right;
	size_t caught = 0;

	read_written(h, words[0], words[1]);
	if (pthread_create(&looker, NULL, look_after, NULL) != 0)
		errx(EX_OSERR, "no thread");
	build(h, NULL);
	right = try_it(h);
	if (right.verdict != HOLDS) {
		fputs(spoken("The right program does not pass it:\n"), stdout);
		story_tell(stdout, &right, "", 80);
		return EX_DATAERR;
	}
	for (char **object = words + 2; *object != NULL; object++) {
		bool is_caught;

		build(h, *object);
		is_caught = try_it(h).verdict != HOLDS;
		printf("%s\t%s\n", is_caught ? "caught" : "missed", *object);
		fflush(stdout);
		caught += is_caught ? 1 : 0;
	}
	watch_stop();
	return caught > 0 ? EX_OK : 1;
}

static const char usage[] =
	"usage: hunt [-o OBJECT] LESSON FILE [WRONG...]\n"
	"\t-o  compiles FILE, a wrong one of the exercise, to this\n"
	"Tries what FILE says on the right program, and on each that has WRONG, such an\n"
	"object, in it. FILE.txt is a transcript; of FILE.in comes FILE.out; in "
	"FILE.rows\n"
	"each line is a call, and what comes of it. Ends with 0 where one is caught, 1\n"
	"where none is, 65 where the right one does not pass it.\n";

int main(int argc, char **argv)
{
	const char *out = NULL, *limit = getenv("LAB_TIME");
	int option;

	program_begin();
	open("/dev/null", O_RDONLY); /* a program that we start gets 0 to 3 */
	while ((option = program_option(argc, argv, "o:h", usage)) != -1)
		if (option == 'o')
			out = optarg;
	if (argc - optind < 2 || (out != NULL && argc - optind != 2))
		program_usage(usage);
	hunt.tools.root = work_path(work_text("%s/../..", argv[optind]));
	hunt.tools.build = work_path(places_folder_of(argv[0]));
	hunt.tools.tmp = work_begin("hunt");
	hunt.tools.limit = limit != NULL ? (int)strtol(limit, NULL, 10) * 1000 : LIMIT;
	hunt.tools.processes = limits_processes(PROCESSES);
	atexit(clean);
	signal(SIGPIPE, SIG_IGN);
	watch_begin();
	if (out != NULL)
		return compile_wrong(&hunt, out, argv + optind);
	return program_end(hunt_all(&hunt, argv + optind));
}
