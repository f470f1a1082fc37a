/* http-request: see http-request.h. Each rule is a guard, as in transaction.c. */
#include "http/http-request.h"
#include "wire/hex.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/*
 * An absolute form is what a proxy is asked with, but every server takes it (RFC 9112,
 * 3.2.2). Returns where its path begins, which may be empty; else the target as it is.
 */
static char *behind_authority(char *target)
{
	size_t n = strlen("http://"), host = 0;

	if (strncasecmp(target, "http://", n) == 0)
		host = strcspn(target + n, "/?");
	return host > 0 ? target + n + host : target;
}

/*
 * Decodes %XX once, in place: %252e is then %2e, not a dot. A slash or a NUL that was
 * encoded would be taken for what ends a name. Returns whether all of it could be.
 */
static bool decode(char *path)
{
	char *to = path;

	for (; *path != '\0'; path++) {
		char octet = *path;

		if (octet == '%') {
			int high = hex_value(path[1]);
			int low = high < 0 ? -1 : hex_value(path[2]);

			if (low < 0)
				return false;
			octet = (char)(high << 4 | low);
			if (octet == '\0' || octet == '/')
				return false;
			path += 2;
		}
		*to++ = octet;
	}
	*to = '\0';
	return true;
}

/* What the target names here; what stands behind a ? is for programs, not for files. */
static const char *read_target(struct http_request *r, char *target)
{
	char *path = behind_authority(target);

	path[strcspn(path, "?")] = '\0';
	for (const char *c = path; *c != '\0'; c++)
		if (*c <= ' ' || *c > '~' || *c == '#')
			return "400 Bad Request: an octet that has to be written as %XX";
	if (path > target && *path == '\0')
		r->path = "/";
	else if (*path != '/')
		return "400 Bad Request: a path begins with a slash";
	else if (!decode(path))
		return "400 Bad Request: a % with no octet of a name behind it";
	else
		r->path = path;
	return NULL;
}

const char *http_request_line(struct http_request *r)
{
	char *target = strchr(r->line, ' ');
	char *version = target != NULL ? strchr(target + 1, ' ') : NULL;

	r->method = r->path = "";
	r->old = r->closes = r->has_host = r->has_length = r->has_coding = false;
	if (version == NULL || !http_version(version + 1) ||
		version[1 + HTTP_VERSION] != '\0' ||
		!http_token(r->line, (size_t)(target - r->line)))
		return "400 Bad Request: it has to be: GET /name HTTP/1.1";
	*target++ = *version++ = '\0';
	r->method = r->line;
	if (version[HTTP_MAJOR] != '1')
		return "505 HTTP Version Not Supported: HTTP/1.1 is spoken here";
	r->old = version[HTTP_MINOR] == '0';
	return read_target(r, target);
}

/* Which of several servers behind one address is meant (RFC 9110, 7.2). */
static bool is_host(const char *value)
{
	for (; *value != '\0'; value++)
		if (!isalnum((unsigned char)*value) &&
			strchr("-._~%!$&'()*+,;=:[]", *value) == NULL)
			return false;
	return true;
}

const char *http_request_field(struct http_request *r, char *line)
{
	bool folded = line[0] == ' ' || line[0] == '\t';
	const char *value = http_field(line);

	/* Two that read it in different ways could be led to see different requests. */
	if (folded)
		return "400 Bad Request: a field goes on in a second line";
	if (value == NULL)
		return "400 Bad Request: a field has to be: Name: value";
	if (strcasecmp(line, "Host") == 0) {
		if (r->has_host)
			return "400 Bad Request: a second Host";
		if (!is_host(value))
			return "400 Bad Request: a Host that is no name of a host";
		r->has_host = true;
	} else if (strcasecmp(line, "Connection") == 0) {
		r->closes |= http_lists(value, "close");
	} else if (strcasecmp(line, "Content-Length") == 0) {
		uintmax_t length;

		if (!http_length(value, &length) ||
			(r->has_length && length != r->length))
			return "400 Bad Request: not a Content-Length";
		r->has_length = true;
		r->length = length;
	} else if (strcasecmp(line, "Transfer-Encoding") == 0) {
		if (strcasecmp(value, "chunked") != 0 || r->has_coding)
			return "501 Not Implemented: chunked alone is known here";
		r->has_coding = true;
	}
	return NULL;
}

const char *http_request_end(const struct http_request *r)
{
	if (!r->old && !r->has_host)
		return "400 Bad Request: HTTP/1.1 has a Host in each request";
	if (r->has_length && r->has_coding)
		return "400 Bad Request: both Content-Length and Transfer-Encoding";
	return NULL;
}

bool http_request_has_body(const struct http_request *r)
{
	return r->has_length || r->has_coding;
}
