/*
 * trial: first the words about a case that fails, then how a case is tried (run), last
 * the threads that take one after the other. Begin with trial_work.
 */
#include "classroom/trial.h"
#include "classroom/debugger.h"
#include "classroom/excerpt.h"
#include "classroom/story.h"
#include "classroom/work.h"
#include "wire/clock.h"
#include "wire/spoken.h"
#include "wire/utf8.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define ENDLESS 3 /* cases that do not end; then no other one is tried */

/* Sizes of pieces in words: "1, 2 and 3". */
static char *sizes_in_words(const int *failed, size_t count)
{
	char *sizes = work_text("%s", "");

	for (size_t i = 0; i < count; i++)
		if (failed[i] > 0)
			sizes = work_text("%s%s%d", sizes,
				*sizes == '\0'	? ""
				: i + 1 < count ? spoken(", ")
						: spoken(" and "),
				failed[i]);
	return sizes;
}

/* Why a case failed that holds when all comes whole; "" where it does not. */
static char *about_pieces(
	const struct examination *e, const struct run *r, const int *failed, size_t count)
{
	const char *unit = exercise_says(&e->exercise, "unit", 0);
	char *sizes;

	if (count == 0 || failed[0] == PIECE_WHOLE)
		return work_text("%s", "");
	if (unit == NULL)
		unit = spoken("everything");
	if (failed[0] == PIECE_TOGETHER && count == 1)
		return work_text(spoken("One read is not one line: it holds when the "
					"lines come one by one, but not when several "
					"come at once"));
	if (r->row != NULL && strchr(r->cut, '+') != NULL)
		return work_text(spoken("One read is not %s: it holds when all comes "
					"whole, but not when it is cut after octet %ld; "
					"TCP cuts where it likes"),
			unit, strtol(r->cut, NULL, 10));
	sizes = sizes_in_words(failed, count);
	return work_text(strcmp(sizes, "1") == 0
				 ? spoken("One read is not %s: it holds when all comes "
					  "whole, but not in pieces of %s octet; TCP "
					  "cuts where it likes")
				 : spoken("One read is not %s: it holds when all comes "
					  "whole, but not in pieces of %s octets; TCP "
					  "cuts where it likes"),
		unit, sizes);
}

/* Whether what failed is the teacher's alone: it is not in a student's handout. */
static bool is_hidden(const struct run *r)
{
	return r->of->hidden || (r->row != NULL && r->row->hidden);
}

/* Which case it is, and its sentence. */
static void put_heading(FILE *to, const struct examination *e, const struct run *r)
{
	const char *name = r->of->name;
	char *plain = work_text(spoken("%sWhat happened in %s%s: "), "", name, "");
	int columns = utf8_width(plain, strlen(plain));

	fputc('\n', to);
	fprintf(to, spoken("%sWhat happened in %s%s: "), e->bold, name, e->plain);
	excerpt_wrap(to, r->of->sentence, e->width - 2 - columns, 0);
}

/* What the student can do: try it alone, unless her handout lacks it; or debug it. */
static void put_commands(FILE *to, const struct examination *e, const struct run *r)
{
	const char *lab = getenv("lab") != NULL ? getenv("lab") : "lab";

	if (is_hidden(r))
		fputs(r->row != NULL
				? spoken("This row is not in a student's handout.\n")
				: spoken("This case is not in a student's handout.\n"),
			to);
	else
		fprintf(to, spoken("This case alone: %s%s check %s %s%s\n"), e->bold, lab,
			e->exercise.number, r->of->name, e->plain);
	if (r->row != NULL || !r->of->hidden)
		fprintf(to, spoken("In a debugger:\n%s"), debugger_command(r, lab));
}

/* The story of the run r, for a person. */
static char *story_of(const struct examination *e, struct run *r, const char *about)
{
	char *story;
	size_t size;
	FILE *to = open_memstream(&story, &size);

	if (to == NULL)
		err(EX_OSERR, "memory");
	if (r->row != NULL)
		run_show_code(r);
	put_heading(to, e, r);
	story_tell(to, r, about, e->width);
	excerpt_wrap(to, work_text(spoken("The rule: %s"), r->of->rule), e->width, 0);
	put_commands(to, e, r);
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
		return work_text(spoken("not tried: three cases before it did not end"));
	if (clock_milliseconds() > e->until)
		return work_text(spoken("not tried: the time for all cases was over"));
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
