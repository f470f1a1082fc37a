/*
 * run-dialogue: a conversation with the program that is tried. It talks over a socket pair, as
 * under inetd, or calls a free port of ours; the player has the other side. Begin at run_call.
 */
#include "classroom/run.h"
#include "classroom/watch.h"

#include <arpa/inet.h>
#include <err.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#define SILENCE 5000 /* milliseconds to wait for the program's next line */

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

/* Writes the script of the case, as it is said this time. Returns its name. */
static char *write_script(const struct run *r)
{
	char *name = work_text("%s/%s.txt", r->folder, r->of->name);
	size_t n;
	char *text = exercise_file(r->exercise, r->of, "txt", &n);

	if (r->piece == PIECE_TOGETHER)
		text = together(text);
	work_write(name, text, strlen(text));
	return name;
}

/* Opens the script of the case. Returns the side that we play. */
static struct player *open_player(struct run *r, char me)
{
	struct player *p = calloc(1, sizeof *p);
	char *name = write_script(r);

	if (p == NULL)
		err(EX_OSERR, "memory");
	script_open(&p->script, name);
	unlink(name); /* the program may find its way here */
	p->me = me;
	p->peer = me == 'C' ? 'S' : 'C';
	p->exact = true;
	p->limit = r->tools->limit < SILENCE ? r->tools->limit : SILENCE;
	p->pieces.size = r->piece > 0 ? (size_t)r->piece : 0;
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
	char *expected = write_script(r);
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
static void play_with(struct run *r, struct run_child *c, int fd)
{
	struct player *p = r->player;
	bool departed = play(p, fd) != 0;

	fclose(p->out);
	fclose(p->err);
	if (departed && strstr(r->told, "\tgot ") != NULL)
		compare(r);
	r->verdict = departed ? DIFFERS : HOLDS;
	if (departed)
		watch_until(c->group, RUN_GRACE);
	run_end(r, c);
	r->stuck = departed && r->over;
	/* It ran until its time was over: else it was only slow to end. */
	if (departed && !run_ended_by_box(r))
		r->over = r->stuck && p->end == HEARD_LINE &&
			  strstr(r->told, "\tgot ") == NULL;
	if (p->me == 'C' && strncmp(r->said, "S:", 2) != 0 &&
		strstr(r->said, "\nS:") == NULL && p->end == HEARD_CLOSE)
		r->verdict = DID_NOTHING;
}

/* With a server on its standard input and output, as inetd has it. */
void run_call(struct run *r)
{
	struct run_child c = {.errors = run_open_file(r, "errors"), .fourth = -1};
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
		err(EX_OSERR, "socketpair");
	open_player(r, 'C');
	c.in = c.out = pair[1];
	run_start(r, &c, r->tools->program, run_words(r->exercise, r->of));
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
void run_answer(struct run *r)
{
	char *address, *words = run_words(r->exercise, r->of), *at;
	struct pollfd door = {.fd = listen_for(&address), .events = POLLIN};
	struct run_child c = {.in = run_open_nothing(),
		.errors = run_open_file(r, "errors"),
		.fourth = -1};
	char *broken;
	int fd = -1;

	open_player(r, 'S');
	while ((at = strstr(words, "HOST:PORT")) != NULL) {
		*at = '\0';
		words = work_text("%s%s%s", words, address, at + strlen("HOST:PORT"));
	}
	broken = strstr(words, ">nobody");
	c.out = broken != NULL ? open_broken() : run_open_file(r, "printed");
	if (broken != NULL)
		memset(broken, ' ', strlen(">nobody"));
	run_start(r, &c, r->tools->program, words);
	while (fd < 0 && !(poll(&door, 1, 20) == 0 && run_has_ended(c.group)))
		if (door.revents != 0)
			fd = accept(door.fd, NULL, NULL);
	close(door.fd);
	if (fd >= 0) {
		play_with(r, &c, fd);
		return;
	}
	r->verdict = DID_NOTHING;
	run_end(r, &c);
}
