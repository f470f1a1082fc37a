/*
 * smtp-toy: the server of the article's transcript with its five commands, one client at a
 * time (A10, A11, B2; RFC 5321). What it accepts becomes mailbox/1, mailbox/2, ... Type
 * smtp-toy 2525, in another window talk localhost:2525, and compare it with client/talk.c.
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <regex.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>

enum last { SAME, NONE, HELO, FROM, TO, DATA, QUIT }; /* command that was obeyed */

struct session {
	int peer;
	enum last last;
	char line[1001]; /* with CRLF 1000 octets are a line, 1001 are too long */
	const char *argument;
};

/* What a command looks like, what must have come before it, and what is answered. */
static const struct command {
	const char *form;
	enum last needs, becomes;
	const char *answer;
} commands[] = {
	{"^HELO +([!-~]{1,254})$", NONE, HELO, "250 Hello %s, pleased to meet you\r\n"},
	{"^MAIL FROM: ?<([ -=?-~]{0,254})>$", HELO, FROM, "250 %s ... Sender OK\r\n"},
	{"^RCPT TO: ?<([ -=?-~]{1,254})>$", FROM, TO, "250 %s ... Recipient OK\r\n"},
	{"^DATA()$", TO, DATA, "354 Enter mail, end with \".\" on a line by itself\r\n"},
	{"^QUIT()$", NONE, QUIT, "221 hamburger.edu closing connection\r\n"},
	{"^(HELO|DATA|QUIT)( |$)", NONE, SAME, "501 HELO name, DATA, QUIT\r\n"},
	{"^(MAIL|RCPT)( |$)", NONE, SAME, "501 MAIL FROM:<you>, RCPT TO:<them>\r\n"},
	{"()", NONE, SAME, "500 unknown command\r\n"},
};

/*
 * TCP carries a stream: a read may bring half a line, or three; so byte by byte. CRLF
 * ends a line (2.3.8). A bare LF ends a command too, for its sender waits, but nothing
 * in a message, whose end CRLF.CRLF is thus the line "." here. Returns what is wrong.
 */
static const char *read_line(struct session *s)
{
	bool message = s->last == DATA, bare = false;
	size_t length = 0;
	char c = '\0', before;

	do {
		before = c;
		if (read(s->peer, &c, 1) != 1) { /* gone, or silent too long */
			s->last = QUIT;
			return "421 closing connection\r\n";
		}
		bare |= c == '\0' || (c == '\n') != (before == '\r');
		if (length < sizeof s->line)
			s->line[length++] = c;
	} while (c != '\n' || (message && before != '\r'));
	s->line[length > 2 ? length - 2 : 0] = '\0';
	if (bare)
		return message ? "550 bare CR or LF\r\n" : "500 end lines with CRLF\r\n";
	return length == sizeof s->line ? "500 line too long\r\n" : NULL;
}

static const char *obey(struct session *s)
{
	const char *wrong = read_line(s);
	const struct command *c;
	regmatch_t part[2];
	regex_t form;
	for (c = commands; wrong == NULL; c++) {
		regcomp(&form, c->form, REG_EXTENDED | REG_ICASE);
		bool fits = regexec(&form, s->line, 2, part, 0) == 0;
		regfree(&form);
		if (fits)
			break;
	}
	if (wrong != NULL || s->last < c->needs)
		return wrong != NULL ? wrong : "503 wrong order\r\n";
	s->last = c->becomes != SAME ? c->becomes : s->last;
	s->line[part[1].rm_eo] = '\0';
	s->argument = s->line + part[1].rm_so;
	return c->answer;
}

/* A message stands under the next free number, whole and on disk, or not at all. */
static const char *take_message(struct session *s)
{
	char draft[] = "mailbox/draft-XXXXXX", name[32];
	const char *wrong = NULL, *now;
	int failed = 0, number = 0, file = mkstemp(draft);
	while (s->last == DATA)
		if ((now = read_line(s)) != NULL)
			wrong = now;
		else if (strcmp(s->line, ".") == 0)
			s->last = HELO;
		else if (dprintf(file, "%s\n", s->line + (s->line[0] == '.')) < 0)
			failed = 1;
	if (wrong == NULL && !failed && (failed = fsync(file)) == 0)
		do
			snprintf(name, sizeof name, "mailbox/%d", ++number);
		while ((failed = link(draft, name)) != 0 && errno == EEXIST);
	unlink(draft);
	close(file);
	if (wrong == NULL && failed)
		wrong = "452 no room for it now\r\n";
	return wrong != NULL ? wrong : "250 Message accepted for delivery\r\n";
}

int main(int argc, char **argv)
{
	struct sockaddr_in own = {.sin_family = AF_INET};
	socklen_t size = sizeof own;
	struct timeval limit = {.tv_sec = 300};
	int on = 1, door = socket(AF_INET, SOCK_STREAM, 0);
	unsigned port;
	char rest;
	if (argc == 2 && strcmp(argv[1], "-h") == 0)
		return puts("usage: smtp-toy PORT") < 0;
	if (argc != 2 || sscanf(argv[1], "%5u%c", &port, &rest) != 1 || port > 65535)
		errx(EX_USAGE, "usage: smtp-toy PORT");
	if (mkdir("mailbox", 0700) != 0 && errno != EEXIST)
		err(EX_IOERR, "mailbox");
	signal(SIGPIPE, SIG_IGN), signal(SIGXFSZ, SIG_IGN); /* write tells of both */
	own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	own.sin_port = htons((in_port_t)port);
	setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(door, (struct sockaddr *)&own, size) != 0 || listen(door, 100) != 0)
		err(EX_TEMPFAIL, "127.0.0.1:%s", argv[1]);
	getsockname(door, (struct sockaddr *)&own, &size);
	dprintf(STDOUT_FILENO, "listening on 127.0.0.1:%d\n", ntohs(own.sin_port));
	for (;;) {
		struct session s = {.peer = accept(door, NULL, NULL), .last = NONE};
		const char *answer = "220 hamburger.edu\r\n";
		setsockopt(s.peer, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
		setsockopt(s.peer, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
		while (dprintf(s.peer, answer, s.argument) > 0 && s.last != QUIT)
			answer = s.last == DATA ? take_message(&s) : obey(&s);
		close(s.peer);
	}
}
