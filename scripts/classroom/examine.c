/*
 * examine: tries a student's file on the cases of a lesson's exercise, and tells of the first
 * that does not hold. This is lab check, and what lab grade counts.
 *
 *	$ build/examine lessons/02-the-wire ~/mail-lab/02-the-wire/wire.c
 *
 * The file is compiled once (compile). A few threads each take the next case and try it
 * (try_case, run), and say what happened (story); main shows the results in their order, as
 * they come, and ends what does not end by itself (watch).
 */
#include "classroom/story.h"
#include "classroom/watch.h"
#include "wire/clock.h"
#include "wire/program.h"
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
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#define AT_ONCE	    4	  /* cases */
#define ENDLESS	    3	  /* that do not end; then no other one is tried */
#define LOOK	    50	  /* milliseconds between two looks at what runs */
#define LIMIT	    20000 /* milliseconds for a program */
#define PROCESSES   300	  /* that may be started, besides those there are */
#define INTERRUPTED 130

/* What became of a case. */
struct result {
	bool done, failed, in_pieces; /* it holds when all comes whole */
	char *words, *story;
};

struct examination {
	struct tools tools;
	struct exercise exercise;
	const char *file, *only;
	bool one_is_enough, machine;
	long long until; /* no other case is tried after that */
	const char *bold, *plain, *red, *green, *tick, *cross;
	int width;

	int stop, news[2]; /* readable once we are to end; once something is done */
	pthread_mutex_t lock;
	bool compiled, compiles, over;
	size_t next, endless;
	struct result results[EXERCISE_CASES];
};

/* Why a case failed that holds when all comes whole; "" where it does not. */
static char *about_pieces(
	const struct examination *e, const struct run *r, const int *failed, size_t count)
{
	const char *unit = exercise_says(&e->exercise, "unit", 0);
	char *sizes = work_text("%s", "");

	if (count == 0 || failed[0] == PIECE_WHOLE)
		return sizes;
	if (failed[0] == PIECE_TOGETHER && count == 1)
		return work_text(
			"One read is not one line: it holds when the lines come one "
			"by one, but not when several come at once");
	if (r->row != NULL && strchr(r->cut, '+') != NULL)
		return work_text(
			"One read is not %s: it holds when all comes whole, but not "
			"when it is cut after octet %ld; TCP cuts where it likes",
			unit != NULL ? unit : "everything", strtol(r->cut, NULL, 10));
	for (size_t i = 0; i < count; i++)
		if (failed[i] > 0)
			sizes = work_text("%s%s%d", sizes,
				*sizes == '\0'	? ""
				: i + 1 < count ? ", "
						: " and ",
				failed[i]);
	return work_text(
		"One read is not %s: it holds when all comes whole, but not in pieces "
		"of %s octet%s; TCP cuts where it likes",
		unit != NULL ? unit : "everything", sizes,
		strcmp(sizes, "1") == 0 ? "" : "s");
}

/* Writes down what happened in the run r. failed: the sizes of pieces in which it did. */
static void tell(struct examination *e, struct result *result, const struct run *r,
	const int *failed, size_t count)
{
	const struct exercise_case *c = r->of;
	const char *about = about_pieces(e, r, failed, count), *lab = getenv("lab");
	size_t size;
	FILE *to = open_memstream(&result->story, &size);

	if (to == NULL)
		err(EX_OSERR, "memory");
	fprintf(to, "\n%sWhat happened in %s%s: ", e->bold, c->name, e->plain);
	story_wrap(to, c->sentence, e->width - 19 - (int)strlen(c->name), 0);
	story_tell(to, r, about, e->width);
	story_wrap(to, work_text("The rule: %s", c->rule), e->width, 0);
	fprintf(to, "This case alone: %s%s check %s %s%s\n", e->bold,
		lab != NULL ? lab : "lab", e->exercise.number, c->name, e->plain);
	fclose(to);
	result->words = story_words(r, about);
	result->in_pieces = *about != '\0';
	result->failed = true;
	if (r->verdict == TIME_OVER || r->stuck) {
		pthread_mutex_lock(&e->lock);
		e->endless++;
		pthread_mutex_unlock(&e->lock);
	}
}

static struct run new_run(struct examination *e, size_t n, int piece)
{
	struct run r = {.tools = &e->tools, .exercise = &e->exercise};

	r.of = &e->exercise.of[n];
	r.piece = piece;
	r.folder = work_text("%s/XXXXXX", e->tools.tmp); /* it can see where it is */
	if (mkdtemp(r.folder) == NULL)
		err(EX_IOERR, "%s", r.folder);
	return r;
}

/* Tries its conversation whole, and if that holds in pieces. Returns whether it holds. */
static bool try_conversation(struct examination *e, size_t n, struct result *result)
{
	int pieces[8], failed[8];
	size_t count = run_pieces(&e->exercise, &e->exercise.of[n], pieces), bad = 0;
	struct run first;

	for (size_t i = 0; i < count && (bad == 0 || failed[0] != PIECE_WHOLE); i++) {
		struct run r = new_run(e, n, pieces[i]);

		run_conversation(&r);
		if (r.verdict == HOLDS) {
			run_free(&r);
			continue;
		}
		if (bad == 0)
			first = r;
		failed[bad++] = pieces[i];
	}
	if (bad > 0)
		tell(e, result, &first, failed, bad);
	return bad == 0;
}

static void try_rows(struct examination *e, size_t n, struct result *result)
{
	struct run r = new_run(e, n, PIECE_WHOLE);
	int failed;

	run_rows(&r);
	failed = r.piece;
	if (r.verdict != HOLDS)
		tell(e, result, &r, &failed, 1);
	run_free(&r);
}

static void try_case(struct examination *e, size_t n, struct result *result)
{
	const struct exercise_case *c = &e->exercise.of[n];

	if (run_is_there(&e->exercise, c) && !try_conversation(e, n, result))
		return;
	if (c->row_count > 0)
		try_rows(e, n, result);
}

static void announce(struct examination *e)
{
	if (write(e->news[1], "", 1) < 0)
		warn("pipe");
}

/* Takes the next case. Returns false after the last. */
static bool take(struct examination *e, size_t *n)
{
	bool is_one;

	pthread_mutex_lock(&e->lock);
	is_one = e->next < e->exercise.count && !e->over;
	*n = e->next;
	e->next += is_one ? 1 : 0;
	pthread_mutex_unlock(&e->lock);
	return is_one;
}

/* Why no other case is tried, or NULL. */
static char *why_not(struct examination *e)
{
	bool endless;

	pthread_mutex_lock(&e->lock);
	endless = e->endless >= ENDLESS;
	pthread_mutex_unlock(&e->lock);
	if (endless)
		return work_text("not tried: three cases before it did not end");
	if (clock_milliseconds() > e->until)
		return work_text("not tried: the time for all cases was over");
	return NULL;
}

static void *work(void *argument)
{
	struct examination *e = argument;
	struct result result;
	size_t n;

	while (take(e, &n)) {
		result = (struct result){.words = why_not(e)};
		if (result.words == NULL)
			try_case(e, n, &result);
		result.failed = result.words != NULL;
		result.done = true;
		pthread_mutex_lock(&e->lock);
		e->results[n] = result;
		pthread_mutex_unlock(&e->lock);
		announce(e);
	}
	return NULL;
}

/* The first of them compiles. */
static void *compile_and_work(void *argument)
{
	struct examination *e = argument;
	bool compiles =
		compile(&e->tools, &e->exercise, e->file, e->machine || e->only != NULL);

	pthread_mutex_lock(&e->lock);
	e->compiled = true;
	e->compiles = compiles;
	e->over = e->over || !compiles;
	pthread_mutex_unlock(&e->lock);
	announce(e);
	return work(e);
}

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

/* Shows the words of the compiler, at most 20 lines. */
static void put_words(const char *words)
{
	const char *end = words;

	for (int lines = 0; lines < 20 && *end != '\0'; lines++)
		end += strcspn(end, "\n") + 1;
	printf("%.*s", (int)(end - words), words);
}

static int does_not_compile(const struct examination *e)
{
	const struct exercise *x = &e->exercise;

	for (size_t i = 0; e->machine && i < x->count; i++)
		printf("failed\t%s\tdoes not compile\n", x->of[i].name);
	if (e->machine)
		return 1;
	printf("%s%s does not compile. In the compiler's words:\n\n",
		compile_missing(x, e->file), x->name);
	put_words(e->tools.words);
	return 1;
}

static void put_result(const struct examination *e, const struct exercise_case *c,
	const struct result *r)
{
	size_t n = strlen(c->name);

	if (e->machine && r->failed)
		printf("failed\t%s\t%s\n", c->name, r->words);
	else if (e->machine)
		printf("passed\t%s\n", c->name);
	if (!e->machine) {
		printf("  %s%s%s %-16s ", r->failed ? e->red : e->green,
			r->failed ? e->cross : e->tick, e->plain, c->name);
		story_wrap(stdout, c->sentence, e->width, 5 + (int)(n > 16 ? n : 16));
	}
	fflush(stdout);
}

/*
 * Shows all results. What is wrong about pieces is wrong once: another case that holds when
 * all comes whole, holds. Returns what to exit with.
 */
static int show(struct examination *e)
{
	const char *story = NULL;
	bool pieces = false;
	int status = 0;

	if (!e->machine && *e->tools.words != '\0') {
		puts("It compiles, but the compiler warns:");
		put_words(e->tools.words);
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
		if (r->failed)
			status = 1;
		if (r->failed && story == NULL)
			story = r->story;
		put_result(e, &e->exercise.of[i], r);
	}
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

	if (pthread_create(&threads[count++], NULL, compile_and_work, e) != 0)
		errx(EX_OSERR, "no thread");
	if (wait_for(e, &e->compiled)) {
		while (e->compiles && count < AT_ONCE && count < e->exercise.count &&
			pthread_create(&threads[count], NULL, work, e) == 0)
			count++;
		status = e->compiles ? show(e) : does_not_compile(e);
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

/* How wide the terminal is, and whether it has colours and ticks. */
static void look_at_terminal(struct examination *e)
{
	const char *set = getenv("LC_ALL");
	struct winsize size = {0};

	if (set == NULL || *set == '\0')
		set = getenv("LC_CTYPE");
	if (set == NULL || *set == '\0')
		set = getenv("LANG");
	e->width = 95;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 39)
		e->width = size.ws_col < 95 ? size.ws_col : 95;
	e->tick = "+";
	e->cross = "-";
	if (set != NULL && (strstr(set, "UTF") != NULL || strstr(set, "utf") != NULL)) {
		e->tick = "\342\234\223";
		e->cross = "\342\234\227";
	}
	e->bold = e->plain = e->red = e->green = "";
	if (!program_has_colours())
		return;
	e->bold = "\033[1m";
	e->plain = "\033[0m";
	e->red = "\033[31m";
	e->green = "\033[32m";
}

static const char usage[] =
	"usage: examine [-1] [-m] [-c CASES] [-t SECONDS] LESSON FILE [CASE]\n"
	"\t-1  ends at the first case that does not hold\n"
	"\t-m  for a machine: passed or failed, the case, and why, with tabs between\n"
	"\t-c  another folder with the files of the cases\n"
	"\t-t  the time for all of them (60)\n"
	"Ends with 0 where all hold, 1 where one does not.\n";

/* Leaves the case that is asked for alone. There has to be something that tries each. */
static void choose(struct examination *e)
{
	struct exercise *x = &e->exercise;

	for (size_t i = 0; i < x->count; i++)
		if (x->of[i].row_count == 0 && !run_is_there(x, &x->of[i]))
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
	fprintf(stderr, "examine: %s: no such case; there are:", e->only);
	for (size_t i = 0; i < x->count; i++)
		fprintf(stderr, " %s", x->of[i].name);
	fputs("\n", stderr);
	exit(EX_USAGE);
}

static void read_arguments(int argc, char **argv, struct examination *e)
{
	const char *cases = NULL;
	long seconds = 60;
	int option;

	while ((option = program_option(argc, argv, "1mc:t:h", usage)) != -1)
		switch (option) {
		case '1':
			e->one_is_enough = true;
			break;
		case 'm':
			e->machine = true;
			break;
		case 'c':
			cases = optarg;
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

/* How many processes there may be at once: what there are now, and some. */
static unsigned long processes(void)
{
	FILE *file = fopen("/proc/loadavg", "r");
	unsigned long n = 1000;

	if (file != NULL) {
		if (fscanf(file, "%*f %*f %*f %*d/%lu", &n) != 1)
			n = 1000;
		fclose(file);
	}
	return n + PROCESSES;
}

/* Where things are, and how long a program may take. */
static void find_tools(struct tools *t, const char *lesson, const char *self)
{
	const char *limit = getenv("LAB_TIME"), *tmp = getenv("TMPDIR"),
		   *box = getenv("BOX");

	t->root = work_path(work_text("%s/../..", lesson));
	t->build = work_path(compile_folder_of(self));
	t->tmp = work_text(
		"%s/mail-lab.XXXXXX", tmp != NULL && *tmp != '\0' ? tmp : "/tmp");
	if (mkdtemp(t->tmp) == NULL)
		err(EX_IOERR, "%s", t->tmp);
	t->tmp = work_path(t->tmp);
	t->box = box != NULL && *box != '\0' ? box : NULL;
	t->processes = processes();
	t->limit = limit != NULL ? wire_time(limit) : LIMIT;
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
	fputs("The check was ended: the program that was tried has done that.\n", stderr);
	_exit(1);
}

int main(int argc, char **argv)
{
	static struct examination e = {.lock = PTHREAD_MUTEX_INITIALIZER};

	program_begin();
	open("/dev/null", O_RDONLY); /* a program that we start gets 0 to 3 */
	read_arguments(argc, argv, &e);
	look_at_terminal(&e);
	find_tools(&e.tools, e.exercise.lesson, argv[0]);
	guard(&e.tools);
	signal(SIGPIPE, SIG_IGN);
	setenv("ASAN_OPTIONS", RUN_ASAN, 1);
	setenv("UBSAN_OPTIONS", RUN_UBSAN, 1);
	e.stop = stop_signal();
	if (pipe(e.news) != 0)
		err(EX_OSERR, "pipe");
	watch_begin();
	_exit(program_end(examine(&e))); /* texts that were made once are still there */
}
