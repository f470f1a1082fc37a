/*
 * rows-02: wire_next_line, called until no line comes any more.
 *
 *	wire_next_line("QUIT\r\n", 1000, closes)	WIRE_GOT "QUIT", WIRE_END length=0
 *
 * Length is told where it is not that of the octets.
 */
#include "classroom/row-peer.h"

#define LINES 20 /* at most; then it would never end */

static const char *const names[] = {"WIRE_GOT", "WIRE_BARE_LF", "WIRE_NUL",
	"WIRE_TOO_LONG", "WIRE_END", "WIRE_TIME_OUT", "WIRE_STOP"};

static void say_line(const struct row *r, enum wire_got got, const char *line,
	size_t size, size_t length)
{
	bool is_line = got < WIRE_TOO_LONG;

	if ((unsigned)got > WIRE_STOP) {
		fprintf(r->answer, "no wire_got: %d", (int)got);
		return;
	}
	fputs(names[got], r->answer);
	if (length == SIZE_MAX) {
		fputs(" length not set", r->answer);
		return;
	}
	if (!is_line || length >= size) {
		fprintf(r->answer, " length=%zu", length);
		return;
	}
	putc(' ', r->answer);
	row_say_octets(r, line, length);
	if (line[length] != '\0')
		fputs(" without NUL", r->answer);
}

static void next_lines(const struct row *r)
{
	size_t size = row_number(r, 1), length, lines = 0;
	struct wire *w = row_buffer(sizeof *w);
	struct row_peer peer;
	enum wire_got got;

	row_peer_open(&peer, w, r, row_word(r, 2, row_ends));
	wire_start_clock(w);
	do {
		char *line = row_buffer(size);

		length = SIZE_MAX;
		got = wire_next_line(w, line, size, &length);
		if (lines > 0)
			fputs(", ", r->answer);
		say_line(r, got, line, size, length);
		lines++;
	} while ((unsigned)got < WIRE_END && lines < LINES);
	row_peer_close(&peer, w);
}

const struct row_function row_functions[] = {
	{"wire_next_line", next_lines,
		"const char said[] = $1; /* by the peer, and then: $3 */\n"
		"char line[$2];\n"
		"size_t length;\n"
		"/* Again and again: */\n"
		"got = wire_next_line(w, line, sizeof line, &length);\n"},
	{0}};
