/*
 * media-type: by it the user agent knows what to do with a part (articles: B7, B11-B14;
 * RFC 2046). The types are registered with IANA, and there are more each year.
 *
 *     build/mime-encode lessons/07-base64/picture.jpg | grep Content-Type
 */
#include "message/media-type.h"

#include "message/field-value.h"

#include <regex.h>
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

/* RFC 2045, 5.1, without comments; a name has 127 octets at most (RFC 6838, 4.2). */
#define BLANKS	  "[ \t]*"
#define NAME	  "[^][()<>@,;:\\\"/?= \t]{1,127}"
#define TOKEN	  "[^][()<>@,;:\\\"?= \t]+"
#define QUOTED	  "\"([^\"\\]|\\\\.)*\""
#define PARAMETER BLANKS TOKEN "=(" TOKEN "|" QUOTED ")" BLANKS

bool media_type_is_clear(const char *value)
{
	static const char pattern[] =
		"^" BLANKS NAME "/" NAME BLANKS "(;" PARAMETER ")*$";
	regex_t regex;

	if (regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB) != 0)
		return false;
	bool is_clear = regexec(&regex, value, 0, NULL, 0) == 0;
	regfree(&regex);
	return is_clear;
}
