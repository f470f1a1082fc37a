/* perform: see perform.h. First what is said, then what is heard, then the whole. */
#include "perform.h"
#include "reply.h"

#include <err.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define END_LIMIT   1000 /* milliseconds for anything that should not have been said */
#define PIECE_PAUSE 2	 /* between two pieces */

static void pause_for(long milliseconds)
{
	struct timespec t = {milliseconds / 1000, milliseconds % 1000 * 1000000};

	nanosleep(&t, NULL);
}

/* Tells the first departure; said is what was expected as a line. Returns 1. */
static int depart(
	struct performance *p, const char *expected, bool said, enum heard heard)
{
	static const char *const nothing[] = {"",
		"the other side has closed the connection",
		"the other side has reset the connection",
		"nothing: the other side is silent"};
	size_t n = strlen(expected), m;
	const char *want = said ? reply_code(expected, &n) : expected;
	const char *got = reply_code(p->heard, &m);

	fflush(stdout);
	if (heard == HEARD_LINE)
		warnx("%s:%lu: expected %.*s, got %.*s: %s", p->script.file_name,
			p->script.line, (int)n, want, (int)m, got,
			said ? reply_meaning(expected, p->heard)
			     : "this was not to be said");
	else
		warnx("%s:%lu: expected %.*s, got %s", p->script.file_name,
			p->script.line, (int)n, want, nothing[heard]);
	if (said)
		fprintf(stderr, "\texpected  %c:%s\n", p->peer, expected);
	if (heard == HEARD_LINE)
		fprintf(stderr, "\tgot       %c:%s\n", p->peer, p->heard);
	return 1;
}

/* Writes octets as they are, or in the pieces of -c, each to arrive alone. */
static void put(struct performance *p, const char *octets, size_t n)
{
	if (p->piece == 0) {
		wire_put(&p->wire, octets, n);
		return;
	}
	while (n > 0) {
		size_t fits = n < p->piece - p->put ? n : p->piece - p->put;

		wire_put(&p->wire, octets, fits);
		octets += fits;
		n -= fits;
		p->put += fits;
		if (p->put == p->piece) {
			wire_flush(&p->wire);
			pause_for(PIECE_PAUSE);
			p->put = 0;
		}
	}
}

/* Our turn: says the line of this step. */
static int say(struct performance *p)
{
	long n = placeholder_octets(&p->script.names, p->script.text, p->octets);
	char text[TRANSCRIPT_TEXT];

	if (p->script.step == STEP_LINES || n < 0 || n > TRANSCRIPT_LINE) {
		fflush(stdout);
		warnx("%s:%lu: this cannot be said: only a {NAME} that was heard "
		      "before has a "
		      "meaning, and a line has at most %d octets",
			p->script.file_name, p->script.line, TRANSCRIPT_LINE);
		return EX_DATAERR;
	}
	transcript_text(p->octets, (size_t)n, text);
	printf("%c:%s\n", p->me, text);
	put(p, p->octets, (size_t)n);
	return 0;
}

/* Hears one line into p->heard, of at most size octets, and prints it. */
static enum heard hear(struct performance *p, size_t size)
{
	bool whole = false;

	p->put = 0;
	p->said.n = 0;
	while (!whole) {
		const char *octets;
		size_t n;
		enum wire_got got = wire_span(&p->wire, &octets, &n);

		if (got != WIRE_GOT && p->said.n == 0)
			return got == WIRE_TIME_OUT ? HEARD_NOTHING
			       : p->wire.reset	    ? HEARD_RESET
						    : HEARD_CLOSE;
		if (got != WIRE_GOT)
			break; /* a line without an end */
		n = n < size - p->said.n ? n : size - p->said.n;
		wire_took(&p->wire, transcript_take(&p->said, octets, n, &whole));
		whole = whole || p->said.n == size;
	}
	transcript_text(p->said.octets, p->said.n, p->heard);
	printf("%c:%s\n", p->peer, p->heard);
	return HEARD_LINE;
}

/* Whether the line heard is what this step expects. */
static bool as_expected(struct performance *p)
{
	size_t n, m;
	const char *code, *other;

	if (placeholder_matches(&p->script.names, p->script.text, p->heard))
		return true;
	if (p->exact || p->peer == 'C')
		return false;
	code = reply_code(p->script.text, &n);
	other = reply_code(p->heard, &m);
	return n == m && memcmp(code, other, n) == 0;
}

/* The peer's turn: hears a line, or where only codes count a whole reply. */
static int expect(struct performance *p)
{
	const char *text = p->script.text;
	bool whole_reply = !p->exact && p->peer == 'S';
	size_t size = TRANSCRIPT_LINE, end = strlen(text);
	enum heard heard = HEARD_LINE;

	if (p->in_reply) {
		p->in_reply = reply_goes_on(text);
		return 0;
	}
	if (end >= 2 && strcmp(text + end - 2, "\\c") == 0) {
		long n = placeholder_octets(&p->script.names, text, p->octets);

		size = n > 0 && n < TRANSCRIPT_LINE ? (size_t)n : size;
	}
	if (!p->again)
		heard = hear(p, size);
	p->again = false;
	if (heard != HEARD_LINE || !as_expected(p))
		return depart(p, text, true, heard);
	while (whole_reply && reply_goes_on(p->heard) && heard == HEARD_LINE)
		heard = hear(p, TRANSCRIPT_LINE);
	p->in_reply = whole_reply && reply_goes_on(text);
	return heard == HEARD_LINE ? 0
				   : depart(p, "the rest of the reply", false, heard);
}

/*
 * {lines}: hears lines until one is what the peer says next in the transcript, or
 * until it closes where that comes next, else to the end of its reply. Moves on to
 * the next step by itself.
 */
static int expect_lines(struct performance *p)
{
	enum heard heard = HEARD_LINE;

	script_next(&p->script);
	if (p->script.step == STEP_SAID && p->script.who == p->peer && !p->in_reply) {
		do
			heard = hear(p, TRANSCRIPT_LINE);
		while (heard == HEARD_LINE && !as_expected(p));
		p->again = true;
		return heard == HEARD_LINE ? 0 : depart(p, p->script.text, true, heard);
	}
	while (heard == HEARD_LINE &&
		(reply_goes_on(p->heard) || p->script.step == STEP_CLOSES))
		heard = hear(p, TRANSCRIPT_LINE);
	return heard == HEARD_LINE || p->script.step == STEP_CLOSES
		       ? 0
		       : depart(p, "the rest of the reply", false, heard);
}

/* A line that begins with !: a side closes or resets, or both are silent. */
static int event(struct performance *p)
{
	bool resets = p->script.step == STEP_RESETS;
	struct linger at_once = {1, 0};
	enum heard heard;

	wire_flush(&p->wire);
	p->in_reply = false;
	if (p->script.step == STEP_WAIT) {
		printf("!wait %g\n", (double)p->script.milliseconds / 1000);
		pause_for(p->script.milliseconds);
		return 0;
	}
	if (p->script.who == p->peer) {
		heard = hear(p, TRANSCRIPT_LINE);
		if (heard != (resets ? HEARD_RESET : HEARD_CLOSE))
			return depart(p, resets ? "a reset" : "the end", false, heard);
	} else if (resets) {
		setsockopt(
			p->wire.out, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
		p->reset = true;
	} else {
		shutdown(p->wire.out, SHUT_WR);
	}
	printf("!%c %s\n", p->script.who, resets ? "resets" : "closes");
	return 0;
}

/* After the last step nothing more may come. */
static int farewell(struct performance *p)
{
	enum heard heard;

	wire_flush(&p->wire);
	shutdown(p->wire.out, SHUT_WR);
	p->wire.idle = END_LIMIT;
	heard = hear(p, TRANSCRIPT_LINE);
	return heard == HEARD_LINE ? depart(p, "nothing more", false, heard) : 0;
}

/* One conversation, from the first step to the last or to the first departure. */
int perform(struct performance *p, int fd)
{
	struct script *s = &p->script;
	int status = 0;

	wire_open(&p->wire, fd, fd, p->limit);
	p->again = p->in_reply = p->reset = false;
	p->put = 0;
	p->heard[0] = '\0';
	script_rewind(s);
	script_next(s);
	while (status == 0 && s->step != STEP_END && !p->reset) {
		bool theirs = s->who == p->peer;

		if (s->step == STEP_LINES && theirs) {
			status = expect_lines(p);
			continue;
		}
		if (s->step == STEP_SAID || s->step == STEP_LINES) {
			p->in_reply = p->in_reply && theirs;
			status = theirs ? expect(p) : say(p);
		} else {
			status = event(p);
		}
		if (status == 0)
			script_next(s);
	}
	if (status == 0 && !p->reset)
		status = farewell(p);
	if (p->reset)
		close(fd);
	else
		wire_close(&p->wire);
	return status;
}
