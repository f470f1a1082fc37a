/*
 * http-session: see http-session.h. First what a method does, then how the head of a
 * request is read, then the two together.
 */
#include "http/http-session.h"
#include "http/http-file.h"
#include "http/http-response.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void not_found(struct http_session *s)
{
	http_refuse(s, "404 Not Found: there is no such file here");
}

static void no_room(struct http_session *s)
{
	http_refuse(s, "503 Service Unavailable: no room for it now, try again later");
}

static void unknown(struct http_session *s)
{
	http_refuse(s, "501 Not Implemented: no such method is known here");
}

/* GET, and HEAD, which is answered with the same head alone. */
static void get(struct http_session *s)
{
	struct stat file;
	int fd = http_file_open(s->config->root, s->request.path, &file);

	if (fd >= 0) {
		http_send(s, fd, &file);
		close(fd);
	} else if (errno == EISDIR) {
		http_moved(s);
	} else if (errno == EMFILE || errno == ENFILE || errno == ENOMEM ||
		   errno == EIO) {
		no_room(s);
	} else {
		not_found(s);
	}
}

/* What may be asked for (RFC 9110, 9.3); 405 is for what is known, but not served. */
static const struct {
	const char *method;
	void (*obey)(struct http_session *);
} methods[] = {{"GET", get}, {"HEAD", get}, {"POST", http_not_allowed},
	{"PUT", http_not_allowed}, {"DELETE", http_not_allowed},
	{"OPTIONS", http_not_allowed}, {"TRACE", http_not_allowed},
	{"CONNECT", http_not_allowed}, {"PATCH", http_not_allowed}, {"", unknown}};

/* A method has its capitals, unlike a verb of SMTP (RFC 9110, 9.1). */
static void obey(struct http_session *s)
{
	size_t i = 0;

	while (*methods[i].method != '\0' &&
		strcmp(methods[i].method, s->request.method) != 0)
		i++;
	methods[i].obey(s);
}

/*
 * Waits for the first line of a request, as long as it takes one to begin. Before it an
 * empty line is skipped: some clients put one behind a body (RFC 9112, 2.2). Returns
 * false where none has begun: to nobody's question there is no answer.
 */
static bool await(struct http_session *s, enum wire_got *got)
{
	const char *octets;
	size_t n;

	for (int lines = 1; lines <= 2; lines++) {
		s->wire->since = 0;
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
 * the whole of it, so that nobody holds a place by a line now and then. Returns NULL, or
 * what to refuse the request with.
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
	refusal = http_request_line(&s->request);
	for (int fields = 0; refusal == NULL; fields++) {
		got = wire_next_line(s->wire, s->field, sizeof s->field, &n);
		if (got != WIRE_GOT)
			return no_line[got];
		if (n == 0)
			return http_request_end(&s->request);
		if (fields == HTTP_FIELDS)
			return "431 Request Header Fields Too Large: at most 100 lines";
		refusal = http_request_field(&s->request, s->field);
	}
	return refusal;
}

/*
 * One request, and the response to it. A request with a body is the last one, for nobody
 * reads a body here, and whoever made it could have made it look like the next request:
 * this is HTTP's own smuggling. Behind a head that was wrong nobody knows at all where the
 * next one would begin.
 */
static void exchange(struct http_session *s)
{
	struct http_request *r = &s->request;
	const char *refusal;
	enum wire_got got;

	if (!await(s, &got)) {
		s->over = true;
		return;
	}
	r->method = "";
	refusal = read_head(s, got);
	s->over = refusal != NULL || r->old || r->closes || http_request_has_body(r);
	if (refusal != NULL)
		http_refuse(s, refusal);
	else
		obey(s);
}

void http_session(struct wire *w, const void *config)
{
	struct http_session s = {.config = config, .wire = w};

	while (!s.over)
		exchange(&s);
}
