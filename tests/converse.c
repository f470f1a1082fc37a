/*
 * converse: programs are tried by conversations, and by what they make of their input; what is
 * said, and what is there afterwards, is in tests/conversations, a file for each program:
 *
 *	run smtp-server -n hamburger.edu mail
 *	given mail/bob/
 *	== DATA needs a recipient
 *	S:220 {any}
 *	C:DATA
 *	S:503 {any}
 *	left mail/bob/new
 *
 * A sentence holds where all does that stands under it. Each begins in a folder of its own, with
 * what stands before the first sentence. A conversation is a transcript (transcript(5)), held by
 * the player with the program's main, in a process of its own. It is held as it is written, and
 * once more with all that C says before what S answers, unless there is an event in it; an empty
 * line ends it. Octets are written as in C, "x"*76 is x 76 times. Begin at obey, which has all
 * the words:
 *
 *	run PROGRAM WORD...	what is run: a word, or octets
 *	pieces N...		what is said comes in pieces of so many octets, too
 *	given FILE OCTETS	there is this file; FOLDER/ that folder
 *	in OCTETS		what a program reads that is no server; several lines are one
 *	out OCTETS		what it prints
 *	prints OCTETS		what is somewhere in that; silent: what is nowhere in it
 *	codes N...		the codes of the replies in that, in their order
 *	tells OCTETS		what is somewhere in what it says on standard error, else nothing
 *	ends N			its status, else 0
 *	left FOLDER <tab> OCTETS <tab> OCTETS	all the files in a folder, in any order, without the
 *				trace of a mail host; of a Maildir tmp is empty
 *	names FOLDER NAME...	the names in a folder
 *	has FOLDER OCTETS	one of the files there has this in it; lacks: none has
 *
 *	$ converse tests/conversations/smtp-server	prints TAP; of what failed, what was got
 */
#include "classroom/row-text.h"
#include "transcript/player.h"
#include "wire/peer.h"

#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#define WORDS	 60
#define FILES	 100
#define PATIENCE 60 /* seconds until a program that hangs is ended */

int smtp_server_main(int argc, char **argv);
int smtp_toy_main(int argc, char **argv);
int pop3_server_main(int argc, char **argv);
int http_server_main(int argc, char **argv);
int mime_encode_main(int argc, char **argv);
int mime_decode_main(int argc, char **argv);
int compare_transcripts_main(int argc, char **argv);

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
};

/* How a conversation is held. */
enum { AS_WRITTEN, TOGETHER, PIECES };

/* Octets, and a NUL after them. */
struct text {
	char *octets;
	size_t n;
};

/* A sentence that is tried, in one way. */
struct scene {
	int way;
	size_t piece;	  /* of PIECES */
	size_t sizes[8];  /* what pieces asks for; 0 ends it */
	bool has_conversation, has_event; /* without an event it is held together, too */
	struct text run;  /* the command line, as it is written */
	FILE *script, *in; /* what is held or read next */
	struct text script_text, in_text;
	bool is_due; /* there is something to be run */
	struct text out, errors; /* of what was run last, as long as nobody looked at it */
	int status;
	bool failed;
};

static void open_text(FILE **file, struct text *text)
{
	*file = open_memstream(&text->octets, &text->n);
	if (*file == NULL)
		err(EX_OSERR, "memory");
}

static void forget(struct text *text)
{
	free(text->octets);
	*text = (struct text){NULL, 0};
}

/* Reads the octets at *at, or where none are written a word, and moves past. */
static struct text take_text(const char **at)
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

static struct text read_file(const char *name)
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

/* The sentence does not hold, and why; expected and got may be NULL. */
static void fail(struct scene *s, const char *line, const struct text *expected,
	const struct text *got)
{
	static const char *const ways[] = {"as it is written", "with all that C says first",
		"in pieces"};

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
		fd = peer_dial(where + 1, &why);
	if (fd < 0)
		errx(EX_UNAVAILABLE, "no server: %s", why);
	return fd;
}

/* What C says comes before what S says. */
static void put_together(const struct text *script, FILE *to)
{
	static const char *const side[] = {"C:", "S:"};

	for (size_t i = 0; i < 2; i++)
		for (const char *at = script->octets; *at != '\0'; at = strchr(at, '\n') + 1)
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
	s->status = WIFEXITED(s->status) ? WEXITSTATUS(s->status) : 128 + WTERMSIG(s->status);
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
	s->status = WIFEXITED(s->status) ? WEXITSTATUS(s->status) : 128 + WTERMSIG(s->status);
	fclose(in);
	fclose(out);
	s->out = read_file(".out");
}

/* What nobody expected of the last run. */
static void settle(struct scene *s)
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

/* Runs what is due, and reads what it left. */
static void run(struct scene *s)
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
	}
	forget(&s->script_text);
	forget(&s->in_text);
	open_text(&s->script, &s->script_text);
	open_text(&s->in, &s->in_text);
}

/* The text without the lines that a mail host put before it. */
static struct text without_trace(struct text text)
{
	const char *by = strstr(text.octets, "\n\tby "), *at;

	if (strncmp(text.octets, "Return-Path:", 12) != 0 || by == NULL)
		return text;
	at = strchr(by + 1, '\n') + 1;
	if (strncmp(at, "\tfor ", 5) == 0)
		at = strchr(at, '\n') + 1;
	text.n -= (size_t)(at - text.octets);
	memmove(text.octets, at, text.n + 1);
	return text;
}

static int is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static bool is_in(struct text part, struct text text)
{
	for (size_t at = 0; at + part.n <= text.n; at++)
		if (memcmp(text.octets + at, part.octets, part.n) == 0)
			return true;
	return false;
}

/* Each file of a folder, or its name alone. Returns how many. */
static size_t read_folder(const char *folder, bool names_only, struct text *of, size_t room)
{
	struct dirent **names;
	char path[PATH_MAX];
	int n = scandir(folder, &names, is_shown, alphasort);
	size_t count = 0;

	for (int i = 0; i < n; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
		if (count < room && names_only)
			of[count++] = (struct text){strdup(names[i]->d_name),
				strlen(names[i]->d_name)};
		else if (count < room)
			of[count++] = read_file(path);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
	return count;
}

static int by_octets(const void *a, const void *b)
{
	const struct text *one = a, *other = b;
	int order = memcmp(one->octets, other->octets,
		one->n < other->n ? one->n : other->n);

	return order != 0 ? order : (one->n > other->n) - (one->n < other->n);
}

/* left and names: all that is in a folder; of a Maildir tmp has to be empty. */
static void look_at_all(struct scene *s, const char *word, const char *line, const char *at)
{
	struct text folder = take_text(&at), wanted[FILES], got[FILES], none = {NULL, 0};
	bool is_left = strcmp(word, "left") == 0;
	size_t n = read_folder(folder.octets, !is_left, got, FILES), count = 0;
	char *new = strstr(folder.octets, "/new");

	for (; at[strspn(at, " \t")] != '\0' && count < FILES; count++)
		wanted[count] = take_text(&at);
	for (size_t i = 0; i < n && is_left; i++)
		got[i] = without_trace(got[i]);
	qsort(got, n, sizeof *got, by_octets);
	qsort(wanted, count, sizeof *wanted, by_octets);
	for (size_t i = 0; i < n || i < count; i++) {
		const struct text *one = i < count ? &wanted[i] : &none;
		const struct text *other = i < n ? &got[i] : &none;

		if (one == &none || other == &none || by_octets(one, other) != 0)
			fail(s, line, one, other);
	}
	for (size_t i = 0; i < n; i++)
		forget(&got[i]);
	for (size_t i = 0; i < count; i++)
		forget(&wanted[i]);
	if (new != NULL && is_left) {
		memcpy(new, "/tmp", 4);
		if (read_folder(folder.octets, true, got, 1) > 0)
			fail(s, "something is left in tmp", NULL, &got[0]);
	}
	forget(&folder);
}

/* has and lacks: whether one of the files in a folder has this in it. */
static void look_for(struct scene *s, const char *word, const char *line, const char *at)
{
	struct text folder = take_text(&at), part = take_text(&at), got[FILES];
	size_t n = read_folder(folder.octets, false, got, FILES);
	bool found = false;

	for (size_t i = 0; i < n; i++)
		found = found || is_in(part, got[i]);
	if (found != (strcmp(word, "has") == 0))
		fail(s, line, NULL, n > 0 ? &got[0] : NULL);
	for (size_t i = 0; i < n; i++)
		forget(&got[i]);
	forget(&part);
	forget(&folder);
}

/* Makes a file or a folder, and those that it is in. */
static void give(const char *at)
{
	struct text name = take_text(&at), octets = take_text(&at);
	FILE *file;

	for (char *slash = strchr(name.octets, '/'); slash != NULL;
		slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(name.octets, 0700) != 0 && errno != EEXIST)
			err(EX_IOERR, "%s", name.octets);
		*slash = '/';
	}
	if (name.octets[name.n - 1] != '/') {
		file = fopen(name.octets, "wb");
		if (file == NULL || fwrite(octets.octets, 1, octets.n, file) != octets.n ||
			fclose(file) != 0)
			err(EX_IOERR, "%s", name.octets);
	}
	forget(&name);
	forget(&octets);
}

/* The codes of the replies, a blank before each: of HTTP, or else of SMTP. */
static struct text codes_in(const struct text *said)
{
	bool is_http = said->n > 5 && memcmp(said->octets, "HTTP/", 5) == 0;
	struct text codes;
	FILE *to;

	open_text(&to, &codes);
	for (const char *at = said->octets; said->n > 0 && *at != '\0'; at += *at == '\n') {
		if (is_http && strncmp(at, "HTTP/1.1 ", 9) == 0)
			fprintf(to, " %.3s", at + 9);
		else if (!is_http && strspn(at, "0123456789") == 3 && at[3] == ' ')
			fprintf(to, " %.3s", at);
		at += strcspn(at, "\n");
	}
	fclose(to);
	return codes;
}

/* What of the last run is in hand, expected and got. */
static void check(struct scene *s, const char *word, const char *line, const char *at)
{
	struct text expected, *got = &s->out, codes;
	char status[32];
	bool holds;

	if (strcmp(word, "codes") == 0) {
		codes = codes_in(got);
		if (strcmp(at, codes.octets) != 0)
			fail(s, line, NULL, &codes);
		forget(&codes);
		return;
	}
	expected = take_text(&at);
	if (strcmp(word, "ends") == 0) {
		snprintf(status, sizeof status, "%d", s->status);
		if (strcmp(expected.octets, status) != 0)
			fail(s, line, NULL, &(struct text){status, strlen(status)});
		s->status = 0;
	} else {
		if (strcmp(word, "tells") == 0)
			got = &s->errors;
		holds = strcmp(word, "out") == 0 ? by_octets(&expected, got) == 0
						 : is_in(expected, *got);
		if (holds == (strcmp(word, "silent") == 0))
			fail(s, line, &expected, got);
		if (got == &s->errors)
			forget(got);
	}
	forget(&expected);
}

static void take_pieces(struct scene *s, const char *at)
{
	char *end;

	for (size_t i = 0; i < 7; i++) {
		s->sizes[i] = strtoul(at, &end, 10);
		s->sizes[i + 1] = 0;
		at = end;
	}
}

/* A line of the file. */
static void obey(struct scene *s, const char *line)
{
	char word[16] = "";
	const char *at = line + strcspn(line, " ");

	snprintf(word, sizeof word, "%.*s", (int)(at - line), line);
	if (strchr("CS!", line[0]) != NULL && line[0] != '\0') {
		s->has_conversation = true;
		s->has_event = s->has_event || (line[0] == '!' && strcmp(line, "!S closes") != 0);
		fprintf(s->script, "%s\n", line);
		s->is_due = true;
		return;
	}
	if (strcmp(word, "in") == 0) {
		struct text octets = take_text(&at);

		fwrite(octets.octets, 1, octets.n, s->in);
		s->is_due = true;
		forget(&octets);
		return;
	}
	run(s);
	if (line[0] == '\0' || line[0] == '#')
		return;
	if (strcmp(word, "run") == 0) {
		free(s->run.octets);
		s->run = (struct text){strdup(at + 1), strlen(at + 1)};
	} else if (strcmp(word, "given") == 0) {
		give(at);
	} else if (strcmp(word, "pieces") == 0) {
		take_pieces(s, at);
	} else if (strcmp(word, "left") == 0 || strcmp(word, "names") == 0) {
		look_at_all(s, word, line, at);
	} else if (strcmp(word, "has") == 0 || strcmp(word, "lacks") == 0) {
		look_for(s, word, line, at);
	} else if (strstr(" out prints silent codes tells ends ", word) != NULL) {
		check(s, word, line, at);
	} else {
		errx(EX_DATAERR, "an unknown word: %s", line);
	}
}

/* Tries the sentence of these lines in one way, in a new folder. Returns whether it holds. */
static bool try(struct scene *s, char **preamble, char **lines, int number)
{
	static int folders;
	char folder[32];

	folders++;
	snprintf(folder, sizeof folder, "%d.%d", number, folders);
	if (mkdir(folder, 0700) != 0 || chdir(folder) != 0)
		err(EX_IOERR, "%s", folder);
	open_text(&s->script, &s->script_text);
	open_text(&s->in, &s->in_text);
	for (; *preamble != NULL && strncmp(*preamble, "== ", 3) != 0; preamble++)
		obey(s, *preamble);
	for (; *lines != NULL && strncmp(*lines, "== ", 3) != 0; lines++)
		obey(s, *lines);
	run(s);
	settle(s);
	fclose(s->script);
	fclose(s->in);
	forget(&s->script_text);
	forget(&s->in_text);
	forget(&s->run);
	if (chdir("..") != 0)
		err(EX_IOERR, "..");
	return !s->failed;
}

/* The same in each way. */
static bool holds(char **preamble, char **lines, int number)
{
	struct scene s = {.way = AS_WRITTEN}, other;

	if (!try(&s, preamble, lines, number))
		return false;
	other = (struct scene){.way = TOGETHER};
	if (s.has_conversation && !s.has_event && !try(&other, preamble, lines, number))
		return false;
	for (size_t i = 0; s.sizes[i] > 0; i++) {
		other = (struct scene){.way = PIECES, .piece = s.sizes[i]};
		if (!try(&other, preamble, lines, number))
			return false;
	}
	return true;
}

/* Prints TAP; what did not hold comes before the line of its sentence. */
int main(int argc, char **argv)
{
	struct text file;
	char **lines;
	size_t n = 0;
	int count = 0;
	bool failed = false;

	if (argc != 2)
		errx(EX_USAGE, "usage: converse FILE");
	signal(SIGPIPE, SIG_IGN);
	file = read_file(argv[1]);
	lines = calloc(file.n + 1, sizeof *lines);
	if (lines == NULL)
		err(EX_OSERR, "memory");
	for (char *at = file.octets; *at != '\0';) {
		lines[n] = at;
		n++;
		at += strcspn(at, "\n");
		if (*at == '\n')
			*at++ = '\0';
	}
	for (size_t i = 0; i < n; i++) {
		bool good;

		if (strncmp(lines[i], "== ", 3) != 0)
			continue;
		count++;
		good = holds(lines, lines + i + 1, count);
		failed = failed || !good;
		printf("%s %d - %s\n", good ? "ok" : "not ok", count, lines[i] + 3);
	}
	printf("1..%d\n", count);
	free(lines);
	free(file.octets);
	return failed || count == 0;
}
