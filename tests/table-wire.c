/*
 * table-wire: wire as rows call it: what comes at once, in pieces, and what comes slowly.
 */
#include "table.h"

#include "classroom/row-memory.h"
#include "wire/clock.h"
#include "wire/wire.h"

#include <err.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

/*
 * Reads lines of at most so many octets, WIRE_LINE without an option, and says of each what
 * it is, until the end or another reason to end.
 */
static void tell_lines(const struct row *r, struct wire *w, size_t size)
{
	static const char *const words[] = {
		"line", "bare LF", "NUL", "too long", "end", "time out", "stop"};
	char *line = row_buffer(size);
	enum wire_got got;
	size_t n;

	do {
		got = wire_line(w, line, size, &n);
		fputs(words[got], r->out);
		if (got < WIRE_TOO_LONG) {
			fprintf(r->out, " %zu ", n);
			fwrite(line, 1, n, r->out);
		}
		putc('\n', r->out);
	} while (got < WIRE_END);
}

/* A socket that keeps records lets each piece arrive alone. */
void call_lines(const struct row *r)
{
	static struct wire w;
	size_t at = 0, n;
	char *piece;
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) != 0 &&
		socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
		err(EX_OSERR, "socketpair");
	while (next_piece(r, &at, &piece, &n))
		if (send(pair[1], piece, n, MSG_DONTWAIT) != (ssize_t)n)
			err(EX_OSERR, "too much for a row: %zu octets", r->n);
	shutdown(pair[1], SHUT_WR);
	wire_open(&w, pair[0], pair[0], 5000);
	tell_lines(r, &w, *r->option != '\0' ? strtoul(r->option, NULL, 10) : WIRE_LINE);
	close(pair[0]);
	close(pair[1]);
}

/* A peer that says an octet a millisecond, by the clock of the rows. */
static struct {
	int pair[2]; /* where wire reads, and where it says */
	const char *octets;
	size_t n;
	long long now;
} slow;

/*
 * The clock of the rows, for wire instead of the real one: a program that looks at it, while nothing
 * is there to be read, sees that a millisecond has passed and the next octet has come.
 */
long long clock_milliseconds(void)
{
	char octet;

	if (slow.n > 0 && recv(slow.pair[0], &octet, 1, MSG_PEEK | MSG_DONTWAIT) < 0) {
		if (send(slow.pair[1], slow.octets, 1, 0) != 1)
			err(EX_OSERR, "an octet");
		slow.octets++;
		slow.n--;
		slow.now++;
		if (slow.n == 0)
			shutdown(slow.pair[1], SHUT_WR);
	}
	return slow.now;
}

/* lines in time, spans in time: what comes so slowly, with a limit of so many milliseconds. */
static void open_slowly(const struct row *r, struct wire *w)
{
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, slow.pair) != 0)
		err(EX_OSERR, "socketpair");
	slow.octets = r->in;
	slow.n = r->n;
	wire_open(w, slow.pair[0], slow.pair[0], (int)strtol(r->option, NULL, 10));
}

static void close_slowly(void)
{
	slow.n = 0;
	close(slow.pair[0]);
	close(slow.pair[1]);
}

void call_lines_in_time(const struct row *r)
{
	static struct wire w;

	open_slowly(r, &w);
	tell_lines(r, &w, WIRE_LINE);
	close_slowly();
}

void call_spans_in_time(const struct row *r)
{
	static struct wire w;
	enum wire_got got;
	const char *octets;
	size_t n;

	open_slowly(r, &w);
	while ((got = wire_span(&w, &octets, &n)) == WIRE_GOT) {
		fwrite(octets, 1, n, r->out);
		wire_took(&w, n);
	}
	fputs(got == WIRE_TIME_OUT ? "time out" : "end", r->out);
	close_slowly();
}
