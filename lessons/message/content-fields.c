/*
 * content-fields: a field is taken where it can be read, and after the last one it is
 * decided what the part is (articles: B7, B10, B11; RFC 2045, 5 and 6; RFC 2183).
 *
 *     printf 'Content-Type: Text/HTML (a page)\n\nhi\n' | build/mime-decode
 */
#include "message/content-fields.h"

#include "message/field-value.h"
#include "message/media-type.h"

#include <string.h>

/* A type that cannot be read counts as none (RFC 2045, 5.2). */
static void take_type(struct content *content, const char *value)
{
	if (!media_type_read(value, content->type, sizeof content->type))
		content->type[0] = '\0';
	parameter_find(value, "charset", content->charset, sizeof content->charset);
	parameter_find(value, "name", content->type_name, sizeof content->type_name);
	/* A boundary is octets, not words: `=?` in it begins no encoded-word. */
	if (!value_find(value, "boundary", content->boundary, sizeof content->boundary))
		parameter_find(
			value, "boundary", content->boundary, sizeof content->boundary);
}

static void take_disposition(struct content *content, const char *value)
{
	char *disposition = content->disposition;

	if (!value_token(value, disposition, sizeof content->disposition))
		disposition[0] = '\0';
	parameter_find(value, "filename", content->name, sizeof content->name);
}

static void take_encoding(struct content *content, const char *value)
{
	char *encoding = content->encoding;

	if (!value_token(value, encoding, sizeof content->encoding))
		snprintf(encoding, sizeof content->encoding, "unreadable");
}

void content_take(struct content *content, const struct header_field *field)
{
	const char *value = header_value(field, "Content-Type");

	if (value != NULL && content->type[0] == '\0')
		take_type(content, value);
	value = header_value(field, "Content-Transfer-Encoding");
	if (value != NULL && content->encoding[0] == '\0')
		take_encoding(content, value);
	value = header_value(field, "Content-Disposition");
	if (value != NULL && content->disposition[0] == '\0')
		take_disposition(content, value);
}

/* A blank at its end was put there on the way: a boundary has none (RFC 2046, 5.1.1). */
static bool has_boundary(struct content *content)
{
	size_t length = strlen(content->boundary);

	while (length > 0 && strchr(" \t", content->boundary[length - 1]) != NULL)
		content->boundary[--length] = '\0';
	return length > 0 && length <= MULTIPART_BOUNDARY;
}

/* Text, and what is written for people like it: what a mail host says of a failure. */
static bool is_lines(const char *type)
{
	return media_type_is(type, "text") ||
	       strcmp(type, "message/delivery-status") == 0 ||
	       strcmp(type, "message/disposition-notification") == 0;
}

static enum content_kind kind_of(struct content *content)
{
	const bool is_multipart = media_type_is(content->type, "multipart");

	if (is_multipart && has_boundary(content))
		return CONTENT_MULTIPART;
	if (content->transfer == TRANSFER_UNKNOWN)
		return CONTENT_DATA;
	if (strcmp(content->type, "message/rfc822") == 0)
		return CONTENT_MESSAGE;
	/* Parts that cannot be told apart are read as one text. */
	if (!is_multipart && !is_lines(content->type))
		return CONTENT_DATA;
	if (strcmp(content->disposition, "attachment") == 0)
		return CONTENT_TEXT_FILE;
	return CONTENT_TEXT;
}

void content_conclude(struct content *content, bool is_in_digest)
{
	if (content->type[0] == '\0') {
		snprintf(content->type, sizeof content->type, "%s",
			is_in_digest ? "message/rfc822" : "text/plain");
		content->charset[0] = '\0'; /* us-ascii, 2045, 5.2 */
	}
	if (content->encoding[0] == '\0')
		snprintf(content->encoding, sizeof content->encoding, "7bit");
	if (content->name[0] == '\0')
		memcpy(content->name, content->type_name, sizeof content->name);
	content->transfer = transfer_encoding(content->encoding);
	content->kind = kind_of(content);
}
