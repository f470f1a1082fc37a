/*
 * scene-run: first texts and how a failure is told; then a program in a process of its own, with
 * which the player holds a conversation, or which makes something of its input. Begin at run.
 */
#include "scene.h"

#include "classroom/row-text.h"
#include "transcript/player.h"
#include "wire/peer.h"

#include <err.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#define WORDS	 60
#define PATIENCE 60 /* seconds until a program that hangs is ended */

int smtp_server_main(int argc, char **argv);
int smtp_toy_main(int argc, char **argv);
int pop3_server_main(int argc, char **argv);
int http_server_main(int argc, char **argv);
int mime_encode_main(int argc, char **argv);
int mime_decode_main(int argc, char **argv);
int compare_transcripts_main(int argc, char **argv);
int replay_main(int argc, char **argv);

static const struct program {
	const char *name;
	int (*main)(int argc, char **argv);
	bool listens; /* it has no conversation but over TCP, and is ended after one */
} programs[] = {
	{"smtp-server", smtp_server_main, false},
	{"smtp-toy", smtp_toy_main, true},
	{"pop3-server", pop3_server_main, false},
	{"http-server", http_server_main, false},
	{"mime-encode", mime_encode_main, false},
	{"mime-decode", mime_decode_main, false},
	{"compare-transcripts", compare_transcripts_main, false},
	{"replay", replay_main, false},
};

void open_text(FILE **file, struct text *text)
{
	*file = open_memstream(&text->octets, &text->n);
	if (*file == NULL)
		err(EX_OSERR, "memory");
}

void forget(struct text *text)
{
	free(text->octets);
	*text = (struct text){NULL, 0};
}

struct text take_text(const char **at)
{
	struct text text;
	FILE *to;

	open_text(&to, &text);
	*at += strspn(*at, " \t");
	if (**at == '"') {
		*at = row_read(*at, to);
	} else {
		fwrite(*at, 1, strcspn(*at, " \t"), to);
		*at += strcspn(*at, " \t");
	}
	fclose(to);
	return text;
}

struct text read_file(const char *name)
{
	FILE *file = fopen(name, "rb"), *to;
	struct text text;
	int octet;

	if (file == NULL)
		err(EX_IOERR, "%s", name);
	open_text(&to, &text);
	while ((octet = getc(file)) != EOF)
		putc(octet, to);
	fclose(file);
	fclose(to);
	return text;
}

static void show(const char *what, struct text text)
{
	printf("# %-9s", what);
	row_write(stdout, text.octets, text.n, false);
	putchar('\n');
}

void fail(struct scene *s, const char *line, const struct text *expected,
	const struct text *got)
{
	static const char *const ways[] = {
		"as it is written", "with all that C says first", "in pieces"};

	if (!s->failed)
		printf("# %s:\n", ways[s->way]);
	s->failed = true;
	for (; *line != '\0'; line += strspn(line, "\n")) {
		printf("# %.*s\n", (int)strcspn(line, "\n"), line);
		line += strcspn(line, "\n");
	}
	if (expected != NULL)
		show("expected", *expected);
	if (got != NULL)
		show("got", *got);
}

/* The program, in a process of its own, on these descriptors. */
static pid_t start(const struct scene *s, const struct program **program, int in, int out)
{
	char *words[WORDS + 1] = {NULL};
	const char *at = s->run.octets;
	int count = 0;
	pid_t pid;

	while (*at != '\0' && count < WORDS) {
		words[count] = take_text(&at).octets;
		count++;
	}
	*program = programs;
	while (*program < programs + sizeof programs / sizeof *programs &&
		strcmp((*program)->name, words[0]) != 0)
		(*program)++;
	if (*program == programs + sizeof programs / sizeof *programs)
		errx(EX_DATAERR, "no program: %s", words[0]);
	fflush(stdout);
	pid = fork();
	if (pid < 0)
		err(EX_OSERR, "fork");
	if (pid == 0) {
		alarm(PATIENCE);
		signal(SIGPIPE, SIG_DFL);
		dup2(in, STDIN_FILENO);
		dup2(out, STDOUT_FILENO);
		if (freopen(".errors", "w", stderr) == NULL)
			err(EX_IOERR, ".errors");
		for (int fd = STDERR_FILENO + 1; fd < 20; fd++)
			close(fd);
		exit((*program)->main(count, words));
	}
	for (int i = 0; i < count; i++)
		free(words[i]);
	return pid;
}

/* Where a server listens that was just begun, by what it announces. */
static int call(int announced)
{
	char line[128] = "", *where;
	const char *why = line;
	ssize_t n = read(announced, line, sizeof line - 1);
	int fd = -1;

	line[n > 0 ? n : 0] = '\0';
	line[strcspn(line, "\n")] = '\0';
	where = strrchr(line, ' ');
	if (where != NULL)
		fd = peer_dial(where + 1, -1, &why);
	if (fd < 0)
		errx(EX_UNAVAILABLE, "no server: %s", why);
	return fd;
}

/* What C says comes before what S says. */
static void put_together(const struct text *script, FILE *to)
{
	static const char *const side[] = {"C:", "S:"};

	for (size_t i = 0; i < 2; i++)
		for (const char *at = script->octets; *at != '\0';
			at = strchr(at, '\n') + 1)
			if (strncmp(at, side[i], 2) == 0)
				fwrite(at, 1, strcspn(at, "\n") + 1, to);
}

/* Holds the conversation, with the program in its process. */
static void converse(struct scene *s)
{
	static struct player p;
	const struct program *program;
	FILE *script = fopen(".script", "w");
	struct text said, told;
	int pair[2], fd;
	pid_t pid;

	if (script == NULL || socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
		err(EX_OSERR, "a conversation");
	if (s->way == TOGETHER)
		put_together(&s->script_text, script);
	else
		fwrite(s->script_text.octets, 1, s->script_text.n, script);
	fclose(script);
	p = (struct player){.me = 'C', .peer = 'S', .exact = true, .program = "converse"};
	p.limit = PATIENCE * 1000 / 2;
	p.pieces.size = s->way == PIECES ? s->piece : 0;
	open_text(&p.out, &said);
	open_text(&p.err, &told);
	script_open(&p.script, ".script");
	pid = start(s, &program, pair[1], pair[1]);
	close(pair[1]);
	fd = pair[0];
	if (program->listens) {
		fd = call(pair[0]);
		close(pair[0]);
	}
	if (play(&p, fd) != 0)
		s->status = 1;
	fclose(p.script.file);
	fclose(p.out);
	fclose(p.err);
	if (s->status != 0)
		fail(s, told.octets, NULL, &said);
	if (program->listens)
		kill(pid, SIGTERM);
	waitpid(pid, &s->status, 0);
	s->status =
		WIFEXITED(s->status) ? WEXITSTATUS(s->status) : 128 + WTERMSIG(s->status);
	if (program->listens && s->status == 128 + SIGTERM)
		s->status = 0;
	forget(&said);
	forget(&told);
}

/* Lets the program make of its input what it makes of it. */
static void filter(struct scene *s)
{
	FILE *in = fopen(".in", "w+"), *out = fopen(".out", "w");
	const struct program *program;
	pid_t pid;

	if (in == NULL || out == NULL)
		err(EX_IOERR, "what goes in and comes out");
	fwrite(s->in_text.octets, 1, s->in_text.n, in);
	fflush(in);
	rewind(in);
	pid = start(s, &program, fileno(in), fileno(out));
	waitpid(pid, &s->status, 0);
	s->status =
		WIFEXITED(s->status) ? WEXITSTATUS(s->status) : 128 + WTERMSIG(s->status);
	fclose(in);
	fclose(out);
	s->out = read_file(".out");
}

/* What nobody expected of the last run. */
void settle(struct scene *s)
{
	struct text status;

	if (s->status != 0) {
		char words[32];

		snprintf(words, sizeof words, "%d", s->status);
		status = (struct text){words, strlen(words)};
		fail(s, "its status", NULL, &status);
	}
	if (s->errors.n > 0)
		fail(s, "on standard error", NULL, &s->errors);
	s->status = 0;
	forget(&s->out);
	forget(&s->errors);
}

void run(struct scene *s)
{
	bool is_script;

	fclose(s->script);
	fclose(s->in);
	is_script = s->script_text.n > 0;
	if (s->is_due) {
		settle(s);
		if (is_script)
			converse(s);
		else
			filter(s);
		s->errors = read_file(".errors");
		s->is_due = false;
		s->has_run = true;
	}
	forget(&s->script_text);
	forget(&s->in_text);
	open_text(&s->script, &s->script_text);
	open_text(&s->in, &s->in_text);
}
