/*
 * http-response: what the server of HTTP says to a request (articles: B1, B4; RFC 9110,
 * 15; RFC 9112, 4 and 6). A code for the program and words for the person, as in SMTP;
 * after the head an object, with Content-Length, which says where it ends; or, with the
 * option -1, without it: then it ends where the connection is closed. First the head and
 * the refusals, then the way from a path to a file below ROOT, and to no other file.
 * Declared in http-session.h.
 */
#include "http/http-session.h"
#include "message/date.h"
#include "message/media-type.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PIECE 65536 /* octets of a file read at once, of which wire_put copies none */
#define NAME  256   /* octets of a name in a path, with its NUL */

/*
 * The status line: the code and its name, up to a colon. And when, and whether it goes
 * on.
 */
static void begin(struct http_session *s, const char *status)
{
	time_t now = date_now();
	char date[DATE_OCTETS] = "";
	struct tm parts;

	/*
	 * RFC 9110, 5.6.7: as in mail, but always in Greenwich's time, and by that name.
	 */
	if (gmtime_r(&now, &parts) != NULL)
		strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &parts);
	wire_say(s->wire, "HTTP/1.1 %.*s", (int)strcspn(status, ":"), status);
	wire_say(s->wire, "Date: %s", date);
	if (s->over)
		wire_say(s->wire, "Connection: close");
}

/* What the body is, and where it ends; then the empty line that ends the head. */
static void describe(struct http_session *s, const char *type, uintmax_t length)
{
	bool text = media_type_is(type, "text");

	wire_say(s->wire, "Content-Type: %s%s", type, text ? "; charset=utf-8" : "");
	if (!s->site->one_each)
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
	begin(s, refusal);
	explain(s, refusal);
}

void http_not_allowed(struct http_session *s)
{
	static const char refusal[] = "405 Method Not Allowed: GET and HEAD are allowed";

	begin(s, refusal);
	wire_say(s->wire, "Allow: GET, HEAD");
	explain(s, refusal);
}

/* Says a path as it is in a URL: whatever it holds, it ends no line. */
static void put_path(struct http_session *s, const char *path)
{
	for (; *path != '\0'; path++) {
		unsigned char c = (unsigned char)*path;
		char coded[4];

		snprintf(coded, sizeof coded, "%%%02X", c);
		if (isalnum(c) || strchr("/-._~", c) != NULL)
			wire_put(s->wire, path, 1);
		else
			wire_put(s->wire, coded, 3);
	}
}

/* 301: a folder was asked for without its last slash. */
static void moved(struct http_session *s)
{
	static const char refusal[] = "301 Moved Permanently: a folder ends in a slash";

	begin(s, refusal);
	wire_put(s->wire, "Location: ", 10);
	put_path(s, s->request.path);
	wire_say(s->wire, "/");
	explain(s, refusal);
}

/*
 * Opens what has this name in a folder, and closes the folder if it is not root. A name
 * that begins with a dot is no name here, nor is an empty one: so no path leads upwards.
 */
static int step(int root, int folder, const char *name, bool last)
{
	/* Without O_NONBLOCK to open a FIFO would wait until somebody writes to it. */
	int kind = last ? O_NONBLOCK | O_NOCTTY : O_DIRECTORY;
	int fd = -1, reason = ENOENT;

	if (name[0] != '\0' && name[0] != '.') {
		fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | kind);
		reason = errno;
	}
	if (folder != root)
		close(folder);
	errno = reason;
	return fd;
}

/*
 * Opens the file of a path, decoded, which begins with a slash, below the folder root:
 * from folder to folder, one name at a time. Each is opened in the folder that is
 * already open, so nobody can put a link in its place meanwhile; links are not
 * followed, and nothing but a regular file is opened. A path that ends in a slash means
 * index.html in that folder. Compare with maildir_user in maildir.h, where a local part
 * is one name and never a path.
 *
 * Returns a descriptor and its *file; or -1 with errno: EISDIR for a folder without its
 * last slash; EMFILE and the like if it may be had later; any other if no file is there.
 */
static int open_file(int root, const char *path, struct stat *file)
{
	bool is_folder = false;
	int fd = root;

	*file = (struct stat){0}; /* of no type, should fstat fail */
	while (fd >= 0 && *path == '/') {
		char name[NAME] = "index.html";
		size_t n = strcspn(path + 1, "/");
		bool last = path[1 + n] == '\0';

		is_folder = last && n == 0;
		if (n >= sizeof name)
			name[0] = '\0'; /* no file has a name so long */
		else if (!is_folder)
			snprintf(name, sizeof name, "%.*s", (int)n, path + 1);
		fd = step(root, fd, name, last);
		path += 1 + n;
	}
	if (fd < 0 || (fstat(fd, file) == 0 && S_ISREG(file->st_mode)))
		return fd;
	close(fd);
	errno = S_ISDIR(file->st_mode) && !is_folder ? EISDIR : ENOENT;
	return -1;
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

static void send_file(struct http_session *s, int fd, const struct stat *file)
{
	uintmax_t length = (uintmax_t)file->st_size;
	const char *path = s->request.path, *name = strrchr(path, '/');

	if (name[1] == '\0')
		name = "/index.html";
	begin(s, "200 OK");
	describe(s, media_type_of(name), length);
	if (has_body(s) && !put_file(s->wire, fd, length))
		s->over = true;
}

void http_give_file(struct http_session *s)
{
	struct stat file;
	int fd = open_file(s->site->root, s->request.path, &file);

	if (fd >= 0) {
		send_file(s, fd, &file);
		close(fd);
		return;
	}
	switch (errno) {
	case EISDIR:
		moved(s);
		break;
	case EMFILE:
	case ENFILE:
	case ENOMEM:
	case EIO:
		http_refuse(s, "503 Service Unavailable: no room for it now, "
			       "try again later");
		break;
	default:
		http_refuse(s, "404 Not Found: there is no such file here");
	}
}
