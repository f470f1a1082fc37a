/*
 * run: starts and ends a program, runs a filter, and judges a run. It trusts nothing
 * that the program prints: the program announces no port, and never gets the expected
 * results. A conversation is in run-dialogue, its rows are in run-rows.
 */
#include "classroom/run.h"
#include "classroom/watch.h"

#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#define KILOBYTES 10000 /* in a file that it makes */
#define MEGABYTES 1000	/* of memory; the sanitizer has the same limit */

static void close_all(struct run_child *c)
{
	int *all[] = {&c->in, &c->out, &c->errors, &c->fourth};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		for (size_t k = i + 1; k < sizeof all / sizeof *all; k++)
			if (*all[k] == *all[i])
				*all[k] = -1;
		if (*all[i] >= 0)
			close(*all[i]);
		*all[i] = -1;
	}
}

int run_open_file(const struct run *r, const char *name)
{
	char *path = work_text("%s/%s", r->folder, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);

	if (fd < 0)
		err(EX_IOERR, "%s", path);
	free(path);
	return fd;
}

int run_open_nothing(void)
{
	return open("/dev/null", O_RDWR);
}

/* Puts the files into its folder that the exercise gives. */
static void furnish(const struct run *r)
{
	const struct exercise *e = r->exercise;
	const char *says;

	work_make(work_text("%s/work", r->folder));
	for (size_t i = 0; (says = exercise_says(e, "folder", i)) != NULL; i++)
		work_make(work_text("%s/work/%s", r->folder, says));
	for (size_t i = 0; (says = exercise_says(e, "give", i)) != NULL; i++) {
		char *to = work_text("%s", says), *from = work_word(&to, ' '), *octets;
		size_t n;

		if (strncmp(from, "CASE.", 5) == 0)
			octets = exercise_file(e, r->of, from + 5, &n);
		else
			octets = work_read(work_text("%s/%s", e->lesson, from), &n);
		if (octets != NULL)
			work_write(work_text("%s/work/%s", r->folder, to), octets, n);
		free(octets);
	}
}

/* Starts it. address: of the one it is to call, or NULL. */
void run_start(struct run *r, struct run_child *c, const char *path, const char *words)
{
	const struct tools *t = r->tools;
	char *const environment[] = {"PATH=/nonexistent", "HOME=.", "LC_ALL=C",
		"TMPDIR=.", "ASAN_OPTIONS=" RUN_ASAN, "UBSAN_OPTIONS=" RUN_UBSAN, NULL};
	const int descriptors[] = {c->in, c->out, c->errors, c->fourth};
	struct program p = {.limits = {t->limit, KILOBYTES, t->processes,
				    t->sanitized ? 0 : MEGABYTES}};
	struct work_command command = {0};

	compile_box(&command, t, "run", &p);
	if (t->box != NULL) {
		/* The box may be made, whoever has all there are. */
		p.limits.processes = 0;
		work_add(&command, path);
		words += strcspn(words, " ");
	}
	work_add_all(&command, words);
	p.path = t->box == NULL ? path : command.argv[0];
	p.argv = command.argv;
	p.environment = environment;
	p.folder = work_text("%s/work", r->folder);
	p.descriptors = descriptors;
	c->group = limits_start(&p);
	if (c->group < 0)
		err(EX_OSERR, "fork");
	watch_until(c->group, t->limit);
	close_all(c);
}

bool run_has_ended(pid_t group)
{
	siginfo_t ended = {0};

	return waitid(P_PID, (id_t)group, &ended, WEXITED | WNOWAIT | WNOHANG) != 0 ||
	       ended.si_pid != 0;
}

/* The words of run:, with those of the case. */
char *run_words(const struct exercise *e, const struct exercise_case *c)
{
	size_t n;
	char *own = exercise_file(e, c, "args", &n);
	char *words =
		work_text("%s %s", exercise_says(e, "run", 0), own != NULL ? own : "");

	words[strcspn(words, "\n")] = '\0';
	free(own);
	return words;
}

/* Whether the program calls somebody, as these words have it. */
static bool is_client(const char *words)
{
	return strstr(words, "HOST:PORT") != NULL;
}

/* Whether confine, in the box, has ended it: its time was over. */
bool run_ended_by_box(const struct run *r)
{
	return r->tools->box != NULL && WIFEXITED(r->status) &&
	       WEXITSTATUS(r->status) == 124;
}

/* Waits for what comes of it: its end, and the files that it wrote. */
void run_end(struct run *r, struct run_child *c)
{
	size_t n;

	r->status = watch_end(c->group, &r->over);
	if (run_ended_by_box(r))
		r->over = true;
	else if (r->tools->box != NULL && WEXITSTATUS(r->status) > 128)
		r->status = WEXITSTATUS(r->status) - 128;
	r->printed = work_read(work_text("%s/printed", r->folder), &r->printed_size);
	r->errors = work_read(work_text("%s/errors", r->folder), &n);
	for (size_t i = 0; r->errors != NULL && i < n; i++)
		if (r->errors[i] == '\0')
			r->errors[i] = '?'; /* it is a text, with an end of its own */
}

/* Writes the input, each piece once the one before it was read. */
static void feed(const struct run *r, pid_t group, int fd, const char *octets, size_t n)
{
	size_t piece = r->piece > 0 ? (size_t)r->piece : n;

	while (n > 0) {
		ssize_t written = write(fd, octets, n < piece ? n : piece);
		struct timespec moment = {0, 20000};
		int unread = r->piece > 0;

		if (written <= 0)
			return;
		octets += written;
		n -= (size_t)written;
		while (unread > 0 && ioctl(fd, FIONREAD, &unread) == 0 && unread > 0 &&
			!run_has_ended(group))
			nanosleep(&moment, NULL);
	}
}

static void filter(struct run *r)
{
	size_t n;
	char *input = exercise_file(r->exercise, r->of, "in", &n);
	struct run_child c = {.out = run_open_file(r, "printed"),
		.errors = run_open_file(r, "errors"),
		.fourth = -1};
	int ends[2];

	if (pipe(ends) != 0)
		err(EX_OSERR, "pipe");
	c.in = ends[0];
	run_start(r, &c, r->tools->program, run_words(r->exercise, r->of));
	feed(r, c.group, ends[1], input, n);
	close(ends[1]);
	run_end(r, &c);
	free(input);
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* What is in the folder that left: names, as it says: names, files, or bodies of messages. */
static char *what_is_left(const struct run *r, size_t *n)
{
	char *folder = work_text("%s", exercise_says(r->exercise, "left", 0)), *text;
	char *kind = work_word(&folder, ' ');
	struct dirent **entries = NULL;
	FILE *file = open_memstream(&text, n);
	int count;

	folder = work_text("%s/work/%s", r->folder, folder);
	count = scandir(folder, &entries, is_visible, alphasort);
	for (int i = 0; i < count; i++) {
		size_t size, begin = 0;
		char *octets = work_read(
			     work_text("%s/%s", folder, entries[i]->d_name), &size),
		     *body;

		body = octets != NULL ? strstr(octets, "\n\n") : NULL;
		if (strcmp(kind, "bodies") == 0 && body != NULL)
			begin = (size_t)(body + 2 - octets);
		if (strcmp(kind, "bodies") == 0)
			fprintf(file, "# a message:\n");
		else
			fprintf(file, "%s%s\n", strcmp(kind, "files") == 0 ? "# " : "",
				entries[i]->d_name);
		if (strcmp(kind, "names") != 0 && octets != NULL)
			fwrite(octets + begin, 1, size - begin, file);
		free(octets);
		free(entries[i]);
	}
	free(entries);
	fclose(file);
	return text;
}

/* Whether what should have come did; where it did not, that is kept. */
static bool is_same(struct run *r, const char *kind, const char *octets, size_t n)
{
	char *expected = exercise_file(r->exercise, r->of, kind, &r->expected_size);

	if (expected == NULL ||
		(n == r->expected_size && memcmp(expected, octets, n) == 0)) {
		free(expected);
		return true;
	}
	r->expected = expected;
	return false;
}

/* What else there is to be looked at where all was said as it should be. */
static enum verdict look(struct run *r)
{
	bool client = r->player != NULL && r->player->me == 'S';

	if (!client && !is_same(r, "out", r->printed, r->printed_size))
		return OUTPUT;
	if (!client && r->status != 0)
		return ENDED_BADLY;
	if (exercise_says(r->exercise, "left", 0) == NULL)
		return HOLDS;
	r->left = what_is_left(r, &r->left_size);
	return is_same(r, "left", r->left, r->left_size) ? HOLDS : LEFT;
}

/* What the end of the program tells, which goes before all else. */
enum verdict run_verdict(struct run *r)
{
	int number = WIFSIGNALED(r->status) ? WTERMSIG(r->status) : 0;

	if (r->errors != NULL && (strstr(r->errors, "AddressSanitizer") != NULL ||
					 strstr(r->errors, ": runtime error: ") != NULL))
		return CRASHED;
	if (r->over || number == SIGXCPU)
		return TIME_OVER;
	if (number == SIGXFSZ || r->printed_size >= KILOBYTES * 1000UL)
		return TOO_MUCH;
	if (number != 0 && !r->stuck && (number != SIGPIPE || r->verdict != DIFFERS))
		return CRASHED;
	return r->verdict;
}

void run_conversation(struct run *r)
{
	furnish(r);
	if (exercise_is_filter(r->exercise, r->of))
		filter(r);
	else if (is_client(run_words(r->exercise, r->of)))
		run_answer(r);
	else
		run_call(r);
	r->verdict = run_verdict(r);
	if (r->verdict == HOLDS)
		r->verdict = look(r);
}

size_t run_pieces(const struct exercise *e, const struct exercise_case *c, int *pieces)
{
	static const int sizes[] = {1, 2, 3, 5};
	bool filter = exercise_is_filter(e, c);
	size_t count = 0, n;
	char *text = exercise_file(e, c, "txt", &n);

	pieces[count++] = PIECE_WHOLE;
	if (text != NULL && strncmp(text, "# whole", 7) == 0)
		return count;
	if (!filter && !is_client(run_words(e, c)))
		pieces[count++] = PIECE_TOGETHER;
	for (size_t i = 0; exercise_says(e, "unit", 0) != NULL && c->row_count == 0 &&
			   i < sizeof sizes / sizeof *sizes;
		i++)
		pieces[count++] = sizes[i];
	free(text);
	return count;
}

void run_free(struct run *r)
{
	if (r->player != NULL)
		fclose(r->player->script.file);
	free(r->player);
	free(r->said);
	free(r->told);
	free(r->printed);
	free(r->errors);
	free(r->expected);
	free(r->left);
	free(r->answer);
	free(r->code);
	work_remove(r->folder);
}
