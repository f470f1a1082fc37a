/*
 * talk: a conversation with a server by hand, as the article has it with nc (A9, A13;
 * RFC 5321, 2.3.8). Lines go out with CRLF; all that is said is shown as a transcript.
 * Type talk localhost:2525, and compare it with server/smtp-toy.c, the other side.
 */
#include <err.h>
#include <locale.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>
#include <sys/socket.h>

struct side {
	char name; /* C, the client, or S, the server */
	size_t length;
	char line[8192]; /* said and not yet shown; a longer line is shown in pieces */
};

struct talk {
	int server;
	struct side c, s;
	bool terminal, prompted, begun, ended; /* how far what is typed has come */
};

/* A line of the transcript. What could harm a terminal or be misread is escaped. */
static void show(struct side *side, size_t length, const char *end)
{
	printf("%c:", side->name);
	for (size_t i = 0, n; i < length; i += n) {
		const char *p = side->line + i;
		wchar_t character = 0;
		n = mbrtowc(&character, p, length - i, &(mbstate_t){0});
		if (n > length || iswcntrl((wint_t)character) ||
			(*p == ' ' && i + 1 == length && *end == '\0'))
			n = printf(*p == '\r' ? "\\r" : "\\x%02x", *p & 0xffU) > 0;
		else /* a backslash and a brace are doubled */
			printf("%.*s%.*s", *p == '\\' || *p == '{', p, (int)n, p);
	}
	puts(end);
	side->length = 0;
}

/* A side says a byte: LF ends its line; an unfinished line of the other side is cut. */
static void say(struct side *side, struct side *other, char byte)
{
	size_t n = side->length++;

	if (other->length > 0)
		show(other, other->length, "\\c");
	side->line[n] = byte;
	if (byte == '\n' && n > 0 && side->line[n - 1] == '\r')
		show(side, n - 1, "");
	else if (byte == '\n' || n + 1 == sizeof side->line)
		show(side, byte == '\n' ? n : n + 1, byte == '\n' ? "\\n" : "\\c");
}

/* Lines are typed with LF, Enter, and go out with CRLF; so does a last one without. */
static void type(struct talk *t)
{
	char typed[4096] = "\n", line[2 * sizeof typed];
	ssize_t n = read(STDIN_FILENO, typed, sizeof typed), length = 0;
	t->ended = n <= 0;
	for (ssize_t i = 0; i < n || (t->ended && t->begun); i++) {
		if (typed[i] == '\n')
			line[length++] = '\r';
		if (typed[i] != '\r')
			line[length++] = typed[i];
		t->begun = typed[i] != '\n';
		t->prompted = false;
	}
	for (ssize_t i = 0; i < length && !t->terminal; i++) /* it has shown that */
		say(&t->c, &t->s, line[i]);
	if (write(t->server, line, (size_t)length) < 0 || t->ended)
		shutdown(t->server, SHUT_WR);
}

/* What the server says is shown, over the prompt if there is one. False at its end. */
static bool hear(struct talk *t)
{
	char heard[4096];
	ssize_t n = read(t->server, heard, sizeof heard);
	if (t->prompted)
		t->prompted = putchar('\r') == EOF;
	for (ssize_t i = 0; i < n; i++)
		say(&t->s, &t->c, heard[i]);
	if (n <= 0 && t->s.length > 0)
		show(&t->s, t->s.length, "\\c");
	if (n < 0)
		errx(EX_IOERR, "the connection was lost");
	return n > 0;
}

static bool converse(struct talk *t)
{
	struct pollfd fds[] = {{t->server, POLLIN, 0}, {t->ended ? -1 : 0, POLLIN, 0}};
	bool may_prompt = t->terminal && !t->prompted && !t->begun && !t->ended;
	if (poll(fds, 2, may_prompt ? 50 : -1) == 0) /* ms of silence: it is our turn */
		t->prompted = fputs("C:", stdout) != EOF;
	if (fds[0].revents && !hear(t))
		return false;
	if (fds[1].revents)
		type(t);
	return fflush(stdout) == 0;
}

static int dial(const char *host, const char *port)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *all, *a;
	int server = -1;
	if (getaddrinfo(host, port, &hints, &all) != 0)
		errx(EX_TEMPFAIL, "%s:%s: no such host or port", host, port);
	for (a = all; a != NULL && server < 0; a = a->ai_next)
		if ((server = socket(a->ai_family, a->ai_socktype, 0)) >= 0 &&
			connect(server, a->ai_addr, a->ai_addrlen) != 0)
			server = -1;
	if (server < 0)
		err(EX_TEMPFAIL, "%s:%s", host, port);
	freeaddrinfo(all);
	return server;
}

int main(int argc, char **argv)
{
	struct talk t = {
		.c.name = 'C', .s.name = 'S', .terminal = isatty(0) && isatty(1)};
	const char *where = argc == 2 ? argv[1] : "";
	char host[256], port[32];
	if (strcmp(where, "-h") == 0)
		return puts("usage: talk HOST:PORT") < 0;
	if (sscanf(where, "[%255[^]]]:%31s", host, port) != 2 &&
		sscanf(where, "%255[^:]:%31s", host, port) != 2)
		errx(EX_USAGE, "usage: talk HOST:PORT");
	(void)(setlocale(LC_CTYPE, "C.UTF-8") || setlocale(LC_CTYPE, "en_US.UTF-8"));
	signal(SIGPIPE, SIG_IGN);
	t.server = dial(host, port);
	while (converse(&t))
		;
	tcflush(STDIN_FILENO, TCIFLUSH); /* what is half typed is not for the shell */
	return ferror(stdout) ? EX_IOERR : EX_OK;
}
