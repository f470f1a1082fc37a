/*
 * examine: tries a student's file on the cases of a lesson's exercise, and reports the
 * first that fails. This is lab check, and what lab grade counts.
 *
 *	$ build/examine lessons/02-the-wire ~/mail-lab/02-the-wire/wire.c
 *
 * A few threads compile the file once, try the cases, and say what happened (trial).
 * Here the results are shown in their order, as they come, and programs that do not end
 * by themselves are ended (watch). Begin with main, at the end.
 */
#include "classroom/places.h"
#include "classroom/report.h"
#include "classroom/excerpt.h"
#include "classroom/trial.h"
#include "classroom/watch.h"
#include "wire/clock.h"
#include "wire/duration.h"
#include "wire/program.h"
#include "wire/spoken.h"
#include "wire/stop.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#define AT_ONCE	    4	  /* cases */
#define LOOK	    50	  /* milliseconds between two looks at what runs */
#define LIMIT	    20000 /* milliseconds for a program */
#define PROCESSES   300	  /* that may be started, besides those there are */
#define INTERRUPTED 130

/* Waits until this is so, and looks after what runs meanwhile. Returns false to end. */
static bool wait_for(struct examination *e, const bool *is_so)
{
	struct pollfd fds[2] = {{e->stop, POLLIN, 0}, {e->news[0], POLLIN, 0}};
	bool so = false;
	char octets[64];

	while (!so) {
		pthread_mutex_lock(&e->lock);
		so = *is_so;
		pthread_mutex_unlock(&e->lock);
		if (!so && poll(fds, 2, LOOK) > 0 && fds[0].revents != 0)
			return false;
		if (fds[1].revents != 0 && read(e->news[0], octets, sizeof octets) < 0)
			return false;
		fds[1].revents = 0;
		watch_look();
	}
	return true;
}

/*
 * Shows all results. What is wrong about pieces is wrong once: another case that holds when
 * all comes whole, holds. The story is that of the first case which the student can try too,
 * if there is one. Returns what to exit with.
 */
static int show(struct examination *e)
{
	const char *story = NULL, *hidden_story = NULL;
	bool pieces = false;
	size_t held = 0;
	int status = 0;

	if (!e->machine && *e->tools.words != '\0') {
		fputs(spoken("It compiles, but the compiler warns:\n"), stdout);
		report_words(e->tools.words);
		putchar('\n');
	}
	for (size_t i = 0; i < e->exercise.count && !(status == 1 && e->one_is_enough);
		i++) {
		struct result *r = &e->results[i];

		if (!wait_for(e, &r->done))
			return INTERRUPTED;
		if (r->in_pieces && pieces)
			r->failed = false;
		pieces = pieces || r->in_pieces;
		held += r->failed ? 0 : 1;
		if (r->failed)
			status = 1;
		if (r->failed && r->hidden && hidden_story == NULL)
			hidden_story = r->story;
		if (r->failed && !r->hidden && story == NULL)
			story = r->story;
		report_case(e, &e->exercise.of[i], r);
	}
	if (e->brief)
		printf(spoken("  %zu of %zu cases hold\n"), held, e->exercise.count);
	if (story == NULL)
		story = hidden_story;
	if (story != NULL && !e->machine)
		fputs(story, stdout);
	return status;
}

/* Begins, shows, and ends whatever still runs. */
static int examine(struct examination *e)
{
	pthread_t threads[AT_ONCE];
	int status = INTERRUPTED;
	size_t count = 0;

	if (pthread_create(&threads[count++], NULL, trial_begin, e) != 0)
		errx(EX_OSERR, "no thread");
	if (wait_for(e, &e->compiled)) {
		while (e->compiles && count < AT_ONCE && count < e->exercise.count &&
			pthread_create(&threads[count], NULL, trial_work, e) == 0)
			count++;
		status = e->compiles ? show(e) : report_does_not_compile(e);
	}
	pthread_mutex_lock(&e->lock);
	e->over = true;
	pthread_mutex_unlock(&e->lock);
	watch_stop();
	for (size_t i = 0; i < count; i++)
		pthread_join(threads[i], NULL);
	watch_orphans();
	return status;
}

static const char usage[] =
	"usage: examine [-1] [-b] [-m] [-c CASES] [-r RECORD] [-t SECONDS]\n"
	"               LESSON FILE [CASE]\n"
	"\t-1  ends at the first case that does not hold\n"
	"\t-b  in brief: a mark for each case, how many hold, and the first that does "
	"not\n"
	"\t-m  for a machine: passed or failed, the case, and why, with tabs between\n"
	"\t-c  another folder with the files of the cases\n"
	"\t-r  a file that gets what -m prints\n"
	"\t-t  the time for all of them (60)\n"
	"Ends with 0 where all hold, 1 where one does not.\n";

/* Leaves the case that is asked for alone. There has to be something that tries each. */
static void choose(struct examination *e)
{
	struct exercise *x = &e->exercise;
	char *words;

	for (size_t i = 0; i < x->count; i++)
		if (x->of[i].row_count == 0 && !exercise_is_run(x, &x->of[i]))
			errx(EX_DATAERR, "%s: nothing tries %s", x->lesson,
				x->of[i].name);
	for (size_t i = 0; e->only != NULL && i < x->count; i++)
		if (strcmp(x->of[i].name, e->only) == 0) {
			x->of[0] = x->of[i];
			x->count = 1;
			return;
		}
	if (e->only == NULL && x->count > 0)
		return;
	words = work_text("examine: %s: no such case; there are:", e->only);
	for (size_t i = 0; i < x->count; i++)
		words = work_text("%s %s", words, x->of[i].name);
	excerpt_wrap(stderr, words, 80, 2);
	exit(EX_USAGE);
}

static void read_arguments(int argc, char **argv, struct examination *e)
{
	const char *cases = NULL;
	long seconds = 60;
	int option;

	while ((option = program_option(argc, argv, "1bmc:r:t:h", usage)) != -1)
		switch (option) {
		case '1':
			e->one_is_enough = true;
			break;
		case 'b':
			e->brief = true;
			break;
		case 'm':
			e->machine = true;
			e->record = stdout;
			break;
		case 'c':
			cases = optarg;
			break;
		case 'r':
			e->record = fopen(optarg, "w");
			if (e->record == NULL)
				err(EX_CANTCREAT, "%s", optarg);
			setvbuf(e->record, NULL, _IOLBF, 0);
			break;
		case 't':
			seconds = strtol(optarg, NULL, 10);
			break;
		}
	if (argc - optind < 2 || argc - optind > 3)
		program_usage(usage);
	exercise_read(&e->exercise, argv[optind], cases);
	e->file = argv[optind + 1];
	e->only = argv[optind + 2];
	e->until = clock_milliseconds() + seconds * 1000;
	if (access(e->file, R_OK) != 0)
		err(EX_NOINPUT, "%s", e->file);
	choose(e);
}

/* Where things are, and how long a program may take. */
static void find_tools(struct tools *t, const char *lesson, const char *self)
{
	const char *limit = getenv("LAB_TIME"), *box = getenv("BOX");

	t->root = work_path(work_text("%s/../..", lesson));
	t->build = work_path(places_folder_of(self));
	t->tmp = work_begin("mail-lab");
	t->box = box != NULL && *box != '\0' ? box : NULL;
	t->processes = limits_processes(PROCESSES);
	t->limit = limit != NULL ? duration_read(limit) : LIMIT;
	if (t->limit < 0)
		errx(EX_USAGE, "LAB_TIME: %s: no time; 20s is one", limit);
}

static pid_t examiner;

static void pass_on(int number)
{
	(void)number;
	kill(examiner, SIGTERM);
}

/*
 * What is tried may end whoever has started it. So that is a process of its own, in which
 * this returns; if it is ended, the one that began cleans up after it.
 */
static void guard(const struct tools *t)
{
	int status;

	watch_begin();
	examiner = fork();
	if (examiner < 0)
		err(EX_OSERR, "fork");
	if (examiner == 0)
		return;
	signal(SIGINT, pass_on);
	signal(SIGTERM, pass_on);
	signal(SIGHUP, pass_on);
	while (waitpid(examiner, &status, 0) < 0 && errno == EINTR)
		;
	watch_orphans();
	work_remove(t->tmp);
	if (WIFEXITED(status))
		_exit(WEXITSTATUS(status));
	fputs(spoken("The check was ended: the program that was tried has done that.\n"),
		stderr);
	_exit(1);
}

int main(int argc, char **argv)
{
	static struct examination e = {.lock = PTHREAD_MUTEX_INITIALIZER};
	int status;

	program_begin();
	open("/dev/null", O_RDONLY); /* a program that we start gets 0 to 3 */
	read_arguments(argc, argv, &e);
	report_begin(&e);
	find_tools(&e.tools, e.exercise.lesson, argv[0]);
	guard(&e.tools);
	signal(SIGPIPE, SIG_IGN);
	setenv("ASAN_OPTIONS", RUN_ASAN, 1);
	setenv("UBSAN_OPTIONS", RUN_UBSAN, 1);
	e.stop = stop_signal();
	if (pipe(e.news) != 0)
		err(EX_OSERR, "pipe");
	watch_begin();
	status = examine(&e);
	if (e.unshown != 0)
		errno = e.unshown;
	_exit(program_end(status)); /* texts that were made once are still there */
}
