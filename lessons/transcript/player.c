/* player: see player.h. First what is said, then what is heard, then the whole. */
#include "transcript/player.h"
#include "transcript/reply.h"

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
static int depart(struct player *p, const char *expected, bool said, enum heard heard)
{
	static const char *const instead[] = {"",
		"but the other side has closed the connection",
		"but the other side has reset the connection",
		"but the other side is silent"};
	int n = (int)strlen(expected), m;
	const char *want = said ? reply_word(expected, &n) : expected;
	const char *got = reply_word(p->heard, &m);

	fflush(stdout);
	if (heard == HEARD_LINE)
		warnx("%s:%lu: expected %.*s, got %.*s: %s", p->script.file_name,
			p->script.line, n, want, m, got,
			said ? reply_meaning(expected, p->heard)
			     : "this was not to be said");
	else
		warnx("%s:%lu: expected %.*s, %s", p->script.file_name, p->script.line, n,
			want, instead[heard]);
	if (said)
		fprintf(stderr, "\texpected  %c:%s\n", p->peer, expected);
	if (heard == HEARD_LINE)
		fprintf(stderr, "\tgot       %c:%s\n", p->peer, p->heard);
	return 1;
}

/* Writes octets as they are, or in the pieces of -c, each to arrive alone. */
static void put(struct player *p, const char *octets, size_t n)
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

/* Hears one line into p->heard, of at most size octets, and prints it. */
static enum heard hear(struct player *p, size_t size)
{
	bool whole = false;

	p->put = 0;
	p->said.n = 0;
	wire_start_clock(&p->wire);
	while (!whole) {
		const char *octets;
		size_t n;
		enum wire_got got = p->end == HEARD_LINE
					    ? wire_span(&p->wire, &octets, &n)
					    : WIRE_END;

		if (got == WIRE_END && p->end == HEARD_LINE)
			p->end = p->wire.reset ? HEARD_RESET : HEARD_CLOSE;
		if (got != WIRE_GOT && p->said.n == 0)
			return got == WIRE_END ? p->end : HEARD_NOTHING;
		if (got != WIRE_GOT)
			break; /* a line without an end */
		n = n < size - p->said.n ? n : size - p->said.n;
		wire_took(&p->wire, transcript_take(&p->said, octets, n, &whole));
		whole = whole || p->said.n == size;
	}
	transcript_text(p->said.octets, p->said.n, p->heard);
	printf("%c:%s\n", p->peer, p->heard);
	p->answered = true;
	return HEARD_LINE;
}

/* Our turn: says the line of this step. */
static int say(struct player *p)
{
	long n = placeholder_octets(&p->script.names, p->script.text, p->octets);
	char text[TRANSCRIPT_TEXT];

	if (p->script.step == STEP_LINES || n < 0 || n > TRANSCRIPT_LINE) {
		fflush(stdout);
		warnx("%s:%lu: this cannot be said: only a {NAME} that was heard "
		      "before has a meaning, and a line has at most %d octets; is this "
		      "the side to play? C: is played without -l, S: with -l",
			p->script.file_name, p->script.line, TRANSCRIPT_LINE);
		return EX_DATAERR;
	}
	transcript_text(p->octets, (size_t)n, text);
	printf("%c:%s\n", p->me, text);
	p->answered = false;
	put(p, p->octets, (size_t)n);
	return p->wire.broken ? depart(p, "to be heard", false, hear(p, TRANSCRIPT_LINE))
			      : 0;
}

/* Whether the line heard is what this step expects. */
static bool as_expected(struct player *p)
{
	const char *text = p->script.text;

	if (placeholder_matches(&p->script.names, text, p->heard))
		return true;
	return !p->exact && p->peer == 'S' &&
	       transcript_end(text) == transcript_end(p->heard) &&
	       reply_same_code(text, p->heard);
}

/* Hears the rest of a reply: all its lines are like the first (RFC 5321, 4.2.1). */
static int hear_rest(struct player *p)
{
	while (reply_goes_on(p->heard)) {
		char code[] = {p->heard[0], p->heard[1], p->heard[2], '\0'};
		int end = transcript_end(p->heard);
		enum heard heard = hear(p, TRANSCRIPT_LINE);

		if (heard != HEARD_LINE || !reply_same_code(code, p->heard) ||
			transcript_end(p->heard) != end)
			return depart(p, "the rest of the reply", false, heard);
	}
	return 0;
}

/* The peer's turn: hears a line, or where only codes count a whole reply. */
static int expect(struct player *p)
{
	const char *text = p->script.text;
	bool whole_reply = !p->exact && p->peer == 'S' && !p->script.free_text;
	size_t size = TRANSCRIPT_LINE;
	enum heard heard = HEARD_LINE;

	if (p->in_reply) {
		p->in_reply = reply_goes_on(text);
		return 0;
	}
	if (transcript_end(text) == TEXT_NO_END) {
		long n = placeholder_octets(&p->script.names, text, p->octets);

		size = n > 0 && n < TRANSCRIPT_LINE ? (size_t)n : size;
	}
	if (!p->again)
		heard = hear(p, size);
	p->again = false;
	if (heard != HEARD_LINE || !as_expected(p))
		return depart(p, text, true, heard);
	p->in_reply = whole_reply && reply_goes_on(text);
	return whole_reply ? hear_rest(p) : 0;
}

/*
 * {lines}, any number of them. Where they end depends on the next step, which is read
 * here:
 *	the peer says a line     at the line that is like it; expect() is not to hear
 *	                         another (p->again)
 *	the peer ends            where it ends
 *	our turn                 at the end of the reply (p->answered: one has begun)
 *	nothing                  farewell() hears them (p->more)
 */
static int expect_lines(struct player *p)
{
	struct script *s = &p->script;
	enum heard heard = HEARD_LINE;
	bool rest = p->answered && !s->free_text && reply_goes_on(p->heard);

	script_next(s);
	if (s->step == STEP_SAID && s->who == p->peer && !p->in_reply) {
		p->again = true;
		do
			heard = hear(p, TRANSCRIPT_LINE);
		while (heard == HEARD_LINE && !as_expected(p) &&
			(!rest || reply_goes_on(p->heard)));
		return heard == HEARD_LINE && as_expected(p)
			       ? 0
			       : depart(p, s->text, true, heard);
	}
	p->more = s->step == STEP_END;
	if (p->more)
		return 0;
	if (s->who == p->peer && (s->step == STEP_CLOSES || s->step == STEP_RESETS)) {
		while (hear(p, TRANSCRIPT_LINE) == HEARD_LINE)
			;
		return 0;
	}
	if (!p->answered)
		heard = hear(p, TRANSCRIPT_LINE);
	return heard == HEARD_LINE ? hear_rest(p) : depart(p, "lines", false, heard);
}

/* A line that begins with !: a side closes or resets, or both are silent. */
static int event(struct player *p)
{
	bool resets = p->script.step == STEP_RESETS;
	struct linger at_once = {1, 0};
	enum heard heard;

	wire_flush(&p->wire);
	if (p->script.step == STEP_WAIT) {
		printf("!wait %g\n", (double)p->script.milliseconds / 1000);
		pause_for(p->script.milliseconds);
		return 0;
	}
	p->in_reply = false;
	if (p->script.who == p->peer) {
		heard = hear(p, TRANSCRIPT_LINE);
		if (heard != (resets ? HEARD_RESET : HEARD_CLOSE))
			return depart(p, resets ? "a reset" : "the end", false, heard);
	} else if (resets) {
		setsockopt(p->wire.out, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
		p->reset = true;
	} else {
		shutdown(p->wire.out, SHUT_WR);
	}
	printf("!%c %s\n", p->script.who, resets ? "resets" : "closes");
	return 0;
}

/* After the last step nothing more may come. */
static int farewell(struct player *p)
{
	enum heard heard;

	wire_flush(&p->wire);
	shutdown(p->wire.out, SHUT_WR);
	p->wire.idle = END_LIMIT;
	do
		heard = hear(p, TRANSCRIPT_LINE);
	while (heard == HEARD_LINE && p->more);
	return heard == HEARD_LINE ? depart(p, "nothing more", false, heard) : 0;
}

int play(struct player *p, int fd)
{
	struct script *s = &p->script;
	int status = 0;

	wire_open(&p->wire, fd, fd, p->limit);
	p->again = p->in_reply = p->reset = p->more = p->answered = false;
	p->end = HEARD_LINE;
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
