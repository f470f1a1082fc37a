/*
 * http-session: reads the head of a request, has the table of methods, and the loop of
 * requests (articles: A14, B1, B4; RFC 9112, 3, 5 and 9). Begin at the end, with
 * exchange. The answers are in http-response.c.
 *
 * The functions that read a head return NULL, or what to refuse the request with: the
 * code, the name of the code, a colon, and why. Each rule is a guard, as in
 * transaction.c.
 */
#include "http/http-session.h"
#include "wire/hex.h"
#include "wire/verb.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/*
 * An absolute form is what a proxy is asked with, but every server takes it (RFC 9112,
 * 3.2.2). Returns where its path begins, which may be empty; else the target as it is.
 */
static char *after_authority(char *target)
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
			int decoded = hex_octet(path + 1);

			if (decoded <= 0 || decoded == '/')
				return false;
			octet = (char)decoded;
			path += 2;
		}
		*to = octet;
		to++;
	}
	*to = '\0';
	return true;
}

/* HOST:PORT, which CONNECT asks a proxy for (RFC 9112, 3.2.3). */
static bool is_authority(const char *target)
{
	const char *port = strrchr(target, ':');
	size_t host = port != NULL ? (size_t)(port - target) : 0;

	if (host == 0 || !isdigit((unsigned char)port[1]) ||
		port[1 + strspn(port + 1, "0123456789")] != '\0')
		return false;
	if (target[0] == '[')
		return strspn(target + 1, "0123456789abcdefABCDEF:.") == host - 2 &&
		       target[host - 1] == ']';
	for (size_t i = 0; i < host; i++)
		if (!isalnum((unsigned char)target[i]) &&
			strchr("-._", target[i]) == NULL)
			return false;
	return true;
}

/* What the target names here; what comes after a ? is for programs, not for files. */
static const char *read_target(struct http_request *r, char *target)
{
	char *path = after_authority(target);

	/* These two name no file, and need none: 405 is the answer. */
	if ((strcmp(r->method, "OPTIONS") == 0 && strcmp(target, "*") == 0) ||
		(strcmp(r->method, "CONNECT") == 0 && is_authority(target))) {
		r->path = "/";
		return NULL;
	}

	path[strcspn(path, "?")] = '\0';
	for (const char *c = path; *c != '\0'; c++)
		if (*c <= ' ' || *c > '~' || *c == '#')
			return "400 Bad Request: an octet that has to be written as %XX";
	if (path > target && *path == '\0')
		r->path = "/";
	else if (*path != '/')
		return "400 Bad Request: a path begins with a slash";
	else if (!decode(path))
		return "400 Bad Request: a % without an octet of a name after it";
	else
		r->path = path;
	return NULL;
}

/*
 * Begins a request with its first line, which is in r->line, and cuts that into its
 * words.
 */
static const char *begin_request(struct http_request *r)
{
	char *target = strchr(r->line, ' ');
	char *version = target != NULL ? strchr(target + 1, ' ') : NULL;

	r->old = false;
	r->has_host = false;
	r->said = (struct http_said){0};
	if (version == NULL || !http_version(version + 1) ||
		version[1 + HTTP_VERSION] != '\0' ||
		!http_token(r->line, (size_t)(target - r->line)))
		return "400 Bad Request: it has to be: GET /name HTTP/1.1";
	*target = '\0';
	target++;
	*version = '\0';
	version++;
	r->method = r->line;
	if (version[HTTP_MAJOR] != '1')
		return "505 HTTP Version Not Supported: HTTP/1.1 is spoken here";
	r->old = version[HTTP_MINOR] == '0';
	return read_target(r, target);
}

/* Which of several servers at one address is meant (RFC 9110, 7.2). */
static bool is_host(const char *value)
{
	for (; *value != '\0'; value++)
		if (!isalnum((unsigned char)*value) &&
			strchr("-._~%!$&'()*+,;=:[]", *value) == NULL)
			return false;
	return true;
}

/* Takes one field in; the line is cut into pieces. */
static const char *take_field(struct http_request *r, char *line)
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
	}
	if (!http_take_field(&r->said, line, value))
		return "400 Bad Request: not a Content-Length";
	return NULL;
}

/* The empty line: is the request whole? */
static const char *end_request(const struct http_request *r)
{
	if (!r->old && !r->has_host)
		return "400 Bad Request: HTTP/1.1 has a Host in each request";
	if (r->said.measured && r->said.coded)
		return "400 Bad Request: both Content-Length and Transfer-Encoding";
	if (r->said.coded && !r->said.chunked)
		return "400 Bad Request: nobody knows where a body ends that is not "
		       "chunked last";
	if (r->said.recoded)
		return "501 Not Implemented: chunked alone is known here";
	return NULL;
}

/*
 * Waits for the first line of a request, as long as it takes one to begin. Before it an
 * empty line is skipped: some clients put one after a body (RFC 9112, 2.2). Returns
 * false where none has begun: where nothing was asked there is no answer.
 */
static bool await(struct http_session *s, enum wire_got *got)
{
	const char *octets;
	size_t n;

	for (int lines = 1; lines <= 2; lines++) {
		wire_start_clock(s->wire);
		if (wire_span(s->wire, &octets, &n) != WIRE_GOT)
			return false;
		*got = wire_line(s->wire, s->request.line, sizeof s->request.line, &n);
		if (*got != WIRE_GOT || n > 0)
			return true;
	}
	return true;
}

/*
 * Reads the rest of the head, within the limit on waiting that its first line began: for
 * the whole of it, so that nobody holds a place by a line now and then.
 */
static const char *read_head(struct http_session *s, enum wire_got got)
{
	static const char *const no_line[] = {
		[WIRE_BARE_LF] = "400 Bad Request: end lines with CRLF",
		[WIRE_NUL] = "400 Bad Request: a NUL in the line",
		[WIRE_TOO_LONG] = "431 Request Header Fields Too Large: "
				  "a line has at most 8000 octets",
		[WIRE_END] = "400 Bad Request: an empty line ends the head",
		[WIRE_TIME_OUT] = "408 Request Timeout: waited too long for the rest",
		[WIRE_STOP] = "503 Service Unavailable: shutting down"};
	const char *refusal;
	size_t n;

	if (got == WIRE_TOO_LONG)
		return "414 URI Too Long: a line has at most 8000 octets";
	if (got != WIRE_GOT)
		return no_line[got];
	refusal = begin_request(&s->request);
	for (int fields = 0; refusal == NULL; fields++) {
		got = wire_next_line(s->wire, s->field, sizeof s->field, &n);
		if (got != WIRE_GOT)
			return no_line[got];
		if (n == 0)
			return end_request(&s->request);
		if (fields == HTTP_FIELDS)
			return "431 Request Header Fields Too Large: at most 100 lines";
		refusal = take_field(&s->request, s->field);
	}
	return refusal;
}

static void unknown(struct http_session *s)
{
	http_refuse(s, "501 Not Implemented: no such method is known here");
}

/* What may be asked for (RFC 9110, 9.3); 405 is for what is known, but not served. */
static const struct {
	const char *method;
	void (*obey)(struct http_session *);
} methods[] = {{"GET", http_give_file}, {"HEAD", http_give_file},
	{"POST", http_not_allowed}, {"PUT", http_not_allowed},
	{"DELETE", http_not_allowed}, {"OPTIONS", http_not_allowed},
	{"TRACE", http_not_allowed}, {"CONNECT", http_not_allowed},
	{"PATCH", http_not_allowed}, {"", unknown}};

/*
 * One request, and the response to it. A request with a body is the last one, for nobody
 * reads a body here, and whoever made it could have made it look like the next request:
 * this is HTTP's own smuggling. After a head that was wrong nobody knows at all where the
 * next one would begin.
 */
static void exchange(struct http_session *s)
{
	struct http_request *r = &s->request;
	const struct http_said *said = &r->said;
	const char *refusal;
	enum wire_got got;
	size_t row;

	if (!await(s, &got)) {
		s->over = true;
		return;
	}
	r->method = "";
	refusal = read_head(s, got);
	s->over = refusal != NULL || s->site->one_each || r->old || said->closes ||
		  said->measured || said->coded;
	if (refusal != NULL) {
		http_refuse(s, refusal);
		return;
	}
	/* A method has its capitals, unlike a verb of SMTP (RFC 9110, 9.1). */
	row = verb_row(methods, sizeof *methods, r->method, strncmp);
	methods[row].obey(s);
}

void http_session(struct wire *w, const void *site)
{
	struct http_session s = {.site = site, .wire = w};

	while (!s.over)
		exchange(&s);
}
