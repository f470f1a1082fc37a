/*
 * rows-05: header_get, called until the header ends; after it comes the rest of the
 * message. With a boundary it is the header of the first part.
 *
 *	header_get("To: bob\n\nhi\n")	"To: bob" HEADER_IS_END rest="hi\n"
 */
#include "classroom/rows.h"
#include "message/header.h"

#include <err.h>
#include <sysexits.h>

#define FIELDS 20 /* at most; then it would never end */

/*
 * A message that is read from octets: of none there is no stream in memory on every
 * system.
 */
static FILE *stream_of(const struct row_argument *octets)
{
	FILE *in = octets->length > 0 ? fmemopen(octets->octets, octets->length, "r")
				      : fopen("/dev/null", "r");

	if (in == NULL)
		err(EX_OSERR, "memory");
	return in;
}

static void say_field(const struct row *r, const struct header_field *field)
{
	if (field->length > HEADER_FIELD) {
		fprintf(r->answer, "length=%zu ", field->length);
		return;
	}
	row_say_octets(r, field->text, field->length);
	fputs(field->text[field->length] == '\0' ? " " : " without NUL ", r->answer);
}

static void say_rest(const struct row *r, struct multipart *message)
{
	char octet;
	int c;

	for (c = multipart_get(message); c != EOF; c = multipart_get(message)) {
		octet = (char)c;
		row_keep(r, &octet, 1, 1);
	}
	fputs(" rest=", r->answer);
	row_say_kept(r);
}

static void get_fields(const struct row *r)
{
	struct multipart *message = row_buffer(sizeof *message);
	FILE *in = stream_of(row_octets(r, 0));
	enum header_found found = HEADER_IS_FIELD;

	multipart_open(message, in);
	if (r->count > 1) {
		multipart_enter(
			message, row_octets(r, 1)->octets, row_octets(r, 1)->length);
		multipart_next(message);
	}
	for (size_t i = 0; found == HEADER_IS_FIELD && i < FIELDS; i++) {
		struct header_field *field = row_buffer(sizeof *field);

		found = header_get(message, field);
		if (found == HEADER_IS_FIELD)
			say_field(r, field);
	}
	switch (found) {
	case HEADER_IS_FIELD:
		fputs("and so on", r->answer);
		break;
	case HEADER_IS_END:
		fputs("HEADER_IS_END", r->answer);
		break;
	case HEADER_IS_BODY:
		fputs("HEADER_IS_BODY", r->answer);
		break;
	default:
		fprintf(r->answer, "found=%d", (int)found);
	}
	say_rest(r, message);
	fclose(in);
}

const struct row_function row_functions[] = {
	{"header_get", get_fields,
		"struct multipart message;\n"
		"struct header_field field;\n"
		"char octets[] = $1;\n"
		"FILE *in = fmemopen(octets, sizeof octets - 1, \"r\");\n"
		"multipart_open(&message, in);\n"
		"/* Again and again: */\n"
		"found = header_get(&message, &field);\n"},
	{0}};
