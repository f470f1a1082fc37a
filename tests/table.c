/*
 * table: a function that takes octets and gives octets is tried by rows of a table, in
 * tests/rows: what is called, what goes in, and what has to come out.
 *
 *	== digits are read in either case
 *	qp -d	"Cr=C3=AApes\n"	"Cr\xc3\xaapes\n"
 *	qp -d	"=c3=aA\n"	"\xc3\xaa\n"
 *
 * Between the three are tabs. Octets are written as in C; "x"*76 is x 76 times, and strings with
 * a blank between them are one. The sentence holds where each row under it does. What takes
 * pieces gets each row whole, cut in two wherever that is possible, and in pieces of each size of
 * sizes, in memory of exactly the size that its header promises: classroom/row-memory sees the
 * first octet too many. Begin at main; what can be called is in table-calls.c.
 *
 *	$ table tests/rows/qp		prints TAP; of each row that failed, what came out
 */
#include "table.h"

#include "classroom/row-memory.h"
#include "classroom/row-text.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* Makes the call, and holds what came out against what should. */
static bool holds(const struct call *c, struct row *r, const char *line,
	const char *expected, size_t n_expected)
{
	char *got = NULL;
	size_t n_got = 0;
	bool alike;

	r->out = open_memstream(&got, &n_got);
	if (r->out == NULL)
		err(EX_OSERR, "memory");
	c->call(r);
	fclose(r->out);
	row_give_back();
	alike = n_got == n_expected && memcmp(got, expected, n_got) == 0;
	if (!alike) {
		printf("#   %.*s\n# in pieces of %zu, then %zu\n# got\t", 2000, line,
			r->first, r->piece);
		row_write(stdout, got, n_got, false);
		putchar('\n');
	}
	free(got);
	return alike;
}

/* Whole, in two pieces, and in pieces of each size, as far as it is long enough for them. */
static bool holds_cut(const struct call *c, struct row *r, const char *line,
	const char *expected, size_t n_expected)
{
	static const size_t sizes[] = {1, 2, 3, 5, 7, 64, 75, 76, 77, 1000, 4096};
	size_t cuts = c->takes_pieces && r->n <= 120 ? r->n : 0;

	r->first = r->piece = 32768;
	if (!holds(c, r, line, expected, n_expected))
		return false;
	for (r->first = 1; r->first < cuts; r->first++)
		if (!holds(c, r, line, expected, n_expected))
			return false;
	for (size_t i = 0; c->takes_pieces && i < sizeof sizes / sizeof *sizes; i++) {
		r->first = r->piece = sizes[i];
		if (r->n > r->piece && r->n / r->piece < 200 &&
			!holds(c, r, line, expected, n_expected))
			return false;
	}
	return true;
}

/* Reads the strings at at into *octets, which the caller frees, with a NUL after them. */
static const char *octets_at(const char *at, char **octets, size_t *n)
{
	FILE *to = open_memstream(octets, n);

	if (to == NULL)
		err(EX_OSERR, "memory");
	at = row_read(at, to);
	fclose(to);
	return at;
}

/* Whether the row of this line holds. */
static bool row_holds(const char *line)
{
	const struct call *c = calls;
	const char *tab = strchr(line, '\t');
	char *expected, option[32] = "";
	struct row r = {.option = option};
	size_t n, name;
	bool alike;

	while (c->name != NULL && strncmp(c->name, line, strlen(c->name)) != 0)
		c++;
	name = c->name != NULL ? strlen(c->name) : 0;
	if (name == 0 || tab == NULL || (line[name] != '\t' && line[name] != ' '))
		errx(EX_DATAERR, "no row: %s", line);
	if (line[name] == ' ')
		snprintf(option, sizeof option, "%.*s",
			(int)(tab - line - (long)name) - 1, line + name + 1);
	tab = octets_at(tab + strspn(tab, "\t"), (char **)&r.in, &r.n);
	if (*tab != '\t')
		errx(EX_DATAERR, "a row has two tabs: %s", line);
	octets_at(tab + strspn(tab, "\t"), &expected, &n);
	alike = holds_cut(c, &r, line, expected, n);
	free((char *)r.in);
	free(expected);
	return alike;
}

/* Prints TAP; the rows that failed come before the line of their sentence. */
int main(int argc, char **argv)
{
	FILE *in = argc == 2 ? fopen(argv[1], "r") : NULL;
	char *line = NULL, *sentence = NULL;
	bool failed = false;
	int rows = 0, failed_rows = 0; /* of the present sentence */
	size_t size = 0;
	int count = 0;

	if (in == NULL)
		errx(EX_NOINPUT, "usage: table FILE");
	for (ssize_t n = getline(&line, &size, in); sentence != NULL || n > 0;
		n = getline(&line, &size, in)) {
		bool begins = n <= 0 || strncmp(line, "== ", 3) == 0;

		line[strcspn(line, "\n")] = '\0';
		if (begins && sentence != NULL) {
			count++;
			failed = failed || failed_rows > 0 || rows == 0;
			printf("%s %d - %s\n",
				failed_rows > 0 || rows == 0 ? "not ok" : "ok", count,
				sentence);
			free(sentence);
			sentence = NULL;
			failed_rows = rows = 0;
		}
		if (n <= 0)
			break;
		if (begins) {
			sentence = strdup(line + 3);
		} else if (*line != '#' && *line != '\0') {
			rows++;
			failed_rows += !row_holds(line);
		}
	}
	printf("1..%d\n", count);
	free(line);
	fclose(in);
	return failed || count == 0;
}
