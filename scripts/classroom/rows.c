/*
 * rows: what the drivers of rows share. First the arguments of a call, its pieces and its
 * answer, then how it is shown as code; main, at the end, reads a line and answers it.
 *
 *	cc -o rows dots.o build/rows-04.o build/modules.a && ./rows 1 'unstuff(".\r\n")'
 */
#include "classroom/rows.h"
#include "classroom/row-text.h"

#include <err.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define EXAMINER     3 /* the descriptor where calls come and answers go */
#define PIECES_SHOWN 8

static const struct row_argument *argument(const struct row *r, size_t i, int kind)
{
	if (i >= r->count || (int)r->arguments[i].kind != kind)
		errx(EX_DATAERR, "an argument is missing, or of another kind: %s",
			r->function->name);
	return &r->arguments[i];
}

const struct row_argument *row_octets(const struct row *r, size_t i)
{
	return argument(r, i, ROW_OCTETS);
}

uintmax_t row_number(const struct row *r, size_t i)
{
	return argument(r, i, ROW_NUMBER)->number;
}

size_t row_word(const struct row *r, size_t i, const char *const *names)
{
	const char *word = argument(r, i, ROW_WORD)->octets;
	size_t n = 0;

	while (names[n] != NULL && strcmp(names[n], word) != 0)
		n++;
	if (names[n] == NULL)
		errx(EX_DATAERR, "an unknown word: %s", word);
	return n;
}

size_t row_piece(const struct row *r, size_t at)
{
	size_t left = row_octets(r, 0)->length - at;
	size_t piece = at == 0 ? r->first : r->later;

	return left < piece ? left : piece;
}

/* One argument; what follows it. */
static const char *take_argument(const char *at, struct row_argument *a)
{
	FILE *to = open_memstream(&a->octets, &a->length);
	size_t word = strcspn(at, ",) ");
	char *end;

	if (to == NULL)
		err(EX_OSERR, "memory");
	if (*at == '"') {
		a->kind = ROW_OCTETS;
		at = row_read(at, to);
	} else {
		a->number = strtoumax(at, &end, 10);
		a->kind = end == at + word ? ROW_NUMBER : ROW_WORD;
		fwrite(at, 1, word, to);
		at += word;
	}
	fclose(to);
	return at + strspn(at, " ");
}

/* function(argument, argument) */
static void take_call(struct row *r, const char *at)
{
	size_t name = strcspn(at, "(");
	const struct row_function *f = row_functions;

	while (f->name != NULL &&
		(strncmp(f->name, at, name) != 0 || f->name[name] != '\0'))
		f++;
	if (f->name == NULL || at[name] == '\0')
		errx(EX_DATAERR, "an unknown function: %s", at);
	r->function = f;
	at += name + 1;
	while (*at != ')') {
		if (*at == '\0' || r->count == ROW_ARGUMENTS)
			errx(EX_DATAERR, "a call without an end: %s", f->name);
		at = take_argument(at, &r->arguments[r->count]);
		r->count++;
		if (*at == ',')
			at += 1 + strspn(at + 1, " ");
	}
}

/* whole, 3 or 3+ */
static void take_cut(struct row *r, const char *cut)
{
	char *end;

	r->first = SIZE_MAX;
	r->later = SIZE_MAX;
	if (strcmp(cut, "whole") == 0)
		return;
	r->first = strtoul(cut, &end, 10);
	if (r->first == 0 || (*end != '\0' && strcmp(end, "+") != 0))
		errx(EX_DATAERR, "an unknown cut: %s", cut);
	if (*end == '\0')
		r->later = r->first;
}

void row_say_octets(const struct row *r, const void *octets, size_t n)
{
	row_write(r->answer, octets, n, false);
}

void row_say_text(const struct row *r, const char *text, size_t size)
{
	size_t length = strnlen(text, size);

	row_say_octets(r, text, length);
	if (length == size)
		fputs(" without NUL", r->answer);
}

bool row_keep(const struct row *r, const void *octets, size_t n, size_t room)
{
	if (n > room)
		fprintf(r->answer, "%zu octets in room for %zu ", n, room);
	else
		fwrite(octets, 1, n, r->kept);
	return n <= room;
}

void row_say_kept(const struct row *r)
{
	fflush(r->kept);
	row_say_octets(r, r->kept_octets, r->kept_length);
}

static void show_argument(const struct row *r, const struct row_argument *a)
{
	if (a->kind == ROW_OCTETS)
		row_write(r->answer, a->octets, a->length, true);
	else
		fputs(a->octets, r->answer);
}

/*
 * What a mark is, after its $, with the piece at octet at. Returns what follows the mark.
 */
static const char *show_mark(const struct row *r, const char *mark, size_t at)
{
	const char *octets = r->arguments[0].octets;
	size_t i = (size_t)(mark[0] - '1');

	if (mark[0] == 'n') {
		fprintf(r->answer, "%zu", row_piece(r, at));
		return mark + 1;
	}
	if (mark[0] == 'p') {
		row_write(r->answer, octets + at, row_piece(r, at), true);
		return mark + 1;
	}
	if (i < r->count)
		show_argument(r, &r->arguments[i]);
	if (mark[1] != '+')
		return mark + 1;
	for (i++; i < r->count; i++) {
		fputs(", ", r->answer);
		show_argument(r, &r->arguments[i]);
	}
	return mark + 2;
}

/* One line of code, up to its line end. */
static void show_line(const struct row *r, const char *line, size_t at)
{
	while (*line != '\n' && *line != '\0') {
		if (*line == '$') {
			line = show_mark(r, line + 1, at);
		} else {
			putc(*line, r->answer);
			line++;
		}
	}
	putc('\n', r->answer);
}

/* A line for each piece; a student pastes no hundreds of them. */
static void show_pieces(const struct row *r, const char *line)
{
	size_t length = row_octets(r, 0)->length, at = 0;

	for (size_t i = 0; at < length && i < PIECES_SHOWN; i++) {
		show_line(r, line, at);
		at += row_piece(r, at);
	}
	if (at < length)
		fputs("/* and so on */\n", r->answer);
}

static void show(const struct row *r)
{
	for (const char *line = r->function->code; *line != '\0';) {
		if (*line == '*')
			show_pieces(r, line + 1);
		else
			show_line(r, line, 0);
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
}

/* The code as one line. */
static void send_code(const char *code, size_t n, FILE *to)
{
	for (size_t i = 0; i < n; i++) {
		if (code[i] == '\n')
			fputs("\\n", to);
		else if (code[i] == '\\')
			fputs("\\\\", to);
		else
			putc(code[i], to);
	}
}

/* CUT, CALL, or show, CUT, CALL. */
static void answer(char *line, FILE *to)
{
	bool is_shown = strncmp(line, "show\t", 5) == 0;
	char *cut = line + (is_shown ? 5 : 0), *tab = strchr(cut, '\t');
	struct row r = {.count = 0};
	char *said = NULL;
	size_t n;

	line[strcspn(line, "\n")] = '\0';
	if (tab == NULL)
		errx(EX_DATAERR, "no call: %s", line);
	*tab = '\0';
	take_call(&r, tab + 1);
	take_cut(&r, cut);
	r.answer = open_memstream(&said, &n);
	r.kept = open_memstream(&r.kept_octets, &r.kept_length);
	if (r.answer == NULL || r.kept == NULL)
		err(EX_OSERR, "memory");
	if (is_shown)
		show(&r);
	else
		r.function->call(&r);
	fclose(r.answer);
	fclose(r.kept);
	if (is_shown)
		send_code(said, n, to);
	else
		fwrite(said, 1, n, to);
	putc('\n', to);
	fflush(to);
	free(said);
	free(r.kept_octets);
	for (size_t i = 0; i < r.count; i++)
		free(r.arguments[i].octets);
	row_give_back();
}

/* By hand, as in a debugger: a call, or a cut and a call. */
static void answer_words(int argc, char **argv)
{
	const char *cut = argc > 2 ? argv[1] : "whole", *call = argv[argc - 1];
	size_t size = strlen(cut) + strlen(call) + 2;
	char *line = malloc(size);

	if (line == NULL)
		err(EX_OSERR, "memory");
	snprintf(line, size, "%s\t%s", cut, call);
	answer(line, stdout);
	free(line);
}

int main(int argc, char **argv)
{
	FILE *from, *to;
	char *line = NULL;
	size_t size = 0;

	if (argc > 1) {
		answer_words(argc, argv);
		return EX_OK;
	}
	from = fdopen(EXAMINER, "r");
	to = fdopen(dup(EXAMINER), "w");
	if (from == NULL || to == NULL)
		err(EX_USAGE, "descriptor %d", EXAMINER);
	signal(SIGPIPE, SIG_IGN);
	while (getline(&line, &size, from) > 0)
		answer(line, to);
	free(line);
	fclose(to);
	fclose(from);
	return EX_OK;
}
