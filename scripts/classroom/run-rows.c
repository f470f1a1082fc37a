/*
 * run-rows: the rows of a case, asked of the driver that is linked with the student's
 * file (rows.h). Only this page knows the expected results. Begin at run_rows.
 */
#include "classroom/row-text.h"
#include "classroom/run.h"
#include "classroom/watch.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#define ANSWER 65536 /* octets of a driver's answer */
#define SPLITS 40    /* octets of an input that is cut in two at each place */

/* A driver that runs, and our end of what is said with it. */
struct driver {
	struct run_child child;
	int fd;
};

static void start_driver(struct run *r, struct driver *d)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
		err(EX_OSERR, "socketpair");
	d->child = (struct run_child){.in = run_open_nothing(),
		.out = run_open_file(r, "printed"),
		.errors = run_open_file(r, "errors"),
		.fourth = pair[1]};
	d->fd = pair[0];
	run_start(r, &d->child, r->tools->driver, "rows");
}

/* Asks, and returns the line that is answered, or NULL: the driver has ended. */
static char *ask(struct run *r, const struct driver *d, const char *question)
{
	char *answer = malloc(ANSWER);
	size_t n = 0, length = strlen(question);
	ssize_t got = 1;

	if (answer == NULL)
		err(EX_OSERR, "memory");
	watch_until(d->child.group, r->tools->limit);
	if (write(d->fd, question, length) != (ssize_t)length)
		got = 0;
	while (got > 0 && (n == 0 || answer[n - 1] != '\n') && n + 1 < ANSWER) {
		got = read(d->fd, answer + n, ANSWER - 1 - n);
		n += got > 0 ? (size_t)got : 0;
	}
	if (n > 0 && answer[n - 1] == '\n') {
		answer[n - 1] = '\0';
		return answer;
	}
	free(answer);
	return NULL;
}

/* Tries a row at a cut. Returns whether it holds. */
static bool try_row(struct run *r, const struct driver *d, const struct exercise_row *row,
	const char *cut)
{
	char *question = work_text("%s\t%s\n", cut, row->call);
	char *came = ask(r, d, question);

	free(question);
	if (came != NULL && strcmp(came, row->expected) == 0) {
		free(came);
		return true;
	}
	r->row = row;
	r->answer = came;
	snprintf(r->cut, sizeof r->cut, "%s", cut);
	return false;
}

/* Octets of the input that may be cut: the first argument; 0 where it is never cut. */
static size_t length_to_cut(const struct run *r, const struct exercise_row *row)
{
	const char *first = row->call + strcspn(row->call, "(");
	char *octets = NULL;
	size_t length = 0;
	FILE *to;

	if (r->exercise->rows_are_whole || strncmp(first, "(\"", 2) != 0)
		return 0;
	to = open_memstream(&octets, &length);
	if (to == NULL)
		err(EX_OSERR, "memory");
	row_read(first + 1, to);
	fclose(to);
	free(octets);
	return length;
}

/* At every cut but whole. */
static bool try_cuts(
	struct run *r, const struct driver *d, const struct exercise_row *row)
{
	static const char *const cuts[] = {"1", "2", "3", "5"};
	size_t length = length_to_cut(r, row);
	bool holds = true;

	for (size_t i = 0; holds && i < sizeof cuts / sizeof *cuts; i++)
		if (strtoul(cuts[i], NULL, 10) < length)
			holds = try_row(r, d, row, cuts[i]);
	for (size_t first = 1; holds && first <= SPLITS && first < length; first++) {
		char cut[16];

		snprintf(cut, sizeof cut, "%zu+", first);
		holds = try_row(r, d, row, cut);
	}
	return holds;
}

void run_show_code(struct run *r)
{
	struct run again = {.tools = r->tools,
		.exercise = r->exercise,
		.of = r->of,
		.folder = r->folder};
	struct driver d;
	char *question = work_text("show\t%s\t%s\n", r->cut, r->row->call);

	start_driver(&again, &d);
	r->code = ask(&again, &d, question);
	close(d.fd);
	run_end(&again, &d.child);
}

/* Whether a row that does not hold at once holds in two pieces. */
static bool holds_in_two(struct run *r, const struct driver *d)
{
	struct run trial = *r;
	size_t length = length_to_cut(r, r->row);
	bool holds = false;

	for (size_t first = 1; !holds && first <= SPLITS && first < length; first++) {
		char cut[16];

		snprintf(cut, sizeof cut, "%zu+", first);
		holds = try_row(&trial, d, r->row, cut);
	}
	return holds;
}

/* The rows that are hidden, or the others, whole, and then at each cut: whether they hold. */
static bool try_those(struct run *r, const struct driver *d, bool hidden)
{
	const struct exercise_case *c = r->of;
	bool holds = true;

	for (size_t i = 0; holds && i < c->row_count; i++)
		if (c->rows[i].hidden == hidden)
			holds = try_row(r, d, &c->rows[i], "whole");
	if (!holds && r->answer != NULL && holds_in_two(r, d))
		r->piece = PIECE_TOGETHER;
	if (!holds)
		return false;
	for (size_t i = 0; holds && i < c->row_count; i++)
		if (c->rows[i].hidden == hidden)
			holds = try_cuts(r, d, &c->rows[i]);
	if (!holds)
		r->piece = (int)strtol(r->cut, NULL, 10);
	return holds;
}

/* First those that the student has too: she can try them. */
static bool try_rows(struct run *r, const struct driver *d)
{
	return try_those(r, d, false) && try_those(r, d, true);
}

void run_rows(struct run *r)
{
	struct driver d;
	bool holds;

	work_make(work_text("%s/work", r->folder));
	start_driver(r, &d);
	holds = try_rows(r, &d);
	close(d.fd);
	watch_until(d.child.group, RUN_GRACE);
	run_end(r, &d.child);
	r->verdict = ENDED_BADLY; /* without an answer, or after the last one */
	if (r->answer != NULL)
		r->verdict = ROW_DIFFERS;
	else if (holds && r->status == 0)
		r->verdict = HOLDS;
	r->verdict = run_verdict(r);
}
