/*
 * walk: performs a lesson. It types the commands of the console blocks, and compares
 * the output; each window is a shell of its own (window). With -s it shows the lesson
 * to a class. walk-read.awk reads the lesson; lessons/AUTHORS.md has its form. Begin
 * with main.
 *
 *	$ build/walk lessons/03-the-transcript
 */
#include "classroom/hold-port.h"
#include "classroom/places.h"
#include "classroom/screen.h"
#include "classroom/window.h"
#include "classroom/work.h"
#include "transcript/printed.h"
#include "wire/clock.h"
#include "wire/program.h"
#include "wire/stop.h"
#include "wire/spoken.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* A step of a lesson: its texts, as walk-read.awk writes them, where it says what they are. */
enum { KIND, WINDOW, PATIENCE, LINE, FIRST, ECHOED, CALLED, SENT, EXPECTED, BEFORE };
enum { SHOWN = BEFORE + 1, AFTER, TICK, CROSS, TEXTS };

struct walk {
	char *file;	      /* the lesson's text */
	long limit;	      /* milliseconds to wait */
	bool shows;	      /* it to a class */
	const char *done;     /* a file to be made at the end of a lesson, or NULL */
	bool failed, differs; /* the lesson, the step was not as written */
	struct windows windows;
	struct screen screen;
	struct placeholders names;
};

static const char usage[] =
	"usage: walk [-s] [-d FILE] [-f SECTION] [-i SECONDS] LESSON...\n"
	"\t-s  shows it: prose, command, what comes of it; Enter goes on, b and\n"
	"\t    Enter go back, q and Enter end it\n"
	"\t-d  makes this file when the end of a lesson is reached\n"
	"\t-f  shows it from the section with such a heading; what is before is unseen\n"
	"\t-i  the limit on waiting for what should appear, or for an end (20)\n"
	"Ends with 0 where all is as written, 1 where not, 65 where it is no lesson.\n"
	"\twalk lessons/03-the-transcript\n";

/* Shows what has appeared. */
static void show(struct walk *k, struct window *w, char *const *s)
{
	for (; *s[CROSS] != '\0' && w->shown < w->size; w->shown++)
		screen_show(&k->screen, w->out, w->shown, w->size);
	fflush(stdout);
}

static bool is(char *const *s, const char *kind)
{
	return strcmp(s[KIND], kind) == 0;
}

static void differ(struct walk *k, char *const *s, const char *why)
{
	k->differs = true;
	printf(spoken("%s:%s: after \"%s\":\n%s\n"), k->file, s[LINE], s[CALLED], why);
}

/* Holds what has appeared against the step; the last time, it tells where they differ. */
static enum fit compare(struct walk *k, struct window *w, char *const *s, bool is_last)
{
	struct printed p = {k->file, strtoul(s[FIRST], NULL, 10),
		strtoul(s[LINE], NULL, 10), s[CALLED], s[EXPECTED], w->out + w->compared,
		w->size - w->compared, !w->runs, is_last, &k->names, 0};
	enum fit fit = printed_compare(&p);

	if (is_last) {
		k->differs = k->differs || fit != PRINTED_FITS;
		w->compared = w->runs ? w->compared + p.taken : w->size;
	}
	return fit;
}

/* Waits so many milliseconds for what should appear, or for the end alone. */
static enum fit watch(struct walk *k, struct window *w, char *const *s, bool end, long ms)
{
	long long left, until = clock_milliseconds() + ms;
	enum fit fit = PRINTED_FITS_SO_FAR;

	for (;;) {
		show(k, w, s);
		fit = end ? fit : compare(k, w, s, false);
		left = until - clock_milliseconds();
		if (!w->runs || w->full || left <= 0 || fit != PRINTED_FITS_SO_FAR)
			return fit;
		windows_wait(&k->windows, -1, left);
	}
}

/* Waits for what should appear, or for the end; false where the lesson cannot go on. */
static bool await(struct walk *k, struct window *w, char *const *s)
{
	long patience = strtol(s[PATIENCE], NULL, 10), seconds = k->limit / 1000;
	bool ends = patience < 0;
	char *late = work_text(
		spoken("it has not ended in %ld seconds; ^C ends a program"), seconds);
	enum fit fit = watch(k, w, s, ends, k->limit);

	if (!ends && fit == PRINTED_FITS)
		watch(k, w, s, true, patience);
	if (w->runs && (ends || w->full)) {
		differ(k, s, w->full ? spoken("it prints without end") : late);
		return false;
	}
	fit = compare(k, w, s, true);
	if (w->runs && fit == PRINTED_FITS_SO_FAR)
		printf(spoken("(%ld seconds were not enough for it)\n"), seconds);
	return !w->runs || fit == PRINTED_FITS;
}

/* Returns false where the lesson cannot go on. */
static bool perform(struct walk *k, char *const *s)
{
	bool runs = is(s, "run"), goes_on;
	struct window *w;
	char *left;

	screen_ask(&k->screen, s[BEFORE]);
	screen_tell(&k->screen, s[SHOWN]);
	screen_ask(&k->screen, s[AFTER]);
	if (is(s, "prose"))
		return true;
	w = window_open(&k->windows, s[WINDOW]);
	if (runs && w->gone)
		differ(k, s, spoken("the shell of this window has ended"));
	else if (!runs && !w->runs && *s[SENT] != '\0')
		differ(k, s, spoken("nothing runs in this window"));
	if (k->differs)
		return false;
	if (w->shown < w->compared)
		w->shown = w->compared;		  /* of a step that is not seen */
	w->shown += strtoul(s[ECHOED], NULL, 10); /* it has been shown */
	if (*s[SENT] == 3 && *s[EXPECTED] != '\0')
		watch(k, w, s, false, 300); /* Ctrl-C may not be what it waits for */
	if (*s[SENT] != '\0')
		window_send(w, s[SENT], runs);
	goes_on = await(k, w, s);
	left = goes_on && is(s, "end") ? window_left(&k->windows, w) : NULL;
	if (left != NULL)
		differ(k, s,
			work_text(spoken("still running at the end of the lesson:%s"),
				left));
	return goes_on;
}

/* The texts of the lesson's steps; before them is how many commands it has. */
static char **read_lesson(const struct walk *k, size_t *n)
{
	static const char awk[] =
		"exec env LC_ALL=C awk -v show=%d -v asks=%d -v width=%d -v colours=%d "
		"-f \"$MAIL_LAB_SCRIPTS\"/classroom/spoken.awk "
		"-f \"$MAIL_LAB_SCRIPTS\"/classroom/walk-prose.awk "
		"-f \"$MAIL_LAB_SCRIPTS\"/classroom/walk-read.awk \"$WALK_README\"";
	int status, colours = program_has_colours();
	char *command =
		work_text(awk, k->shows, k->screen.asks, k->screen.width, colours);
	char *text = work_output(command, &status);

	if (status != 0)
		errx(status, "%.*s", (int)strcspn(text, "\n"), text);
	return work_texts(text, 036, n);
}

/* Makes the file that says that the end was reached. */
static void make_done(const struct walk *k)
{
	FILE *file = k->done != NULL ? fopen(k->done, "w") : NULL;

	if (k->done != NULL && (file == NULL || fclose(file) != 0))
		err(EX_CANTCREAT, "%s", k->done);
}

/* Performs a lesson, in a folder of its own. */
static void perform_lesson(struct walk *k, char *lesson)
{
	char *folder = work_text("%s/lesson", k->windows.work),
	     *slash = strrchr(lesson, '/');
	char *lessons = work_path(work_text("%s/..", lesson)), **texts;
	bool goes_on = true;
	size_t n;

	if (slash != NULL && slash[1] == '\0')
		*slash = '\0';
	k->file = work_text("%s/README%s.md", lesson, spoken_suffix());
	if (access(k->file, R_OK) != 0)
		k->file = work_text("%s/README.md", lesson);
	if (access(k->file, R_OK) != 0)
		errx(EX_NOINPUT, "%s: cannot be read", k->file);
	setenv("WALK_README", k->file, 1);
	texts = read_lesson(k, &n);
	work_remove(folder);
	work_make(folder);
	if (symlink(lessons, work_text("%s/lessons", folder)) != 0)
		err(EX_IOERR, "%s", folder);
	k->failed = false;
	k->windows.begin = texts[1];
	screen_begin(&k->screen, n / TEXTS);
	for (char **s = texts + 2; goes_on && s < texts + n; s += TEXTS) {
		k->differs = false;
		goes_on = perform(k, s);
		k->failed = k->failed || k->differs;
		screen_tell(&k->screen, s[k->differs ? CROSS : TICK]);
		screen_step(&k->screen);
		if (!goes_on && !is(s, "end"))
			fputs(spoken("The lesson stops here.\n"), stdout);
	}
	if (goes_on)
		make_done(k);
	if (!k->failed)
		printf(spoken("%s: %s commands, all as written\n"), lesson, texts[0]);
	program_end(EX_OK);
	windows_close(&k->windows);
	placeholder_forget(&k->names, 0);
	k->names = (struct placeholders){0};
}

static void read_arguments(int argc, char **argv, struct walk *k)
{
	char *last = "";
	int option;

	k->limit = 20000;
	setenv("WALK_FROM", "", 1);
	while ((option = program_option(argc, argv, "sd:f:i:h", usage)) != -1) {
		k->shows = k->shows || option == 's' || option == 'f';
		if (option == 'd')
			k->done = optarg;
		if (option == 'f')
			setenv("WALK_FROM", optarg, 1);
		if (option == 'i')
			k->limit = strtol(optarg, &last, 10) * 1000;
	}
	if (*last != '\0' || k->limit < 0 || k->limit > 9999000 || optind == argc)
		program_usage(usage);
	k->screen.asks = k->shows && isatty(STDIN_FILENO);
}

static struct walk walk;

static void clean(void)
{
	windows_close(&walk.windows);
	work_remove(walk.windows.work);
}

int main(int argc, char **argv)
{
	int status = EX_OK;

	program_begin();
	read_arguments(argc, argv, &walk);
	places_tell(argv[0]);
	hold_port("SMTP");
	hold_port("SMTP2");
	hold_port("POP3");
	hold_port("HTTP");
	walk.screen.width = 80;
	program_terminal(&walk.screen.width, &walk.screen.height);
	walk.screen.windows = &walk.windows;
	walk.windows.work = work_begin("walk");
	atexit(clean);
	walk.windows.signal = stop_any_signal();
	setenv("WALK_WORK", walk.windows.work, 1);
	for (; optind < argc; optind++) {
		perform_lesson(&walk, argv[optind]);
		status = walk.failed ? 1 : status;
	}
	return program_end(status);
}
