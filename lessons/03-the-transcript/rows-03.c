/*
 * rows-03: a line of a transcript, and what is acted on in it.
 *
 *	reply_code("HTTP/1.1 404 no")		"404" at=9
 *	reply_goes_on("250-OK")			true
 *	reply_same_code("250 OK", "251 OK")	false
 */
#include "classroom/rows.h"
#include "transcript/reply.h"

static const char *text_of(const struct row *r, size_t i)
{
	const struct row_argument *text = row_octets(r, i);

	return row_copy(text->octets, text->length + 1);
}

static void code(const struct row *r)
{
	const char *text = text_of(r, 0), *code;
	size_t length = row_octets(r, 0)->length, n = SIZE_MAX;

	code = reply_code(text, &n);
	if (n == SIZE_MAX) {
		fputs("n not set", r->answer);
	} else if (code < text || code > text + length ||
		   n > length - (size_t)(code - text)) {
		fprintf(r->answer, "not within the text, n=%zu", n);
	} else {
		row_say_octets(r, code, n);
		fprintf(r->answer, " at=%zu", (size_t)(code - text));
	}
}

static void goes_on(const struct row *r)
{
	fputs(reply_goes_on(text_of(r, 0)) ? "true" : "false", r->answer);
}

static void same_code(const struct row *r)
{
	bool is_same = reply_same_code(text_of(r, 0), text_of(r, 1));

	fputs(is_same ? "true" : "false", r->answer);
}

const struct row_function row_functions[] = {
	{"reply_code", code, "size_t n;\ncode = reply_code($1, &n);\n"},
	{"reply_goes_on", goes_on, "goes_on = reply_goes_on($1);\n"},
	{"reply_same_code", same_code, "same = reply_same_code($1, $2);\n"}, {0}};
