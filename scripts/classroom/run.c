/*
 * run: first how the program is started, then a conversation with it, a filter, its rows,
 * and last the verdict. Nothing that it prints is believed: it has no port to announce, and
 * what is expected of it is known here alone.
 */
#include "classroom/run.h"
#include "classroom/watch.h"
#include "wire/clock.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#define SILENCE	  5000	/* milliseconds to wait for the program's next line */
#define GRACE	  2000	/* for it to end once nobody speaks with it */
#define KILOBYTES 10000 /* in a file that it makes */
#define MEGABYTES 1000	/* of memory; the sanitizer has the same limit */
#define ANSWER	  65536 /* octets of a driver's answer */
#define SPLITS	  40	/* octets of an input that is cut in two at each place */

/* The program that is tried, and what it is connected with. */
struct child {
	pid_t group;
	int in, out, errors, fourth; /* our descriptors that become its own */
};

static void close_all(struct child *c)
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

static int open_file(const struct run *r, const char *name)
{
	char *path = work_text("%s/%s", r->folder, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);

	if (fd < 0)
		err(EX_IOERR, "%s", path);
	free(path);
	return fd;
}

static int open_nothing(void)
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
static void start(struct run *r, struct child *c, const char *path, const char *words)
{
	const struct tools *t = r->tools;
	char *const environment[] = {"PATH=/nonexistent", "HOME=.", "LC_ALL=C",
		"TMPDIR=.", "ASAN_OPTIONS=" RUN_ASAN, "UBSAN_OPTIONS=" RUN_UBSAN, NULL};
	const int descriptors[] = {c->in, c->out, c->errors, c->fourth};
	struct program p = {.limits = {t->limit, KILOBYTES, t->processes,
				    t->sanitized ? 0 : MEGABYTES}};
	struct work_command command = {0};
	size_t first;

	compile_box(&command, t, &p.limits);
	first = command.n;
	work_add_all(&command, words);
	p.path = t->box == NULL ? path : "sh";
	if (t->box != NULL) {
		command.argv[first] = work_text("%s", path);
		p.limits.processes =
			0; /* the box may be made, whoever has all there are */
	}
	p.argv = command.argv;
	p.environment = t->box == NULL ? environment : NULL;
	p.folder = work_text("%s/work", r->folder);
	p.descriptors = descriptors;
	c->group = limits_start(&p);
	if (c->group < 0)
		err(EX_OSERR, "fork");
	watch_until(c->group, t->limit);
	close_all(c);
}

static bool has_ended(pid_t group)
{
	siginfo_t ended = {0};

	return waitid(P_PID, (id_t)group, &ended, WEXITED | WNOWAIT | WNOHANG) != 0 ||
	       ended.si_pid != 0;
}

/* The words of run:, with those of the case. */
static char *words_of(const struct exercise *e, const struct exercise_case *c)
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
static bool ended_by_box(const struct run *r)
{
	return r->tools->box != NULL && WIFEXITED(r->status) &&
	       WEXITSTATUS(r->status) == 124;
}

/* Waits for what comes of it: its end, and the files that it wrote. */
static void end(struct run *r, struct child *c)
{
	size_t n;

	r->status = watch_end(c->group, &r->over);
	if (ended_by_box(r))
		r->over = true;
	else if (r->tools->box != NULL && WEXITSTATUS(r->status) > 128)
		r->status = WEXITSTATUS(r->status) - 128;
	r->printed = work_read(work_text("%s/printed", r->folder), &r->printed_size);
	r->errors = work_read(work_text("%s/errors", r->folder), &n);
}

/* The transcript, with all that the client says before what it is answered. */
static char *together(const char *transcript)
{
	char *text = work_text("%s", transcript), *line;
	char *now = work_text("%s", ""), *later = work_text("%s", "");

	while ((line = work_line(&text)) != NULL)
		if (strncmp(line, "S:", 2) == 0) {
			later = work_text("%s%s\n", later, line);
		} else if (*line == '!') {
			now = work_text("%s%s%s\n", now, later, line);
			later = work_text("%s", "");
		} else {
			now = work_text("%s%s\n", now, line);
		}
	return work_text("%s%s", now, later);
}

/* Opens the script of the case, as it is said this time. Returns the side that we play. */
static struct player *open_player(struct run *r, char me)
{
	struct player *p = calloc(1, sizeof *p);
	char *name = work_text("%s/%s.txt", r->folder, r->of->name), *text;
	size_t n;

	if (p == NULL)
		err(EX_OSERR, "memory");
	text = exercise_file(r->exercise, r->of, "txt", &n);
	if (r->piece == PIECE_TOGETHER)
		text = together(text);
	work_write(name, text, strlen(text));
	script_open(&p->script, name);
	p->me = me;
	p->peer = me == 'C' ? 'S' : 'C';
	p->exact = true;
	p->limit = r->tools->limit < SILENCE ? r->tools->limit : SILENCE;
	p->piece = r->piece > 0 ? (size_t)r->piece : 0;
	p->program = "examine";
	p->out = open_memstream(&r->said, &r->said_size);
	p->err = open_memstream(&r->told, &r->told_size);
	if (p->out == NULL || p->err == NULL)
		err(EX_OSERR, "memory");
	r->player = p;
	return p;
}

static struct script *open_script(struct conversation *c, const char *name)
{
	struct script *s = calloc(1, sizeof *s);

	if (s == NULL)
		err(EX_OSERR, "memory");
	s->to_compare = true;
	script_open(s, name);
	conversation_read(c, s, false);
	fclose(s->file);
	return s;
}

/* Finds words for a line that was said in place of another, as compare-transcripts has them. */
static void compare(struct run *r)
{
	struct comparison c = {.codes = false};
	char *expected = work_text("%s/%s.txt", r->folder, r->of->name);
	char *actual = work_text("%s/said.txt", r->folder);

	work_write(actual, r->said, r->said_size);
	c.names = &open_script(&c.expected, expected)->names;
	open_script(&c.actual, actual);
	if (!comparison_alike(&c) && c.line != NULL && c.said != NULL &&
		strcmp(c.said->text, r->player->heard) == 0) {
		r->words = work_text("%s", c.is_paired ? c.words : "");
		conversation_moment(c.side, c.line, r->moment, sizeof r->moment);
	}
}

/* Plays, and lets the program end. */
static void play_with(struct run *r, struct child *c, int fd)
{
	struct player *p = r->player;
	bool departed = play(p, fd) != 0;

	fclose(p->out);
	fclose(p->err);
	if (departed && strstr(r->told, "\tgot ") != NULL)
		compare(r);
	r->verdict = departed ? DIFFERS : HOLDS;
	if (departed)
		watch_until(c->group, GRACE);
	end(r, c);
	r->stuck = departed && r->over;
	/* It ran until its time was over: else it was only slow to end. */
	if (departed && !ended_by_box(r))
		r->over = r->stuck && p->end == HEARD_LINE &&
			  strstr(r->told, "\tgot ") == NULL;
	if (p->me == 'C' && strncmp(r->said, "S:", 2) != 0 &&
		strstr(r->said, "\nS:") == NULL && p->end == HEARD_CLOSE)
		r->verdict = DID_NOTHING;
}

/* With a server on its standard input and output, as inetd has it. */
static void call(struct run *r)
{
	struct child c = {.errors = open_file(r, "errors"), .fourth = -1};
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
		err(EX_OSERR, "socketpair");
	open_player(r, 'C');
	c.in = c.out = pair[1];
	start(r, &c, r->tools->program, words_of(r->exercise, r->of));
	play_with(r, &c, pair[0]);
}

/* Listens on a free port, whose address it writes. */
static int listen_for(char **address)
{
	struct sockaddr_in here = {.sin_family = AF_INET};
	socklen_t size = sizeof here;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)&here, size) != 0 ||
		listen(fd, 8) != 0 ||
		getsockname(fd, (struct sockaddr *)&here, &size) != 0)
		err(EX_OSERR, "127.0.0.1");
	*address = work_text("127.0.0.1:%d", ntohs(here.sin_port));
	return fd;
}

/* Where nobody takes what a program prints. */
static int open_broken(void)
{
	int ends[2];

	if (pipe(ends) != 0)
		err(EX_OSERR, "pipe");
	close(ends[0]);
	return ends[1];
}

/* With a client, to which we are the server. */
static void answer(struct run *r)
{
	char *address, *words = words_of(r->exercise, r->of), *at;
	struct pollfd door = {.fd = listen_for(&address), .events = POLLIN};
	struct child c = {
		.in = open_nothing(), .errors = open_file(r, "errors"), .fourth = -1};
	char *broken;
	int fd = -1;

	open_player(r, 'S');
	while ((at = strstr(words, "HOST:PORT")) != NULL) {
		*at = '\0';
		words = work_text("%s%s%s", words, address, at + strlen("HOST:PORT"));
	}
	broken = strstr(words, ">nobody");
	c.out = broken != NULL ? open_broken() : open_file(r, "printed");
	if (broken != NULL)
		memset(broken, ' ', strlen(">nobody"));
	start(r, &c, r->tools->program, words);
	while (fd < 0 && !(poll(&door, 1, 20) == 0 && has_ended(c.group)))
		if (door.revents != 0)
			fd = accept(door.fd, NULL, NULL);
	close(door.fd);
	if (fd >= 0) {
		play_with(r, &c, fd);
		return;
	}
	r->verdict = DID_NOTHING;
	end(r, &c);
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
			!has_ended(group))
			nanosleep(&moment, NULL);
	}
}

static void filter(struct run *r)
{
	size_t n;
	char *input = exercise_file(r->exercise, r->of, "in", &n);
	struct child c = {.out = open_file(r, "printed"),
		.errors = open_file(r, "errors"),
		.fourth = -1};
	int ends[2];

	if (pipe(ends) != 0)
		err(EX_OSERR, "pipe");
	c.in = ends[0];
	start(r, &c, r->tools->program, words_of(r->exercise, r->of));
	feed(r, c.group, ends[1], input, n);
	close(ends[1]);
	end(r, &c);
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
static enum verdict verdict_of(struct run *r)
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

bool run_is_filter(const struct exercise *e, const struct exercise_case *c)
{
	return access(work_text("%s/%s.in", e->cases, c->name), R_OK) == 0;
}

bool run_is_there(const struct exercise *e, const struct exercise_case *c)
{
	return run_is_filter(e, c) ||
	       access(work_text("%s/%s.txt", e->cases, c->name), R_OK) == 0;
}

void run_conversation(struct run *r)
{
	furnish(r);
	if (run_is_filter(r->exercise, r->of))
		filter(r);
	else if (is_client(words_of(r->exercise, r->of)))
		answer(r);
	else
		call(r);
	r->verdict = verdict_of(r);
	if (r->verdict == HOLDS)
		r->verdict = look(r);
}

size_t run_pieces(const struct exercise *e, const struct exercise_case *c, int *pieces)
{
	static const int sizes[] = {1, 2, 3, 5};
	bool filter = run_is_filter(e, c);
	size_t count = 0, n;
	char *text = exercise_file(e, c, "txt", &n);

	pieces[count++] = PIECE_WHOLE;
	if (text != NULL && strncmp(text, "# whole", 7) == 0)
		return count;
	if (!filter && !is_client(words_of(e, c)))
		pieces[count++] = PIECE_TOGETHER;
	for (size_t i = 0; exercise_says(e, "unit", 0) != NULL && c->row_count == 0 &&
			   i < sizeof sizes / sizeof *sizes;
		i++)
		pieces[count++] = sizes[i];
	free(text);
	return count;
}

/* A driver that runs, and our end of what is said with it. */
struct driver {
	struct child child;
	int fd;
};

static void start_driver(struct run *r, struct driver *d)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
		err(EX_OSERR, "socketpair");
	d->child = (struct child){.in = open_nothing(),
		.out = open_file(r, "printed"),
		.errors = open_file(r, "errors"),
		.fourth = pair[1]};
	d->fd = pair[0];
	start(r, &d->child, r->tools->driver, "rows");
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

/* Tries a row at a cut. Returns whether it holds; *cuts, whether it can be cut so. */
static bool try_row(struct run *r, const struct driver *d, const struct exercise_row *row,
	const char *cut, bool *cuts)
{
	char *question = work_text("%s\t%s\n", cut, row->call);
	char *came = ask(r, d, question);

	free(question);
	*cuts = came == NULL || strcmp(came, "=") != 0;
	if (!*cuts || (came != NULL && strcmp(came, row->expected) == 0)) {
		free(came);
		return true;
	}
	r->row = row;
	r->answer = came;
	snprintf(r->cut, sizeof r->cut, "%s", cut);
	return false;
}

/* At every cut but whole. */
static bool try_cuts(
	struct run *r, const struct driver *d, const struct exercise_row *row)
{
	static const char *const cuts[] = {"1", "2", "3", "5"};
	bool holds = true, is_cut = true;

	for (size_t i = 0; holds && i < sizeof cuts / sizeof *cuts; i++)
		holds = try_row(r, d, row, cuts[i], &is_cut);
	is_cut = true;
	for (int first = 1; holds && is_cut && first <= SPLITS; first++) {
		char cut[16];

		snprintf(cut, sizeof cut, "%d+", first);
		holds = try_row(r, d, row, cut, &is_cut);
	}
	return holds;
}

/* The call, as it is written in C. */
static void show_code(struct run *r)
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
	end(&again, &d.child);
}

/* Whether a row that does not hold at once holds in two pieces. */
static bool holds_in_two(struct run *r, const struct driver *d)
{
	struct run trial = *r;
	bool is_cut = true, holds = false;

	for (int first = 1; !holds && is_cut && first <= SPLITS; first++) {
		char cut[16];

		snprintf(cut, sizeof cut, "%d+", first);
		holds = try_row(&trial, d, r->row, cut, &is_cut) && is_cut;
	}
	return holds;
}

/* All rows whole, and then at each cut. Returns whether they hold. */
static bool try_rows(struct run *r, const struct driver *d)
{
	const struct exercise_case *c = r->of;
	bool holds = true, is_cut;

	for (size_t i = 0; holds && i < c->row_count; i++)
		holds = try_row(r, d, &c->rows[i], "whole", &is_cut);
	if (!holds && r->answer != NULL && holds_in_two(r, d))
		r->piece = PIECE_TOGETHER;
	if (!holds)
		return false;
	for (size_t i = 0; holds && i < c->row_count; i++)
		holds = try_cuts(r, d, &c->rows[i]);
	if (!holds)
		r->piece = atoi(r->cut);
	return holds;
}

void run_rows(struct run *r)
{
	struct driver d;
	bool holds;

	work_make(work_text("%s/work", r->folder));
	start_driver(r, &d);
	holds = try_rows(r, &d);
	close(d.fd);
	watch_until(d.child.group, GRACE);
	end(r, &d.child);
	r->verdict = ENDED_BADLY; /* without an answer, or after the last one */
	if (r->answer != NULL)
		r->verdict = ROW_DIFFERS;
	else if (holds && r->status == 0)
		r->verdict = HOLDS;
	r->verdict = verdict_of(r);
	if (r->row != NULL)
		show_code(r);
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
