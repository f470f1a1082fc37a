/*
 * rows-10: a message is stuffed, and ended.
 *
 *	stuff(".profile\n")	"..profile\r\n" end=".\r\n"
 */
#include "classroom/rows.h"
#include "smtp/dots.h"

#define END 5 /* octets that stuff_end has room for */

static void stuff_message(const struct row *r)
{
	const struct row_argument *in = row_octets(r, 0);
	struct stuff s = {LINE_BEGINS, false};
	char *end = row_buffer(END);
	size_t at = 0, n, made;

	do {
		char *out;

		n = row_piece(r, at);
		out = row_buffer(2 * n);
		made = stuff(&s, row_copy(in->octets + at, n), n, out);
		if (!row_keep(r, out, made, 2 * n))
			break;
		at += n;
	} while (at < in->length);
	row_say_kept(r);
	n = stuff_end(&s, end);
	fputs(" end=", r->answer);
	row_say_octets(r, end, n < END ? n : END);
	if (n > END)
		fprintf(r->answer, " made=%zu", n);
}

const struct row_function row_functions[] = {
	{"stuff", stuff_message,
		"struct stuff s = {LINE_BEGINS, false};\n"
		"char out[64];\n"
		"*n = stuff(&s, $p, $n, out);\n"
		"n = stuff_end(&s, out);\n"},
	{0}};
