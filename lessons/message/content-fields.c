/*
 * content-fields: takes each field that can be read, and after the last one decides
 * what the part is (articles: B7, B10, B11; RFC 2045, 5 and 6; RFC 2183).
 *
 *     printf 'Content-Type: Text/HTML (a page)\n\nhi\n' | build/mime-decode
 */
#include "message/content-fields.h"

#include "message/field-value.h"
#include "message/media-type.h"

#include <string.h>
#include <strings.h>

/* Whether the value has this parameter, with this value in any case. */
static bool says(const char *value, const char *name, const char *wanted)
{
	char text[16];

	return value_find(value, name, text, sizeof text) &&
	       strcasecmp(text, wanted) == 0;
}

/*
 * A boundary is octets, not words: `=?` in it begins no encoded-word. Without quotes it
 * has no blanks; but if it has some, and no comment, they belong to it.
 */
static void take_boundary(struct content *content, const char *value)
{
	char *boundary = content->boundary, words[sizeof content->boundary];

	if (!value_find(value, "boundary", boundary, sizeof content->boundary)) {
		parameter_find(value, "boundary", boundary, sizeof content->boundary);
		return;
	}
	size_t length = strlen(boundary);
	value_find_words(value, "boundary", words, sizeof words);
	if (strncmp(words, boundary, length) == 0 && words[length] == ' ' &&
		words[length + 1] != '(')
		memcpy(boundary, words, sizeof words);
}

/* A type that cannot be read counts as none (RFC 2045, 5.2). */
static void take_type(struct content *content, const char *value)
{
	if (!media_type_read(value, content->type, sizeof content->type))
		content->type[0] = '\0';
	parameter_find(value, "charset", content->charset, sizeof content->charset);
	parameter_find_file(value, "name", content->type_name, sizeof content->type_name);
	content->is_flowed = says(value, "format", "flowed");
	content->deletes_blank = says(value, "delsp", "yes");
	take_boundary(content, value);
}

static void take_disposition(struct content *content, const char *value)
{
	char *disposition = content->disposition;

	if (!value_token(value, disposition, sizeof content->disposition))
		disposition[0] = '\0';
	parameter_find_file(value, "filename", content->name, sizeof content->name);
}

static void take_encoding(struct content *content, const char *value)
{
	char *encoding = content->encoding;

	if (!value_token(value, encoding, sizeof content->encoding) ||
		transfer_encoding(encoding) == TRANSFER_UNKNOWN)
		snprintf(encoding, sizeof content->encoding, "%.60s", value);
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

/*
 * Text, and what is written for people like it: what a mail host says of a failure (RFC
 * 3464, 8098; in UTF-8 RFC 6533).
 */
static bool is_lines(const char *type)
{
	static const char *const types[] = {"message/delivery-status",
		"message/disposition-notification", "message/global-delivery-status",
		"message/global-disposition-notification", "message/global-headers"};

	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (strcmp(type, types[i]) == 0)
			return true;
	return media_type_is(type, "text");
}

/*
 * RFC 2045, 6.4, has what is in an encoding that is not known as data. Data is saved as it
 * is; a text is shown as it is: to most of them nothing was done.
 */
static enum content_kind kind_of(struct content *content)
{
	const bool is_multipart = media_type_is(content->type, "multipart");

	if (is_multipart && !content->is_undivided && has_boundary(content))
		return CONTENT_MULTIPART;
	if (strcmp(content->type, "message/rfc822") == 0 ||
		strcmp(content->type, "message/global") == 0)
		return CONTENT_MESSAGE;
	/* Parts that cannot be told apart are read as one text. */
	if (!is_multipart && !is_lines(content->type))
		return CONTENT_DATA;
	if (strcmp(content->disposition, "attachment") == 0)
		return CONTENT_TEXT_FILE;
	return CONTENT_TEXT;
}

void content_undivided(struct content *content)
{
	content->is_undivided = true;
	content->kind = kind_of(content);
}

/* An encoding is named as RFC 2045 does; what is not known, as it was, if it is a token. */
static void conclude_encoding(struct content *content)
{
	char *encoding = content->encoding, token[sizeof content->encoding];

	content->transfer = transfer_encoding(encoding);
	if (content->transfer != TRANSFER_UNKNOWN)
		snprintf(encoding, sizeof content->encoding, "%s",
			transfer_name(content->transfer));
	else if (!value_token(encoding, token, sizeof token))
		snprintf(encoding, sizeof content->encoding, "unreadable");
}

void content_conclude(struct content *content, bool is_in_digest)
{
	if (content->type[0] == '\0') {
		snprintf(content->type, sizeof content->type, "%s",
			is_in_digest ? "message/rfc822" : "text/plain");
		content->charset[0] = '\0'; /* us-ascii, 2045, 5.2 */
	}
	if (content->name[0] == '\0')
		memcpy(content->name, content->type_name, sizeof content->name);
	conclude_encoding(content);
	content->kind = kind_of(content);
}
