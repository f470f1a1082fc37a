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
 * A sentence holds if everything under it does. Each begins in a folder of its own, with
 * the lines before the first sentence. A conversation is a transcript (transcript(5)), held by
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
 *
 * It leaves a folder for each: run it in an empty one.
 */
#include "scene.h"

#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <sys/stat.h>
#include <unistd.h>

/* given: makes a file or a folder, and those that it is in. */
static void give(struct scene *s, const char *word, const char *line, const char *at)
{
	struct text name = take_text(&at), octets = take_text(&at);
	FILE *file;

	(void)s;
	for (char *slash = strchr(name.octets, '/'); slash != NULL;
		slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(name.octets, 0700) != 0 && errno != EEXIST)
			err(EX_IOERR, "%s", name.octets);
		*slash = '/';
	}
	if (name.octets[name.n - 1] != '/') {
		file = fopen(name.octets, "wb");
		if (file == NULL ||
			fwrite(octets.octets, 1, octets.n, file) != octets.n ||
			fclose(file) != 0)
			err(EX_IOERR, "%s: %s", word, line);
	}
	forget(&name);
	forget(&octets);
}

static void take_command(
	struct scene *s, const char *word, const char *line, const char *at)
{
	(void)word;
	(void)line;
	free(s->run.octets);
	s->run = (struct text){strdup(at), strlen(at)};
}

static void take_pieces(
	struct scene *s, const char *word, const char *line, const char *at)
{
	char *end;

	(void)word;
	(void)line;
	for (size_t i = 0; i < PIECES_MOST; i++) {
		s->sizes[i] = strtoul(at, &end, 10);
		at = end;
	}
}

/* The words, but for in: each is obeyed after the lines before it were run. */
static const struct {
	const char *word;
	void (*obey)(struct scene *s, const char *word, const char *line, const char *at);
} words[] = {
	{"run", take_command},
	{"pieces", take_pieces},
	{"given", give},
	{"out", check},
	{"prints", check},
	{"silent", check},
	{"codes", check},
	{"tells", check},
	{"ends", check},
	{"left", look_at_all},
	{"names", look_at_all},
	{"has", look_for},
	{"lacks", look_for},
	{NULL, NULL},
};

/* A line of the file. */
static void obey(struct scene *s, const char *line)
{
	size_t n = strcspn(line, " "), i = 0;
	const char *at = line + n + (line[n] == ' ');

	if (strncmp(line, "C:", 2) == 0 || strncmp(line, "S:", 2) == 0 ||
		line[0] == '!') {
		s->has_conversation = true;
		if (line[0] == '!' && strcmp(line, "!S closes") != 0)
			s->has_event = true;
		fprintf(s->script, "%s\n", line);
		s->is_due = true;
		return;
	}
	if (n == 2 && strncmp(line, "in", n) == 0) {
		struct text octets = take_text(&at);

		fwrite(octets.octets, 1, octets.n, s->in);
		s->is_due = true;
		forget(&octets);
		return;
	}
	run(s);
	if (n == 0 || line[0] == '#')
		return;
	while (words[i].word != NULL &&
		(strncmp(words[i].word, line, n) != 0 || words[i].word[n] != '\0'))
		i++;
	if (words[i].word == NULL)
		errx(EX_DATAERR, "an unknown word: %s", line);
	words[i].obey(s, words[i].word, line, at);
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
	if (!s->has_run)
		fail(s, "nothing is run", NULL, NULL);
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
