/*
 * mutate: spoils a text, the same way each time for the same seed.
 *
 *	$ mutate 7 <transcript >spoilt		a few changes
 *	$ mutate 7 20 <transcript >spoilt	20 of them
 *	$ mutate -n 40 spoilt 7 <transcript	the seeds 7 to 46, in spoilt.7 to spoilt.46
 *
 * What it spoils is what a peer could say wrong: octets are changed, left out or
 * put in (those that protocols trip over first of all), lines said twice or in the
 * wrong order, the end is missing, a long piece comes again and again.
 */
#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define TEXT_LIMIT (1 << 22) /* octets, before and after */
#define SOME	   8	     /* changes at most where nobody says how many */

struct text {
	size_t n;
	uint64_t random; /* the state of the generator */
	char *octets;	 /* room for TEXT_LIMIT */
};

/* A number from 0 to below bound; 0 for none. By SplitMix64, alike everywhere. */
static size_t random_below(struct text *t, size_t bound)
{
	uint64_t z = t->random += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	z ^= z >> 31;
	return bound > 0 ? (size_t)(z % bound) : 0;
}

/* Makes room for n octets at at, or leaves the text as it is: NULL if it is full. */
static char *open_gap(struct text *t, size_t at, size_t n)
{
	if (n > TEXT_LIMIT - t->n)
		return NULL;
	memmove(t->octets + at + n, t->octets + at, t->n - at);
	t->n += n;
	return t->octets + at;
}

/* A line picked at random: where it begins; *n octets with its end. */
static size_t pick_line(struct text *t, size_t *n)
{
	size_t at = random_below(t, t->n), end = at;

	while (at > 0 && t->octets[at - 1] != '\n')
		at--;
	while (end < t->n && t->octets[end] != '\n')
		end++;
	*n = end + (end < t->n) - at;
	return at;
}

static void flip_bit(struct text *t)
{
	size_t at = random_below(t, t->n);

	if (t->n > 0)
		t->octets[at] = (char)(t->octets[at] ^ (1 << random_below(t, 8)));
}

static void leave_out(struct text *t)
{
	size_t at = random_below(t, t->n), most = t->n - at;
	size_t n = random_below(t, most < 8 ? most : 8) + (most > 0);

	memmove(t->octets + at, t->octets + at + n, t->n - at - n);
	t->n -= n;
}

static void put_in(struct text *t)
{
	static const struct {
		const char *octets;
		size_t n;
	} pieces[] = {{"\r", 1}, {"\n", 1}, {"\r\n", 2}, {".", 1}, {"\0", 1}, {"\xff", 1},
		{":", 1}, {"<", 1}, {">", 1}, {"\r\n.\r\n", 5}, {"\n.\n", 3},
		{"\r.\r", 3}, {"@", 1}, {"\"", 1}, {"\\", 1}, {"{", 1}, {"}", 1},
		{"=", 1}, {"=?", 2}, {"?=", 2}, {"--", 2}, {";", 1}, {" ", 1}, {"\t", 1},
		{"\x7f", 1}, {"\x80", 1}, {"\xc3", 1}, {"\xe4\xbd\xa0", 3}, {"(", 1},
		{")", 1}, {"[", 1}, {"]", 1}, {"/", 1}, {"%s%n", 4},
		{"99999999999999999999", 20}, {"-1", 2}};
	size_t i = random_below(t, sizeof pieces / sizeof *pieces);
	char *gap = open_gap(t, random_below(t, t->n + 1), pieces[i].n);

	if (gap != NULL)
		memcpy(gap, pieces[i].octets, pieces[i].n);
}

static void repeat_line(struct text *t)
{
	size_t n, at = pick_line(t, &n);
	char *gap = open_gap(t, at + n, n);

	if (gap != NULL)
		memcpy(gap, t->octets + at, n);
}

/* Two neighbours change places. */
static void swap_lines(struct text *t)
{
	size_t n, at = pick_line(t, &n), m = 0;
	char *gap;

	while (at + n + m < t->n && (m == 0 || t->octets[at + n + m - 1] != '\n'))
		m++;
	gap = open_gap(t, at, m);
	if (gap == NULL)
		return;
	memcpy(gap, gap + m + n, m);
	memmove(gap + m + n, gap + m + n + m, t->n - at - m - n - m);
	t->n -= m;
}

static void cut_off(struct text *t)
{
	t->n -= random_below(t, t->n / 2 + 1);
}

/* A piece comes again and again, so that what was short is long. */
static void repeat_piece(struct text *t)
{
	size_t at = random_below(t, t->n), most = t->n - at;
	size_t n = random_below(t, most < 512 ? most : 512) + (most > 0);

	for (size_t times = random_below(t, 64); times > 0; times--) {
		char *gap = open_gap(t, at + n, n);

		if (gap != NULL)
			memcpy(gap, t->octets + at, n);
	}
}

static void mutate(struct text *t, size_t changes)
{
	static void (*const ways[])(struct text *) = {flip_bit, flip_bit, leave_out,
		leave_out, put_in, put_in, put_in, put_in, repeat_line, swap_lines,
		cut_off, repeat_piece};

	while (changes-- > 0)
		ways[random_below(t, sizeof ways / sizeof *ways)](t);
}

/* A whole number without a sign. */
static uintmax_t number(const char *text)
{
	char *end;
	uintmax_t n;

	errno = 0;
	n = strtoumax(text, &end, 10);
	if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0)
		errx(EX_USAGE, "%s: not a number", text);
	return n;
}

/* The text as this seed spoils it, to a file. changes: NULL for a few. */
static void spoil(const struct text *text, uintmax_t seed, const char *changes, FILE *to)
{
	struct text t = {text->n, seed, malloc(TEXT_LIMIT)};

	if (t.octets == NULL)
		err(EX_OSERR, "memory");
	memcpy(t.octets, text->octets, t.n);
	mutate(&t,
		changes != NULL ? (size_t)number(changes) : 1 + random_below(&t, SOME));
	if (fwrite(t.octets, 1, t.n, to) < t.n || fflush(to) != 0)
		err(EX_IOERR, "the spoilt text");
	free(t.octets);
}

/* As so many seeds spoil it, from this one on, each in a file name.SEED. */
static void spoil_each(const struct text *text, uintmax_t seed, uintmax_t last,
	const char *name, const char *changes)
{
	char path[FILENAME_MAX];
	FILE *to;

	for (; seed < last; seed++) {
		snprintf(path, sizeof path, "%s.%" PRIuMAX, name, seed);
		to = fopen(path, "wb");
		if (to == NULL)
			err(EX_CANTCREAT, "%s", path);
		spoil(text, seed, changes, to);
		fclose(to);
	}
}

int main(int argc, char **argv)
{
	bool many = argc > 1 && strcmp(argv[1], "-n") == 0;
	struct text text = {0};
	uintmax_t seed, times = 1;
	const char *name = NULL;

	if (many && argc > 4) {
		times = number(argv[2]);
		name = argv[3];
		argv += 3;
		argc -= 3;
	}
	if ((many && name == NULL) || (argc != 2 && argc != 3)) {
		fputs("usage: mutate [-n TIMES FILE] SEED [CHANGES] <TEXT\n", stderr);
		return EX_USAGE;
	}
	seed = number(argv[1]);
	text.octets = malloc(TEXT_LIMIT);
	if (text.octets == NULL)
		err(EX_OSERR, "memory");
	text.n = fread(text.octets, 1, TEXT_LIMIT, stdin);
	if (ferror(stdin))
		err(EX_IOERR, "standard input");
	if (name == NULL)
		spoil(&text, seed, argc == 3 ? argv[2] : NULL, stdout);
	else
		spoil_each(&text, seed, seed + times, name, argc == 3 ? argv[2] : NULL);
	free(text.octets);
	return EX_OK;
}
