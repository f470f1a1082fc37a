/*
 * smtp-toy: the server of the article's transcript: five commands, one client at a time
 * (A10, A11, B2; RFC 5321). What it accepts becomes mailbox/1, mailbox/2 and so on. Begin
 * with main, at the end, and compare client/talk.c, the other side of the connection.
 *
 *	smtp-toy 2525			and in another window: talk localhost:2525
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>
#include <unistd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>

#define SIZE 1001 /* 1000 octets with CRLF are a line, 1001 are too long */

struct session {
	int peer;
	enum { NOTHING, HELO, MAIL, RCPT, DATA, QUIT } last; /* command that was obeyed */
	char line[SIZE];
	char reply[SIZE]; /* one that says a name back */
};

/*
 * TCP carries a stream: a read may bring half a line, or three; so octet by octet. CRLF
 * ends a line (2.3.8). A bare LF ends a command too, for its sender waits, but nothing in
 * a message, whose end CRLF.CRLF is thus the line "." here. The line goes to s->line,
 * without its end. Returns NULL, or the reply that says what is wrong.
 */
static const char *read_line(struct session *s)
{
	bool in_message = s->last == DATA, well_formed = true;
	char before, octet = '\0';
	size_t length = 0;
	ssize_t n;

	do {
		before = octet;
		do
			n = read(s->peer, &octet, 1);
		while (n < 0 && errno == EINTR); /* we were stopped, and continued */
		if (n != 1) {
			s->last = QUIT; /* the client is gone, or silent for too long */
			return "421 closing connection\r\n";
		}
		if (octet == '\0' || (octet == '\n') != (before == '\r'))
			well_formed = false;
		if (length < sizeof s->line)
			s->line[length++] = octet;
	} while (octet != '\n' || (in_message && before != '\r'));
	if (!well_formed)
		return in_message ? "550 bare CR or LF\r\n"
				  : "500 end lines with CRLF\r\n";
	if (length == sizeof s->line)
		return "500 line too long\r\n";
	s->line[length - 2] = '\0';
	return NULL;
}

/* What comes after these words, in any case of letters; NULL where they do not come. */
static char *after(char *line, const char *words)
{
	size_t length = strlen(words);

	return strncasecmp(line, words, length) == 0 ? line + length : NULL;
}

/* Whether a name can be said back: printable ASCII, and not too long. */
static bool is_name(const char *name)
{
	for (const char *c = name; *c != '\0'; c++)
		if (*c < ' ' || *c > '~')
			return false;
	return strlen(name) <= 254;
}

/* The address in <address>, before which one blank may come; NULL where it is not that. */
static char *address(char *text)
{
	char *end;

	if (text != NULL && *text == ' ')
		text++;
	if (text == NULL || *text != '<')
		return NULL;
	end = strchr(text, '>');
	if (end == NULL || end[1] != '\0')
		return NULL;
	*end = '\0';
	return is_name(text + 1) ? text + 1 : NULL;
}

static const char *helo(struct session *s, char *rest)
{
	char *name = rest + strspn(rest, " ");

	if (*name == '\0' || strchr(name, ' ') != NULL || !is_name(name))
		return "501 HELO name, DATA, QUIT\r\n";
	s->last = HELO;
	snprintf(s->reply, SIZE, "250 Hello %s, pleased to meet you\r\n", name);
	return s->reply;
}

static const char *mail(struct session *s, char *rest)
{
	char *sender = address(after(rest, " FROM:"));

	if (sender == NULL)
		return "501 MAIL FROM:<you>, RCPT TO:<them>\r\n";
	if (s->last < HELO)
		return "503 wrong order\r\n";
	s->last = MAIL;
	snprintf(s->reply, SIZE, "250 %s ... Sender OK\r\n", sender);
	return s->reply;
}

static const char *rcpt(struct session *s, char *rest)
{
	char *recipient = address(after(rest, " TO:"));

	if (recipient == NULL || *recipient == '\0')
		return "501 MAIL FROM:<you>, RCPT TO:<them>\r\n";
	if (s->last < MAIL)
		return "503 wrong order\r\n";
	s->last = RCPT;
	snprintf(s->reply, SIZE, "250 %s ... Recipient OK\r\n", recipient);
	return s->reply;
}

static const char *data(struct session *s, char *rest)
{
	if (*rest != '\0')
		return "501 HELO name, DATA, QUIT\r\n";
	if (s->last < RCPT)
		return "503 wrong order\r\n";
	s->last = DATA; /* from here on take_message reads */
	return "354 Enter mail, end with \".\" on a line by itself\r\n";
}

static const char *quit(struct session *s, char *rest)
{
	if (*rest != '\0')
		return "501 HELO name, DATA, QUIT\r\n";
	s->last = QUIT;
	return "221 hamburger.edu closing connection\r\n";
}

/* Each is given what comes after its verb, and returns the reply. */
static const struct {
	const char *verb;
	const char *(*function)(struct session *s, char *rest);
} commands[] = {
	{"HELO", helo}, {"MAIL", mail}, {"RCPT", rcpt}, {"DATA", data}, {"QUIT", quit}};

/* Reads a command and obeys it. Returns the reply. */
static const char *obey(struct session *s)
{
	const char *wrong = read_line(s);

	if (wrong != NULL)
		return wrong;
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		char *rest = after(s->line, commands[i].verb);

		if (rest != NULL && (*rest == ' ' || *rest == '\0'))
			return commands[i].function(s, rest);
	}
	return "500 unknown command\r\n";
}

/* Reads a message up to the line of one dot, and stores it. Returns the reply. */
static const char *take_message(struct session *s)
{
	static const char full[] = "452 no room for it now\r\n";
	char draft[] = "mailbox/draft-XXXXXX", name[32];
	const char *wrong = NULL;
	int number = 1, file = mkstemp(draft);

	while (s->last == DATA) {
		const char *wrong_line = read_line(s);
		const char *text = s->line[0] == '.' ? s->line + 1 : s->line;

		if (wrong_line != NULL)
			wrong = wrong_line;
		else if (strcmp(s->line, ".") == 0)
			s->last = HELO;
		else if (wrong == NULL && dprintf(file, "%s\n", text) < 0)
			wrong = full;
	}
	if (wrong == NULL && fsync(file) != 0)
		wrong = full;
	while (wrong == NULL) { /* it gets the next free number, and all of it does */
		snprintf(name, sizeof name, "mailbox/%d", number);
		if (link(draft, name) == 0)
			break;
		if (errno != EEXIST)
			wrong = full;
		number++;
	}
	unlink(draft);
	close(file);
	return wrong != NULL ? wrong : "250 Message accepted for delivery\r\n";
}

/* False where the client is gone, or has taken nothing for too long. */
static bool say(int peer, const char *reply)
{
	const char *end = reply + strlen(reply);

	while (reply < end) {
		ssize_t n = write(peer, reply, (size_t)(end - reply));

		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0)
			reply += n;
	}
	return true;
}

static void converse(int peer)
{
	struct session s = {.peer = peer, .last = NOTHING};
	struct timeval limit = {.tv_sec = 300};
	const char *reply = "220 hamburger.edu\r\n";

	setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
	setsockopt(peer, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
	while (say(peer, reply) && s.last != QUIT)
		reply = s.last == DATA ? take_message(&s) : obey(&s);
	close(peer);
}

int main(int argc, char **argv)
{
	struct sockaddr_in own = {.sin_family = AF_INET};
	socklen_t size = sizeof own;
	int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
	unsigned port;
	char rest;

	if (argc == 2 && strcmp(argv[1], "-h") == 0) {
		puts("usage: smtp-toy PORT");
		return fflush(stdout) == 0 ? EX_OK : EX_IOERR;
	}
	if (argc != 2 || sscanf(argv[1], "%5u%c", &port, &rest) != 1 || port > 65535)
		errx(EX_USAGE, "usage: smtp-toy PORT");
	if (mkdir("mailbox", 0700) != 0 && errno != EEXIST)
		err(EX_IOERR, "mailbox");
	signal(SIGPIPE, SIG_IGN); /* write tells that a client is gone, */
	signal(SIGXFSZ, SIG_IGN); /* and that a file has no room */
	own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	own.sin_port = htons((in_port_t)port);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(listener, (struct sockaddr *)&own, size) != 0 ||
		listen(listener, 100) != 0)
		err(EX_TEMPFAIL, "127.0.0.1:%s", argv[1]);
	getsockname(listener, (struct sockaddr *)&own, &size);
	dprintf(STDOUT_FILENO, "listening on 127.0.0.1:%d\n", ntohs(own.sin_port));
	for (;;)
		converse(accept(listener, NULL, NULL));
}
