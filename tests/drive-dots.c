/*
 * drive-dots: the functions of dots as filters, fed in pieces of N octets, 0 for
 * all at once, and once more for each further N, which has to give the same.
 *
 *	$ printf 'ketchup?\r\n.\r\nQUIT\r\n' | drive-dots unstuff 0 1 2 3
 *
 * Every piece comes in and goes out in memory of exactly the size that dots.h
 * names, so that -fsanitize=address sees the first octet too many.
 */
#include "smtp/dots.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static char *room_for(size_t n)
{
	char *room = malloc(n);

	if (room == NULL)
		err(EX_OSERR, "memory");
	return room;
}

/* All of standard input; *n octets. */
static char *whole_input(size_t *n)
{
	size_t size = 65536;
	char *all = room_for(size);

	*n = 0;
	while (!feof(stdin) && !ferror(stdin)) {
		if (*n == size) {
			char *more = realloc(all, size *= 2);

			if (more == NULL)
				err(EX_OSERR, "memory");
			all = more;
		}
		*n += fread(all + *n, 1, size - *n, stdin);
	}
	return all;
}

/* A copy of a piece, with nothing behind it that could be read by mistake. */
static char *piece_of(const char *in, size_t n)
{
	return memcpy(room_for(n), in, n);
}

/* The message, and behind it a line that says how it ended. */
static void drive_unstuff(const char *in, size_t n, size_t size, FILE *to)
{
	struct unstuff u = {SEEN_CRLF, 0};
	size_t at = 0;

	while (at < n && u.seen != SEEN_END) {
		size_t fits = n - at < size ? n - at : size, made, took;
		char *piece = piece_of(in + at, fits), *out = room_for(fits + 1);

		took = unstuff(&u, piece, fits, out, &made);
		if (took < fits && u.seen != SEEN_END)
			errx(EX_SOFTWARE, "took %zu of %zu", took, fits);
		fwrite(out, 1, made, to);
		at += took;
		free(piece);
		free(out);
	}
	fprintf(to, "%s, %zu left%s%s%s\n", u.seen == SEEN_END ? "end" : "no end", n - at,
		u.faults & FAULT_BARE_CR ? ", bare CR" : "",
		u.faults & FAULT_BARE_LF ? ", bare LF" : "",
		u.faults & FAULT_NUL ? ", NUL" : "");
}

/* What goes over the wire, with its end. */
static void drive_stuffing(
	struct stuff s, const char *in, size_t n, size_t size, FILE *to)
{
	char *end = room_for(5);

	for (size_t at = 0, fits; at < n; at += fits) {
		char *piece, *out;

		fits = n - at < size ? n - at : size;
		piece = piece_of(in + at, fits);
		out = room_for(2 * fits);
		fwrite(out, 1, stuff(&s, piece, fits, out), to);
		free(piece);
		free(out);
	}
	fwrite(end, 1, stuff_end(&s, end), to);
	free(end);
}

static void drive_stuff(const char *in, size_t n, size_t size, FILE *to)
{
	drive_stuffing((struct stuff){LINE_BEGINS, false}, in, n, size, to);
}

static void drive_stuff_stored(const char *in, size_t n, size_t size, FILE *to)
{
	drive_stuffing((struct stuff){LINE_BEGINS, true}, in, n, size, to);
}

/* The same octets in pieces of each size; what the first gave is printed. */
static int drive(void (*function)(const char *, size_t, size_t, FILE *), char **sizes)
{
	size_t n, n_first = 0, n_made;
	char *in = whole_input(&n), *first = NULL, *made;
	int status = EX_OK;

	for (char **size = sizes; *size != NULL; size++) {
		size_t piece = strtoul(*size, NULL, 10);
		FILE *to = open_memstream(&made, &n_made);

		if (to == NULL)
			err(EX_OSERR, "memory");
		function(in, n, piece > 0 ? piece : n, to);
		fclose(to);
		if (first == NULL) {
			first = made;
			n_first = n_made;
			continue;
		}
		if (n_made != n_first || memcmp(made, first, n_made) != 0) {
			warnx("not the same in pieces of %s", *size);
			status = EX_SOFTWARE;
		}
		free(made);
	}
	fwrite(first, 1, n_first, stdout);
	free(first);
	free(in);
	return fflush(stdout) == 0 ? status : EX_IOERR;
}

int main(int argc, char **argv)
{
	if (argc > 2 && strcmp(argv[1], "stuff") == 0)
		return drive(drive_stuff, argv + 2);
	if (argc > 2 && strcmp(argv[1], "stuff-stored") == 0)
		return drive(drive_stuff_stored, argv + 2);
	if (argc > 2 && strcmp(argv[1], "unstuff") == 0)
		return drive(drive_unstuff, argv + 2);
	fputs("usage: drive-dots stuff|stuff-stored|unstuff N...\n", stderr);
	return EX_USAGE;
}
