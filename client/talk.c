/*
 * talk: a conversation with a server by hand, as the article has it with nc (A9, A13;
 * RFC 5321, 2.3.8). Lines go out with CRLF; all that is said is shown as a transcript.
 * Begin with main, at the end, and compare server/smtp-toy.c, the other side.
 *
 *	talk localhost:2525
 */
#include <err.h>
#include <locale.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
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
	FILE *out;     /* the same: what goes there is written whole */
	bool terminal; /* it shows what is typed, and a prompt */
	enum { NOTHING_TYPED, PROMPTED, WITHIN_LINE, ENDED } typed;
	struct side c, s;
};

/*
 * Shows the next character of a line. What could harm a terminal or be misread is
 * escaped. Returns how many octets that was.
 */
static size_t show_character(const char *p, size_t left, bool is_last)
{
	mbstate_t start = {0};
	wchar_t character = 0;
	size_t length = mbrtowc(&character, p, left, &start);

	if (*p == '\r') {
		fputs("\\r", stdout);
		return 1;
	}
	if (length > left || iswcntrl((wint_t)character) || (*p == ' ' && is_last)) {
		printf("\\x%02x", (unsigned char)*p);
		return 1;
	}
	if (*p == '\\' || *p == '{')
		putchar(*p); /* these two are doubled */
	fwrite(p, 1, length, stdout);
	return length;
}

/* Shows a line, or a part of one, and how it ended: "" is CRLF. */
static void show(struct side *side, size_t length, const char *end)
{
	size_t shown = 0;

	printf("%c:", side->name);
	while (shown < length) {
		bool is_last = shown + 1 == length && *end == '\0';

		shown += show_character(side->line + shown, length - shown, is_last);
	}
	puts(end);
	side->length = 0;
}

/* A side says an octet: LF ends its line; an unfinished line of the other side is cut. */
static void say(struct side *side, struct side *other, char octet)
{
	size_t before = side->length;

	if (other->length > 0)
		show(other, other->length, "\\c");
	side->line[before] = octet;
	side->length++;
	if (octet == '\n' && before > 0 && side->line[before - 1] == '\r')
		show(side, before - 1, "");
	else if (octet == '\n')
		show(side, before, "\\n");
	else if (side->length == sizeof side->line)
		show(side, side->length, "\\c");
}

/* Removes the prompt: what is shown next replaces it. */
static void take_prompt_back(struct talk *t)
{
	if (t->typed == PROMPTED) {
		putchar('\r');
		t->typed = NOTHING_TYPED;
	}
}

/* Lines are typed with LF, Enter, and go out with CRLF; so does a last one without. */
static void type(struct talk *t)
{
	char typed[4096], said[2 * sizeof typed];
	ssize_t n = read(STDIN_FILENO, typed, sizeof typed);
	size_t length = 0;

	for (ssize_t i = 0; i < n; i++) {
		if (typed[i] == '\n')
			said[length++] = '\r';
		if (typed[i] != '\r')
			said[length++] = typed[i];
	}
	if (n > 0) {
		t->typed = typed[n - 1] == '\n' ? NOTHING_TYPED : WITHIN_LINE;
	} else {
		if (t->typed == WITHIN_LINE) {
			said[length++] = '\r';
			said[length++] = '\n';
		}
		take_prompt_back(t);
		t->typed = ENDED;
	}
	for (size_t i = 0; i < length && !t->terminal; i++)
		say(&t->c, &t->s, said[i]);
	fwrite(said, 1, length, t->out);
	if (fflush(t->out) != 0 || t->typed == ENDED)
		shutdown(t->server, SHUT_WR);
}

/* What the server says is shown. False at its end. */
static bool hear(struct talk *t)
{
	char heard[4096];
	ssize_t n = read(t->server, heard, sizeof heard);

	take_prompt_back(t);
	for (ssize_t i = 0; i < n; i++)
		say(&t->s, &t->c, heard[i]);
	if (n <= 0 && t->s.length > 0)
		show(&t->s, t->s.length, "\\c");
	if (n < 0)
		errx(EX_IOERR, "the connection was lost");
	return n > 0;
}

/* Waits for either side. False when the conversation is over. */
static bool converse(struct talk *t)
{
	struct pollfd fds[] = {{t->server, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
	int limit = -1;

	if (t->typed == ENDED)
		fds[1].fd = -1;
	if (t->typed == NOTHING_TYPED && t->terminal)
		limit = 50; /* milliseconds of silence: it is our turn */
	if (poll(fds, 2, limit) == 0) {
		fputs("C:", stdout);
		t->typed = PROMPTED;
	}
	if (fds[0].revents != 0 && !hear(t))
		return false;
	if (fds[1].revents != 0)
		type(t);
	return fflush(stdout) == 0;
}

/* Each address of the host is tried, until one answers. */
static FILE *dial(const char *host, const char *port)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *all;

	if (getaddrinfo(host, port, &hints, &all) != 0)
		errx(EX_TEMPFAIL, "%s:%s: no such host or port", host, port);
	for (struct addrinfo *a = all; a != NULL; a = a->ai_next) {
		int server = socket(a->ai_family, a->ai_socktype, 0);

		if (server >= 0 && connect(server, a->ai_addr, a->ai_addrlen) == 0) {
			freeaddrinfo(all);
			return fdopen(server, "w");
		}
		if (server >= 0)
			close(server);
	}
	err(EX_TEMPFAIL, "%s:%s", host, port);
}

int main(int argc, char **argv)
{
	struct talk t = {.c.name = 'C', .s.name = 'S'};
	const char *where = argc == 2 ? argv[1] : "";
	char host[256], port[32];

	if (strcmp(where, "-h") == 0) {
		puts("usage: talk HOST:PORT");
		return fflush(stdout) == 0 ? EX_OK : EX_IOERR;
	}
	if (sscanf(where, "[%255[^]]]:%31s", host, port) != 2 &&
		sscanf(where, "%255[^:]:%31s", host, port) != 2)
		errx(EX_USAGE, "usage: talk HOST:PORT");
	if (strtoul(port, NULL, 10) > 65535) /* getaddrinfo would cut it */
		errx(EX_USAGE, "%s: a port is at most 65535", where);
	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
		setlocale(LC_CTYPE, "en_US.UTF-8");
	signal(SIGPIPE, SIG_IGN); /* write reports that the server is gone */
	t.terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	t.out = dial(host, port);
	t.server = fileno(t.out);
	while (converse(&t))
		continue;
	tcflush(STDIN_FILENO, TCIFLUSH); /* what is half typed is not for the shell */
	return ferror(stdout) ? EX_IOERR : EX_OK;
}
