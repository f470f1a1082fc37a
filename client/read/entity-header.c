/*
 * entity-header: the fields wait in a temporary file until the charset is known. Begin at
 * the end.
 *
 *     printf 'Subject: \360\322\311\nContent-Type: text/plain; charset=koi8-r\n\n' |
 *     build/mime-decode      Subject: При
 */
#include "read/entity-header.h"

#include "message/charset.h"
#include "message/field-value.h"
#include "wire/spool.h"

#include <err.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>

/*
 * A multipart has no charset of its own, but its texts have one. The first is named soon
 * after its header, if at all.
 */
static void find_charset(struct multipart *message, char *charset)
{
	static const char name[] = "charset=";
	char value[CONTENT_CHARSET];
	const char *octets;
	size_t length = multipart_ahead(message, &octets);

	for (size_t at = 0; at + strlen(name) + sizeof value <= length; at++) {
		if (strncasecmp(octets + at, name, strlen(name)) != 0)
			continue;
		snprintf(value, sizeof value, "%.*s", (int)sizeof value - 1,
			octets + at + strlen(name));
		value[strcspn(value, "\r\n")] = '\0';
		value_copy(value, charset, CONTENT_CHARSET);
		return;
	}
}

/* Octets that nobody declared become UTF-8; size is HEADER_FIELD + 1 at most. */
static void declare(char *text, size_t size, const char *charset, char mark)
{
	char whole[HEADER_FIELD + 1];

	charset_undeclared(text, charset, mark, whole, size);
	memcpy(text, whole, strlen(whole) + 1);
}

/* Tells each field that waited. A field has no NUL, so one ends it. */
static void tell(const struct entity_header *header, FILE *fields)
{
	struct header_field field = {.length = 0};
	int c;

	spool_turn(fields);
	while ((c = getc(fields)) != EOF) {
		field.text[field.length] = (char)c;
		if (c != '\0') {
			field.length++;
			continue;
		}
		declare(field.text, sizeof field.text, header->charset, '\0');
		field.length = strlen(field.text);
		header->field(header->caller, &field);
		field.length = 0;
	}
	if (ferror(fields))
		err(EX_IOERR, "temporary file");
}

void entity_header_read(
	struct multipart *message, struct entity_header *header, struct content *content)
{
	FILE *fields = header->field == NULL ? NULL : spool_new();
	struct header_field field;

	if (header->is_message)
		header_begin(message);
	while (header_next(message, &field) == HEADER_IS_FIELD) {
		content_take(content, &field);
		if (fields != NULL)
			fwrite(field.text, 1, field.length + 1, fields);
	}
	content_conclude(content, header->is_in_digest);
	if (content->charset[0] != '\0')
		memcpy(header->charset, content->charset, sizeof header->charset);
	else if (content->kind == CONTENT_MULTIPART)
		find_charset(message, header->charset);
	declare(content->name, sizeof content->name, header->charset, '_');
	if (fields == NULL)
		return;
	tell(header, fields);
	fclose(fields);
}
