/*
 * media-type: by it the user agent knows what to do with a part (articles: B7, B11-B14;
 * RFC 2046). The types are registered with IANA, and there are more each year.
 *
 *     build/mime-encode lessons/07-base64/picture.jpg | grep Content-Type
 */
#include "message/media-type.h"

#include "message/field-value.h"

#include <string.h>
#include <strings.h>

/* Where a type has several suffixes, the first is given to files of that type. */
static const struct media_type {
	const char *suffix, *type;
} types[] = {
	{"txt", "text/plain"},
	{"md", "text/plain"},
	{"c", "text/plain"},
	{"h", "text/plain"},
	{"sh", "text/plain"},
	{"py", "text/plain"},
	{"log", "text/plain"},
	{"html", "text/html"},
	{"htm", "text/html"},
	{"css", "text/css"},
	{"csv", "text/csv"},
	{"jpg", "image/jpeg"},
	{"jpeg", "image/jpeg"},
	{"gif", "image/gif"},
	{"png", "image/png"},
	{"svg", "image/svg+xml"},
	{"tif", "image/tiff"},
	{"tiff", "image/tiff"},
	{"au", "audio/basic"},
	{"mp3", "audio/mpeg"},
	{"726", "audio/32kadpcm"},
	{"wav", "audio/x-wav"},
	{"mpeg", "video/mpeg"},
	{"mpg", "video/mpeg"},
	{"mov", "video/quicktime"},
	{"qt", "video/quicktime"},
	{"mp4", "video/mp4"},
	{"doc", "application/msword"},
	{"pdf", "application/pdf"},
	{"ps", "application/postscript"},
	{"zip", "application/zip"},
	{"gz", "application/gzip"},
	{"json", "application/json"},
	{"xml", "application/xml"},
	{"eml", "message/rfc822"},
};

enum { TYPES = sizeof types / sizeof types[0] };

const char *media_type_of(const char *file_name)
{
	const char *dot = strrchr(file_name, '.');

	for (size_t i = 0; dot != NULL && i < TYPES; i++)
		if (strcasecmp(dot + 1, types[i].suffix) == 0)
			return types[i].type;
	return "application/octet-stream";
}

const char *media_type_suffix(const char *type)
{
	for (size_t i = 0; i < TYPES; i++)
		if (strcmp(type, types[i].type) == 0)
			return types[i].suffix;
	return "bin";
}

bool media_type_is(const char *type, const char *top_level)
{
	size_t length = strlen(top_level);

	return strncasecmp(type, top_level, length) == 0 && type[length] == '/';
}

bool media_type_read(const char *value, char *type, size_t size)
{
	if (!value_token(value, type, size))
		return false;
	const char *slash = strchr(type, '/');
	return slash != NULL && slash > type && slash[1] != '\0' &&
	       strchr(slash + 1, '/') == NULL;
}

static const char *skip_blanks(const char *at)
{
	return at + strspn(at, " \t");
}

/* Where a token, or a quoted string, that begins here ends; NULL where none does. */
static const char *skip_word(const char *at)
{
	if (*at != '"')
		return at + strcspn(at, "()<>@,;:\\\"[]?= \t");
	for (at++; *at != '"'; at++) {
		if (*at == '\\')
			at++;
		if (*at == '\0')
			return NULL;
	}
	return at + 1;
}

/*
 * What follows a parameter, name=value, and blanks around it; NULL where none is there.
 */
static const char *skip_parameter(const char *at)
{
	const char *name = skip_blanks(at);
	const char *equals = *name == '"' ? name : skip_word(name);

	if (equals == name || *equals != '=')
		return NULL;
	const char *end = skip_word(equals + 1);
	return end == NULL || end == equals + 1 ? NULL : skip_blanks(end);
}

bool media_type_is_clear(const char *value)
{
	char type[256];

	if (!media_type_read(value, type, sizeof type))
		return false;
	const char *at = skip_blanks(skip_blanks(value) + strlen(type));
	while (at != NULL && *at == ';')
		at = skip_parameter(at + 1);
	return at != NULL && *at == '\0';
}
