/*
 * trial: first the words about a case that fails, then how a case is tried (run), last
 * the threads that take one after the other. Begin with trial_work.
 */
#include "classroom/trial.h"
#include "classroom/debugger.h"
#include "classroom/story.h"
#include "classroom/work.h"
#include "wire/clock.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define ENDLESS 3 /* cases that do not end; then no other one is tried */

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

/* Whether what failed is the teacher's alone, so the student cannot try it. */
static bool is_hidden(const struct run *r)
{
	return r->of->hidden || (r->row != NULL && r->row->hidden);
}

/* The story of the run r, for a person. */
static char *story_of(const struct examination *e, struct run *r, const char *about)
{
	const struct exercise_case *c = r->of;
	const char *lab = getenv("lab") != NULL ? getenv("lab") : "lab";
	char *story;
	size_t size;
	FILE *to = open_memstream(&story, &size);

	if (to == NULL)
		err(EX_OSERR, "memory");
	if (r->row != NULL)
		run_show_code(r);
	fprintf(to, "\n%sWhat happened in %s%s: ", e->bold, c->name, e->plain);
	story_wrap(to, c->sentence, e->width - 19 - (int)strlen(c->name), 0);
	story_tell(to, r, about, e->width);
	story_wrap(to, work_text("The rule: %s", c->rule), e->width, 0);
	if (is_hidden(r)) {
		fprintf(to,
			"This %s is your teacher's alone: lab check does not have it.\n",
			r->row != NULL ? "row" : "case");
	} else {
		fprintf(to, "This case alone: %s%s check %s %s%s\n", e->bold, lab,
			e->exercise.number, c->name, e->plain);
	}
	if (r->row != NULL || !c->hidden)
		fprintf(to, "In a debugger:\n%s", debugger_command(r, lab));
	fclose(to);
	return story;
}

/* Writes down what happened in the run r. failed: the sizes of pieces in which it did. */
static void tell(struct examination *e, struct result *result, struct run *r,
	const int *failed, size_t count)
{
	const char *about = about_pieces(e, r, failed, count);

	if (!e->machine)
		result->story = story_of(e, r, about);
	result->words = story_words(r, about);
	result->hidden = is_hidden(r);
	if (result->hidden)
		result->words = work_text("the teacher's alone: %s", result->words);
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

	if (exercise_is_run(&e->exercise, c) && !try_conversation(e, n, result))
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

void *trial_work(void *argument)
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

void *trial_begin(void *argument)
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
	return trial_work(e);
}
