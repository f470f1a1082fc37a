/*
 * rows-09: what is read of a Content- field, in room for so many octets.
 *
 *	value_token("Text/HTML; a=b", 20)		true "text/html"
 *	value_next("text/html; charset=\"utf-8\"; a=b")	charset="utf-8" a="b"
 */
#include "classroom/rows.h"
#include "message/field-value.h"

#include <string.h>

#define WORDS 20 /* parameters at most; then it would never end */
#define ROOM  100

/* The value with its NUL, and nothing after it. */
static const char *value_of(const struct row *r)
{
	const struct row_argument *value = row_octets(r, 0);

	return row_copy(value->octets, strlen(value->octets) + 1);
}

static void token(const struct row *r)
{
	size_t size = row_number(r, 1);
	char *text = row_buffer(size);
	bool is_there = value_token(value_of(r), text, size);

	fputs(is_there ? "true " : "false", r->answer);
	if (is_there)
		row_say_text(r, text, size);
}

static void parameters(const struct row *r)
{
	struct value_parameters *p = row_buffer(sizeof *p);
	size_t i = 0;

	value_parameters(p, value_of(r));
	while (value_next(p) && i < WORDS) {
		char *text = row_buffer(ROOM);

		value_copy(p->start, text, ROOM);
		if (i > 0)
			putc(' ', r->answer);
		row_say_text(r, p->name, sizeof p->name);
		putc('=', r->answer);
		row_say_text(r, text, ROOM);
		i++;
	}
	fputs(i < WORDS ? i == 0 ? "none" : "" : " and so on", r->answer);
}

static void copy(const struct row *r)
{
	size_t size = row_number(r, 1);
	char *text = row_buffer(size);

	value_copy(value_of(r), text, size);
	row_say_text(r, text, size);
}

static void find(const struct row *r)
{
	const struct row_argument *name = row_octets(r, 1);
	size_t size = row_number(r, 2);
	char *text = row_buffer(size);
	bool is_there = value_find(
		value_of(r), row_copy(name->octets, name->length + 1), text, size);

	fputs(is_there ? "true " : "false", r->answer);
	if (is_there)
		row_say_text(r, text, size);
}

const struct row_function row_functions[] = {
	{"value_token", token,
		"char text[$2];\n"
		"bool is_there = value_token($1, text, sizeof text);\n"},
	{"value_next", parameters,
		"struct value_parameters p;\n"
		"char text[100];\n"
		"value_parameters(&p, $1);\n"
		"while (value_next(&p))\n"
		"\tvalue_copy(p.start, text, sizeof text); /* and p.name */\n"},
	{"value_copy", copy,
		"char text[$2];\n"
		"value_copy($1, text, sizeof text);\n"},
	{"value_find", find,
		"char text[$3];\n"
		"bool is_there = value_find($1, $2, text, sizeof text);\n"},
	{0}};
