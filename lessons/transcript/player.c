/*
 * player: first it reports a departure, then it says lines, then it reads lines; last
 * comes the whole, which is play(): perform() takes a step of the script.
 */
#include "transcript/player.h"
#include "transcript/reply.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define END_LIMIT 1000 /* milliseconds for anything that should not have been said */

/* What came instead of a line. */
static const char *const instead[] = {
	[HEARD_CLOSE] = "but the other side has closed the connection",
	[HEARD_RESET] = "but the other side has reset the connection",
	[HEARD_NOTHING] = "but the other side is silent"};

static void tell_place(const struct player *p)
{
	fflush(p->out);
	fprintf(p->err, "%s: %s:%lu: ", p->program, p->script.file_name, p->script.line);
}

/*
 * Tells the first departure: expected says in words what was to come; NULL: the line of
 * this step. Returns 1.
 */
static int depart(const struct player *p, const char *expected, enum heard heard)
{
	const struct script *s = &p->script;
	const char *want = expected, *got, *meaning = "this was not to be said";
	int n, length = INT_MAX;

	got = reply_word(p->heard, &n);
	if (expected == NULL) {
		want = reply_word(s->text, &length);
		meaning = reply_meaning(s->text, p->heard);
	}
	if (expected == NULL && s->names.given_up)
		meaning = "what its placeholders stand for was not found";
	tell_place(p);
	if (heard == HEARD_LINE)
		fprintf(p->err, "expected %.*s, got %.*s: %s\n", length, want, n, got,
			meaning);
	else
		fprintf(p->err, "expected %.*s, %s\n", length, want, instead[heard]);
	if (expected == NULL)
		fprintf(p->err, "\texpected  %c:%s\n", p->peer, s->text);
	if (heard == HEARD_LINE)
		fprintf(p->err, "\tgot       %c:%s\n", p->peer, p->heard);
	return 1;
}

/* Either side has said a line. */
static void take_turn(struct player *p, char who, const char *text)
{
	if (who == 'C')
		turn_of_client(&p->turn);
	else
		turn_of_server(&p->turn, text);
}

/* Hears one line into p->heard, of at most size octets, and writes it down. */
static enum heard hear(struct player *p, size_t size)
{
	bool whole = false;

	p->pieces.put = 0;
	p->said.n = 0;
	wire_start_clock(&p->wire);
	while (!whole) {
		const char *octets;
		size_t n;
		enum wire_got got = WIRE_END;

		if (p->end == HEARD_LINE)
			got = wire_span(&p->wire, &octets, &n);
		if (got == WIRE_END && p->end == HEARD_LINE)
			p->end = p->wire.reset ? HEARD_RESET : HEARD_CLOSE;
		if (got != WIRE_GOT && p->said.n > 0)
			break; /* a line without an end */
		if (got != WIRE_GOT)
			return got == WIRE_END ? p->end : HEARD_NOTHING;
		n = n < size - p->said.n ? n : size - p->said.n;
		wire_took(&p->wire, transcript_take(&p->said, octets, n, &whole));
		whole = whole || p->said.n == size;
	}
	transcript_text(p->said.octets, p->said.n, p->heard);
	fprintf(p->out, "%c:%s\n", p->peer, p->heard);
	p->state = PLAYER_HEARD;
	take_turn(p, p->peer, p->heard);
	return HEARD_LINE;
}

/*
 * Whether the peer has not waited for what we are going to say: a server, with a reply
 * to a command that was not said; a client, with a command after the one that we
 * answer. After {lines} nobody knows where a reply has ended.
 */
static bool is_out_of_step(struct player *p)
{
	if (!p->in_step || p->state != PLAYER_HEARD || p->after_lines)
		return false;
	if (p->me == 'C')
		return p->turn.owed == 0 && wire_has_come(&p->wire);
	if (p->script.free_text || strncmp(p->script.text, "421", 3) == 0 ||
		(p->turn.message && strcmp(p->heard, ".") != 0))
		return false; /* HTTP; or we break in, by 421 or within a message */
	return p->turn.owed == 1 && !turn_goes_on(&p->turn, p->heard) &&
	       wire_has_come(&p->wire);
}

/* Our turn: says the line of this step. */
static int say(struct player *p)
{
	long n = placeholder_octets(&p->script.names, p->script.text, p->octets);
	char text[TRANSCRIPT_TEXT];

	if (p->script.step == STEP_LINES || n < 0 || n > TRANSCRIPT_LINE) {
		tell_place(p);
		fprintf(p->err,
			"this cannot be said: only a {NAME} that was heard before has "
			"a meaning, and a line has at most %d octets; is this the side "
			"to play? C: is played without -l, S: with -l\n",
			TRANSCRIPT_LINE);
		return EX_DATAERR;
	}
	if (is_out_of_step(p))
		return depart(p, "nothing before we speak", hear(p, TRANSCRIPT_LINE));
	transcript_text(p->octets, (size_t)n, text);
	fprintf(p->out, "%c:%s\n", p->me, text);
	p->state = PLAYER_UNHEARD;
	take_turn(p, p->me, text);
	pieces_put(&p->pieces, p->octets, (size_t)n);
	if (p->wire.broken)
		return depart(p, "to be heard", hear(p, TRANSCRIPT_LINE));
	return 0;
}

/* Whether the line heard is what this step expects. */
static bool as_expected(struct player *p)
{
	const char *text = p->script.text;

	if (p->exact || p->peer == 'C')
		return placeholder_matches(&p->script.names, text, p->heard);
	return placeholder_matches_code(&p->script.names, text, p->heard);
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
			return depart(p, "the rest of the reply", heard);
	}
	return 0;
}

/* How many octets to hear: a line, or so many as this step has without a line end. */
static size_t octets_to_hear(struct player *p)
{
	long n;

	if (transcript_end(p->script.text) != TEXT_NO_END)
		return TRANSCRIPT_LINE;
	n = placeholder_octets(&p->script.names, p->script.text, p->octets);
	return n > 0 && n < TRANSCRIPT_LINE ? (size_t)n : TRANSCRIPT_LINE;
}

/* The peer's turn: hears a line, or where only codes count a whole reply. */
static int expect(struct player *p)
{
	bool goes_on = reply_goes_on(p->script.text);
	enum heard heard = HEARD_LINE;
	int status = 0;

	p->after_lines = false;
	if (p->state == PLAYER_IN_REPLY) {
		p->state = goes_on ? PLAYER_IN_REPLY : PLAYER_HEARD;
		return 0;
	}
	if (p->state != PLAYER_AHEAD)
		heard = hear(p, octets_to_hear(p));
	p->state = PLAYER_HEARD;
	if (heard != HEARD_LINE || !as_expected(p))
		return depart(p, NULL, heard);
	if (!p->exact && p->peer == 'S' && !p->script.free_text) {
		status = hear_rest(p);
		p->state = goes_on ? PLAYER_IN_REPLY : PLAYER_HEARD;
	}
	return status;
}

/*
 * {lines} up to the line of this step, or where it is the rest of a reply, up to its
 * end.
 */
static int hear_up_to_step(struct player *p, bool rest_of_reply)
{
	enum heard heard;

	do {
		heard = hear(p, TRANSCRIPT_LINE);
		if (heard != HEARD_LINE)
			return depart(p, NULL, heard);
		if (as_expected(p)) {
			p->state = PLAYER_AHEAD;
			return 0;
		}
	} while (!rest_of_reply || reply_goes_on(p->heard));
	return depart(p, NULL, heard);
}

/*
 * {lines}, any number of them. Where they end depends on the next step, which is read
 * here:
 *	the peer says a line     at the first line that is like it
 *	the peer ends            where it ends
 *	our turn                 at the end of the reply, which may have begun
 *	nothing                  farewell() hears them
 */
static int expect_lines(struct player *p)
{
	struct script *s = &p->script;
	bool goes_on = !s->free_text && reply_goes_on(p->heard);

	p->after_lines = true;
	script_next(s);
	if (s->step == STEP_END) {
		p->state = PLAYER_LAST_LINES;
		return 0;
	}
	if (s->step == STEP_SAID && s->who == p->peer && p->state != PLAYER_IN_REPLY)
		return hear_up_to_step(p, p->state == PLAYER_HEARD && goes_on);
	if (s->who == p->peer && (s->step == STEP_CLOSES || s->step == STEP_RESETS)) {
		while (hear(p, TRANSCRIPT_LINE) == HEARD_LINE)
			;
		return 0;
	}
	if (p->state == PLAYER_UNHEARD) {
		enum heard heard = hear(p, TRANSCRIPT_LINE);

		if (heard != HEARD_LINE)
			return depart(p, "lines", heard);
	}
	return hear_rest(p);
}

/* A line that begins with !: a side closes or resets, or both are silent. */
static int event(struct player *p)
{
	bool resets = p->script.step == STEP_RESETS;
	long wait = p->script.milliseconds;
	struct linger at_once = {1, 0};
	enum heard heard;

	wire_flush(&p->wire);
	if (p->script.step == STEP_WAIT) {
		fprintf(p->out, "!wait %g\n", (double)wait / 1000);
		nanosleep(&(struct timespec){wait / 1000, wait % 1000 * 1000000}, NULL);
		return 0;
	}
	if (p->state == PLAYER_IN_REPLY)
		p->state = PLAYER_HEARD; /* it has ended in any case */
	if (p->script.who == p->peer) {
		heard = hear(p, TRANSCRIPT_LINE);
		if (heard != (resets ? HEARD_RESET : HEARD_CLOSE))
			return depart(p, resets ? "a reset" : "the end", heard);
	} else if (resets) {
		setsockopt(p->wire.out, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
		p->state = PLAYER_RESET;
	} else {
		shutdown(p->wire.out, SHUT_WR);
	}
	fprintf(p->out, "!%c %s\n", p->script.who, resets ? "resets" : "closes");
	return 0;
}

/* After the last step nothing more may come. */
static int farewell(struct player *p)
{
	bool lines = p->state == PLAYER_LAST_LINES;
	enum heard heard;

	wire_flush(&p->wire);
	shutdown(p->wire.out, SHUT_WR);
	p->wire.idle = END_LIMIT;
	do
		heard = hear(p, TRANSCRIPT_LINE);
	while (heard == HEARD_LINE && lines);
	return heard == HEARD_LINE ? depart(p, "nothing more", heard) : 0;
}

/* Performs the step that was read, and reads the next. */
static int perform(struct player *p)
{
	struct script *s = &p->script;
	bool theirs = s->who == p->peer;
	int status;

	if (s->step == STEP_LINES && theirs)
		return expect_lines(p); /* which reads the next */
	if (s->step == STEP_SAID || s->step == STEP_LINES)
		status = theirs ? expect(p) : say(p);
	else
		status = event(p);
	if (status == 0)
		script_next(s);
	return status;
}

int play(struct player *p, int fd)
{
	int status = 0;

	wire_open(&p->wire, fd, fd, p->limit);
	p->state = PLAYER_UNHEARD;
	p->end = HEARD_LINE;
	p->pieces.wire = &p->wire;
	p->pieces.limit = p->limit;
	p->pieces.put = 0;
	p->turn = (struct turn){.owed = 1};
	p->after_lines = false;
	p->heard[0] = '\0';
	script_rewind(&p->script);
	script_next(&p->script);
	while (status == 0 && p->script.step != STEP_END && p->state != PLAYER_RESET)
		status = perform(p);
	if (p->state == PLAYER_RESET) {
		close(fd); /* at once, with all that is held */
		return status;
	}
	if (status == 0)
		status = farewell(p);
	wire_close(&p->wire);
	return status;
}
