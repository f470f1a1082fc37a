/*
 * smtp-toy: the server of the article's transcript: five commands, one client at a time
 * (A10, A11, B2; RFC 5321). The messages that it accepts become mailbox/1, mailbox/2
 * and so on. Begin with main, at the end, and compare client/talk.c, the other side of
 * the connection.
 *
 *	smtp-toy 2525			and in another window: talk localhost:2525
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>

#define SIZE 1001 /* 1000 octets with CRLF are a line, 1001 are too long */

/* How far the conversation has come, in this order: the command that was obeyed. */
enum last { NOTHING, HELO, MAIL, RCPT, DATA, QUIT };

struct session {
	int peer;
	enum last last;
	char line[SIZE];
	char reply[SIZE];
};

/*
 * The commands: what each takes, what comes before it, and its reply around what it took.
 */
static const struct command {
	const char *words;
	enum { NO_ARGUMENT, NAME, SENDER, RECIPIENT } takes;
	enum last needs, becomes;
	const char *reply, *rest;
} commands[] = {
	{"HELO", NAME, NOTHING, HELO, "250 Hello ", ", pleased to meet you"},
	{"MAIL FROM:", SENDER, HELO, MAIL, "250 ", " ... Sender OK"},
	{"RCPT TO:", RECIPIENT, MAIL, RCPT, "250 ", " ... Recipient OK"},
	{"DATA", NO_ARGUMENT, RCPT, DATA,
		"354 Enter mail, end with \".\" on a line by itself", ""},
	{"QUIT", NO_ARGUMENT, NOTHING, QUIT, "221 hamburger.edu closing connection", ""},
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

/* The argument of a command, without the <> of an address; NULL where it is malformed. */
static char *argument_of(const struct command *c, char *line)
{
	char *text = line + strlen(c->words), *end = line + strlen(line);

	if (strncasecmp(line, c->words, strlen(c->words)) != 0)
		return NULL;
	if (c->takes == NO_ARGUMENT)
		return text == end ? text : NULL;
	if (c->takes == NAME) {
		text += strspn(text, " ");
	} else {
		if (*text == ' ') /* as textbooks print it */
			text++;
		if (*text != '<' || strchr(text, '>') != end - 1)
			return NULL;
		text++;
		end--;
		*end = '\0';
	}
	if (end - text > 254 || (text == end && c->takes != SENDER))
		return NULL; /* only a sender may be nobody: <> */
	for (const char *at = text; at < end; at++)
		if (*at < ' ' || *at > '~' || (*at == ' ' && c->takes == NAME))
			return NULL;
	return text;
}

/* Reads a command and obeys it. Returns the reply. */
static const char *obey(struct session *s)
{
	const char *argument, *wrong = read_line(s);
	const struct command *c = commands;
	const struct command *end = commands + sizeof commands / sizeof *commands;
	size_t verb;

	if (wrong != NULL)
		return wrong;
	verb = strcspn(s->line, " ");
	while (c < end && (verb != 4 || strncasecmp(s->line, c->words, verb) != 0))
		c++;
	if (c == end)
		return "500 unknown command\r\n";
	argument = argument_of(c, s->line);
	if (argument == NULL && (c->takes == SENDER || c->takes == RECIPIENT))
		return "501 MAIL FROM:<you>, RCPT TO:<them>\r\n";
	if (argument == NULL)
		return "501 HELO name, DATA, QUIT\r\n";
	if (s->last < c->needs)
		return "503 wrong order\r\n";
	s->last = c->becomes; /* after DATA take_message reads */
	snprintf(s->reply, SIZE, "%s%s%s\r\n", c->reply, argument, c->rest);
	return s->reply;
}

/*
 * Gives a draft the next free number, once all of it is on disk; then the number has to be
 * on disk too, which the folder keeps.
 */
static bool deliver(int file, const char *draft)
{
	bool stored = fsync(file) == 0;
	char name[32] = "mailbox/1";
	int folder;

	for (int number = 2; stored && link(draft, name) != 0; number++) {
		stored = errno == EEXIST;
		snprintf(name, sizeof name, "mailbox/%d", number);
	}
	if (!stored)
		return false;
	folder = open("mailbox", O_RDONLY);
	stored = fsync(folder) == 0;
	close(folder);
	if (!stored)
		unlink(name);
	return stored;
}

/* Drafts of a server that was killed: 36 hours later nobody writes to them any more. */
static void remove_old_drafts(void)
{
	struct stat draft;
	glob_t found;

	if (glob("mailbox/draft-*", 0, NULL, &found) != 0)
		return;
	for (size_t i = 0; i < found.gl_pathc; i++)
		if (stat(found.gl_pathv[i], &draft) == 0 &&
			draft.st_mtime < time(NULL) - 36 * 3600)
			unlink(found.gl_pathv[i]);
	globfree(&found);
}

/* Reads a message up to the line of one dot. Returns the reply. */
static const char *take_message(struct session *s)
{
	char draft[] = "mailbox/draft-XXXXXX";
	const char *wrong = NULL;
	int file = mkstemp(draft);
	bool written = true;

	while (s->last == DATA) {
		const char *line_is_wrong = read_line(s);
		const char *text = s->line[0] == '.' ? s->line + 1 : s->line;

		if (line_is_wrong != NULL)
			wrong = line_is_wrong;
		else if (strcmp(s->line, ".") == 0)
			s->last = HELO;
		else if (dprintf(file, "%s\n", text) < 0)
			written = false;
	}
	if (wrong == NULL && (!written || !deliver(file, draft)))
		wrong = "452 no room for it now\r\n";
	unlink(draft);
	close(file);
	return wrong != NULL ? wrong : "250 Message accepted for delivery\r\n";
}

/* False where the client is gone, or has taken nothing for too long. */
static bool say(int peer, const char *reply)
{
	while (*reply != '\0') {
		ssize_t n = write(peer, reply, strlen(reply));

		if (n > 0)
			reply += n; /* all of it, or as much as there is room for */
		else if (errno != EINTR)
			return false;
	}
	return true;
}

/* One conversation: a command or a message, and the reply to it, in turn. */
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
	remove_old_drafts();
	signal(SIGPIPE, SIG_IGN); /* write reports that a client is gone, */
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
