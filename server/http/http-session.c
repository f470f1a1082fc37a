/*
 * http-session: the loop of requests, at the end, and above it how the head of one is read and
 * which methods there are. Begin with exchange. What is answered is in http-response.c.
 */
#include "http/http-session.h"
#include "wire/verb.h"

#include <string.h>

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

/* A method has its capitals, unlike a verb of SMTP (RFC 9110, 9.1). */
static void obey(struct http_session *s)
{
	size_t row = verb_row(methods, sizeof *methods, s->request.method, strncmp);

	methods[row].obey(s);
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
 * this is HTTP's own smuggling. After a head that was wrong nobody knows at all where the
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
