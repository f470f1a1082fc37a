/*
 * entity-line: first the type, as Bob's user agent acts by it; then how the text is read,
 * and what rule had to be broken.
 *
 *     printf 'Content-Type: text/plain; charset=gb2312\n\nhi\n' | build/mime-decode
 */
#include "read/entity-line.h"

#include "message/media-type.h"
#include "wire/program.h"
#include "wire/utf8.h"

#include <string.h>

static void say_charset(FILE *out, const struct charset *charset)
{
	if (!charset->is_declared)
		return;
	fprintf(out, ", charset %s", charset->name);
	if (!charset->is_known)
		fputs(" (not known: as us-ascii)", out);
	if (charset->read_as[0] != '\0')
		fprintf(out, " (read as %s)", charset->read_as);
}

/* Why it is not treated as what it says it is. */
static void say_exception(FILE *out, const struct content *content)
{
	const bool is_multipart = media_type_is(content->type, "multipart");

	if (is_multipart && content->is_undivided) {
		fputs(", no line --", out);
		utf8_show_line(out, content->boundary, strlen(content->boundary));
		fputs(" in it", out);
	} else if (is_multipart && content->kind != CONTENT_MULTIPART) {
		fputs(", no boundary", out);
	}
	if (content->transfer != TRANSFER_UNKNOWN || content->kind == CONTENT_MULTIPART)
		return;
	fputs(", not known: as ", out);
	fputs(content->kind == CONTENT_DATA ? "application/octet-stream" : "it is", out);
}

void entity_say(FILE *out, const struct entity *entity, const struct charset *charset)
{
	const struct content *content = &entity->content;
	const bool bold = program_has_colours();

	if (entity->depth > 1)
		fprintf(out, "%s ", entity->number);
	fputs(bold ? "\033[1m" : "", out);
	fputs(content->type, out);
	if (charset != NULL)
		say_charset(out, charset);
	fprintf(out, ", %s", content->encoding);
	say_exception(out, content);
	fputs(bold ? "\033[0m" : "", out);
}
