/* http-response: see http-response.h. First the head, then what makes use of it. */
#include "http/http-response.h"
#include "message/header.h"
#include "message/media-type.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PIECE 16384 /* octets of a file that are read at once */

/* The status line: n octets of status are the code and its name. And when, and how on. */
static void begin(struct http_session *s, const char *status, size_t n)
{
	time_t now = header_now();
	char date[HEADER_DATE] = "";
	struct tm parts;

	/* RFC 9110, 5.6.7: as in mail, but always in Greenwich's time, and by that name. */
	if (gmtime_r(&now, &parts) != NULL)
		strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &parts);
	wire_say(s->wire, "HTTP/1.1 %.*s", (int)n, status);
	wire_say(s->wire, "Date: %s", date);
	if (s->over)
		wire_say(s->wire, "Connection: close");
}

/* What the body is, and where it ends; then the empty line that ends the head. */
static void describe(struct http_session *s, const char *type, uintmax_t length)
{
	bool text = media_type_is(type, "text");

	wire_say(s->wire, "Content-Type: %s%s", type, text ? "; charset=utf-8" : "");
	wire_say(s->wire, "Content-Length: %ju", length);
	/* The receiver is to act by Content-Type, and not to guess (articles: B10). */
	wire_say(s->wire, "X-Content-Type-Options: nosniff");
	wire_say(s->wire, "%s", "");
}

static bool has_body(const struct http_session *s)
{
	return strcmp(s->request.method, "HEAD") != 0;
}

/* The body that a refusal has: itself. */
static void explain(struct http_session *s, const char *refusal)
{
	size_t n = strlen(refusal);

	describe(s, "text/plain", n + 1);
	if (has_body(s)) {
		wire_put(s->wire, refusal, n);
		wire_put(s->wire, "\n", 1);
	}
}

void http_refuse(struct http_session *s, const char *refusal)
{
	begin(s, refusal, strcspn(refusal, ":"));
	explain(s, refusal);
}

void http_not_allowed(struct http_session *s)
{
	static const char refusal[] = "405 Method Not Allowed: GET and HEAD are allowed";

	begin(s, refusal, strcspn(refusal, ":"));
	wire_say(s->wire, "Allow: GET, HEAD");
	explain(s, refusal);
}

/* Says a path as it stands in a URL: whatever it holds, it ends no line. */
static void put_path(struct http_session *s, const char *path)
{
	static const char digits[] = "0123456789ABCDEF";

	for (; *path != '\0'; path++) {
		unsigned char c = (unsigned char)*path;
		char coded[3] = {'%', digits[c >> 4], digits[c & 15]};

		if (isalnum(c) || strchr("/-._~", c) != NULL)
			wire_put(s->wire, path, 1);
		else
			wire_put(s->wire, coded, sizeof coded);
	}
}

void http_moved(struct http_session *s)
{
	static const char refusal[] = "301 Moved Permanently: a folder ends in a slash";

	begin(s, refusal, strcspn(refusal, ":"));
	wire_put(s->wire, "Location: ", 10);
	put_path(s, s->request.path);
	wire_say(s->wire, "/");
	explain(s, refusal);
}

/* Sends left octets of a file. Returns whether it could. */
static bool put_file(struct wire *w, int fd, uintmax_t left)
{
	char octets[PIECE];

	while (left > 0) {
		size_t fits = left < sizeof octets ? (size_t)left : sizeof octets;
		ssize_t n = read(fd, octets, fits);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0 || wire_put(w, octets, (size_t)n) < 0)
			return false;
		left -= (uintmax_t)n;
	}
	return true;
}

void http_send(struct http_session *s, int fd, const struct stat *file)
{
	uintmax_t length = (uintmax_t)file->st_size;
	const char *path = s->request.path, *name = strrchr(path, '/');

	if (name[1] == '\0')
		name = "/index.html";
	begin(s, "200 OK", strlen("200 OK"));
	describe(s, media_type_of(name), length);
	if (has_body(s) && !put_file(s->wire, fd, length))
		s->over = true;
}
