/*
 * rows-04: unstuff, and so unstuff_octet, from the beginning of a message to its end.
 *
 *	unstuff("a\r\n.\r\nQUIT")	"a\r\n" SEEN_END took=6
 *
 * Faults are told where there are some.
 */
#include "classroom/rows.h"
#include "smtp/dots.h"

static const char *const names[] = {"SEEN_CRLF", "SEEN_CRLF_DOT", "SEEN_CRLF_DOT_CR",
	"SEEN_END", "SEEN_CR", "SEEN_TEXT"};

static void say_state(const struct row *r, const struct unstuff *u, size_t took)
{
	static const char *const faults[] = {"BARE_CR", "BARE_LF", "NUL"};
	char before = '=';

	if ((unsigned)u->seen > SEEN_TEXT)
		fprintf(r->answer, " seen=%d took=%zu", (int)u->seen, took);
	else
		fprintf(r->answer, " %s took=%zu", names[u->seen], took);
	if (u->faults != 0)
		fputs(" faults", r->answer);
	for (unsigned i = 0; i < 3; i++) {
		if ((u->faults & 1U << i) == 0)
			continue;
		fprintf(r->answer, "%c%s", before, faults[i]);
		before = ',';
	}
	if (u->faults > (FAULT_BARE_CR | FAULT_BARE_LF | FAULT_NUL))
		fprintf(r->answer, "%c%u", before, u->faults);
}

static void take_message(const struct row *r)
{
	const struct row_argument *in = row_octets(r, 0);
	struct unstuff u = {SEEN_CRLF, 0};
	size_t at = 0, took, n;

	do {
		size_t made = SIZE_MAX;
		char *out;

		n = row_piece(r, at);
		out = row_buffer(n + 1);
		took = unstuff(&u, row_copy(in->octets + at, n), n, out, &made);
		at += took;
		if (!row_keep(r, out, made, n + 1))
			break;
	} while (took == n && at < in->length && u.seen != SEEN_END);
	row_say_kept(r);
	say_state(r, &u, at);
}

const struct row_function row_functions[] = {
	{"unstuff", take_message,
		"struct unstuff u = {SEEN_CRLF, 0};\n"
		"char out[64];\n"
		"size_t made, took;\n"
		"*took = unstuff(&u, $p, $n, out, &made);\n"},
	{0}};
