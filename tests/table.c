/*
 * table: a function that takes octets and gives octets is tried by rows of a table, in
 * tests/rows: what is called, what goes in, and what has to come out.
 *
 *	== digits are read in either case
 *	qp -d	"Cr=C3=AApes\n"	"Cr\xc3\xaapes\n"
 *	qp -d	"=c3=aA\n"	"\xc3\xaa\n"
 *
 * Between the three are tabs. Octets are written as in C; "x"*76 is x 76 times, and strings with
 * a blank between them are one. The sentence holds where each row under it does. What takes
 * pieces gets each row whole, cut in two wherever that is possible, and in pieces of each size of
 * sizes, in memory of exactly the size that its header promises: classroom/row-memory sees the
 * first octet too many. Begin at main; what can be called is in calls, below.
 *
 *	$ table tests/rows/qp		prints TAP; of each row that failed, what came out
 */
#include "classroom/row-memory.h"
#include "classroom/row-text.h"
#include "message/address.h"
#include "message/base64.h"
#include "message/encoded-word.h"
#include "message/quoted-printable.h"
#include "read/html.h"
#include "smtp/dots.h"
#include "transcript/placeholder.h"
#include "transcript/transcript.h"
#include "wire/peer.h"
#include "wire/utf8.h"
#include "wire/wire.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

/* A row, at one cut: the input comes as first octets, and then in pieces of piece. */
struct row {
	const char *option; /* what follows the name of the call */
	const char *in;
	size_t n, first, piece;
	FILE *out; /* what came out */
};

/*
 * The next piece, in memory of its own, for a row that is at octet *at, which moves past
 * it. False after the last.
 */
static bool next(const struct row *r, size_t *at, char **piece, size_t *n)
{
	*n = *at == 0 ? r->first : r->piece;
	if (*n > r->n - *at)
		*n = r->n - *at;
	*piece = row_copy(r->in + *at, *n);
	*at += *n;
	return *n > 0;
}

/* What a call gave, which had room for so many octets. */
static void gave(const struct row *r, const char *octets, size_t n, size_t room)
{
	fwrite(octets, 1, n < room ? n : room, r->out);
	if (n > room)
		fprintf(r->out, " and %zu octets too many", n - room);
}

static void call_b64(const struct row *r)
{
	struct base64_encoder *encoder = row_buffer(sizeof *encoder);
	char *piece, *text, *tail = row_buffer(BASE64_TAIL);
	size_t at = 0, n;

	base64_encoder_start(encoder);
	while (next(r, &at, &piece, &n)) {
		text = row_buffer(BASE64_ROOM(n));
		gave(r, text, base64_encode(encoder, piece, n, text), BASE64_ROOM(n));
	}
	gave(r, tail, base64_encode_end(encoder, tail), BASE64_TAIL);
}

static void call_b64_d(const struct row *r)
{
	struct base64_decoder *decoder = row_buffer(sizeof *decoder);
	char *piece, *octets, *tail = row_buffer(2);
	size_t at = 0, n;

	base64_decoder_start(decoder);
	while (next(r, &at, &piece, &n)) {
		octets = row_buffer(n / 4 * 3 + 3);
		gave(r, octets, base64_decode(decoder, piece, n, octets), n / 4 * 3 + 3);
	}
	gave(r, tail, base64_decode_end(decoder, tail), 2);
}

/* b64 lengths: so many of the octets come back, whose text is as long as it has to be. */
static void call_b64_lengths(const struct row *r)
{
	char *text = row_buffer(BASE64_ROOM(r->n) + BASE64_TAIL), *back = row_buffer(r->n + 3);
	size_t n = 0, made, lines;

	for (; n <= r->n; n++) {
		struct base64_encoder encoder;
		struct base64_decoder decoder;

		base64_encoder_start(&encoder);
		made = base64_encode(&encoder, r->in, n, text);
		made += base64_encode_end(&encoder, text + made);
		lines = (n + BASE64_LINE - 1) / BASE64_LINE;
		if (made != (n + 2) / 3 * 4 + lines)
			break;
		base64_decoder_start(&decoder);
		made = base64_decode(&decoder, text, made, back);
		made += base64_decode_end(&decoder, back + made);
		if (made != n || memcmp(r->in, back, n) != 0)
			break;
	}
	fprintf(r->out, "%zu lengths", n);
}

/* qp, and qp binary */
static void call_qp(const struct row *r)
{
	struct quoted_encoder *encoder = row_buffer(sizeof *encoder);
	char *piece, *text, *tail = row_buffer(QUOTED_TAIL);
	size_t at = 0, n;

	quoted_encoder_start(encoder, strcmp(r->option, "binary") == 0);
	while (next(r, &at, &piece, &n)) {
		text = row_buffer(QUOTED_ROOM(n));
		gave(r, text, quoted_encode(encoder, piece, n, text), QUOTED_ROOM(n));
	}
	gave(r, tail, quoted_encode_end(encoder, tail), QUOTED_TAIL);
}

/* qp -d, and qp -d crlf */
static void call_qp_d(const struct row *r)
{
	struct quoted_decoder *decoder = row_buffer(sizeof *decoder);
	char *piece, *octets, *tail = row_buffer(QUOTED_HELD + 1);
	size_t at = 0, n;

	quoted_decoder_start(decoder, strcmp(r->option, "crlf") == 0);
	while (next(r, &at, &piece, &n)) {
		octets = row_buffer(QUOTED_DECODED_ROOM(n));
		gave(r, octets, quoted_decode(decoder, piece, n, octets),
			QUOTED_DECODED_ROOM(n));
	}
	gave(r, tail, quoted_decode_end(decoder, tail), QUOTED_HELD + 1);
}

/* What was stuffed or unstuffed to its end, and a line that says how it ended. */
static void call_unstuff(const struct row *r)
{
	struct unstuff u = {SEEN_CRLF, 0};
	size_t at = 0, n, made, took;
	char *piece, *out;

	while (u.seen != SEEN_END && next(r, &at, &piece, &n)) {
		out = row_buffer(n + 1);
		took = unstuff(&u, piece, n, out, &made);
		gave(r, out, made, n + 1);
		at -= n - took;
		if (took < n && u.seen != SEEN_END)
			fprintf(r->out, "took %zu of %zu ", took, n);
	}
	fprintf(r->out, "%s, %zu left%s%s%s", u.seen == SEEN_END ? "end" : "no end",
		r->n - at, u.faults & FAULT_BARE_CR ? ", bare CR" : "",
		u.faults & FAULT_BARE_LF ? ", bare LF" : "",
		u.faults & FAULT_NUL ? ", NUL" : "");
}

/* stuff, and stuff stored */
static void call_stuff(const struct row *r)
{
	struct stuff s = {LINE_BEGINS, strcmp(r->option, "stored") == 0};
	char *piece, *out, *end = row_buffer(5);
	size_t at = 0, n;

	while (next(r, &at, &piece, &n)) {
		out = row_buffer(2 * n);
		gave(r, out, stuff(&s, piece, n, out), 2 * n);
	}
	gave(r, end, stuff_end(&s, end), 5);
}

/*
 * Reads lines of at most so many octets, WIRE_LINE without an option, and says of each what
 * it is. A socket that keeps records lets each piece arrive alone.
 */
static void call_lines(const struct row *r)
{
	static const char *const words[] = {
		"line", "bare LF", "NUL", "too long", "end", "time out", "stop"};
	static struct wire w;
	size_t size = *r->option != '\0' ? strtoul(r->option, NULL, 10) : WIRE_LINE;
	char *line = row_buffer(size), *piece;
	size_t at = 0, n;
	enum wire_got got;
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) != 0 &&
		socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
		err(EX_OSERR, "socketpair");
	while (next(r, &at, &piece, &n))
		if (send(pair[1], piece, n, MSG_DONTWAIT) != (ssize_t)n)
			err(EX_OSERR, "too much for a row: %zu octets", r->n);
	shutdown(pair[1], SHUT_WR);
	wire_open(&w, pair[0], pair[0], 5000);
	do {
		got = wire_line(&w, line, size, &n);
		fputs(words[got], r->out);
		if (got < WIRE_TOO_LONG) {
			fprintf(r->out, " %zu ", n);
			fwrite(line, 1, n, r->out);
		}
		putc('\n', r->out);
	} while (got < WIRE_END);
	close(pair[0]);
	close(pair[1]);
}

/* A page, as it is shown on a terminal. */
static void call_html(const struct row *r)
{
	struct html *html = row_buffer(sizeof *html);
	struct utf8 utf8 = {0};
	const char *shown;

	html_start(html);
	for (size_t i = 0; i < r->n; i++) {
		shown = html_take(html, (unsigned char)r->in[i]);
		utf8_show(r->out, &utf8, shown, strlen(shown));
	}
	shown = html_end(html);
	utf8_show(r->out, &utf8, shown, strlen(shown));
	utf8_show_end(r->out, &utf8);
}

/* address: one that was typed, as it stands in a field; or what is wrong with it. */
static void call_address(const struct row *r)
{
	struct address *address = row_buffer(sizeof *address);
	char field[4096] = "";
	const char *wrong = address_typed(address, row_copy(r->in, r->n + 1));

	if (wrong == NULL && !address_add(address, strlen("From: "), field, sizeof field))
		wrong = "it does not fit";
	fputs(wrong != NULL ? wrong : field, r->out);
}

/* addresses: all of a stranger's field, a line each. */
static void call_addresses(const struct row *r)
{
	struct address *address = row_buffer(sizeof *address);
	const char *list = row_copy(r->in, r->n + 1);

	while ((list = address_next(list, address)) != NULL)
		fprintf(r->out, "%s <%s>\n", address->name, address->mailbox);
}

/* words: encoded-words of a header, as they are shown. */
static void call_words(const struct row *r)
{
	char text[ENCODED_WORD_TEXT];
	size_t n = encoded_word_decode(row_copy(r->in, r->n + 1), '\0', text, sizeof text);

	utf8_show_line(r->out, text, n);
}

/* heard: a line that was said, as a transcript has it. */
static void call_heard(const struct row *r)
{
	char text[TRANSCRIPT_TEXT];

	transcript_text(row_copy(r->in, r->n), r->n, text);
	fputs(text, r->out);
}

/* said: what a line of a transcript says, in octets. */
static void call_said(const struct row *r)
{
	static struct placeholders names;
	char *octets = row_buffer(TRANSCRIPT_TEXT);
	long n = placeholder_octets(&names, row_copy(r->in, r->n + 1), octets);

	if (n < 0)
		fputs("cannot be said", r->out);
	else
		gave(r, octets, (size_t)n, TRANSCRIPT_TEXT);
}

static void call_time(const struct row *r)
{
	fprintf(r->out, "%d", wire_time(row_copy(r->in, r->n + 1)));
}

static void call_named(const struct row *r)
{
	fputs(peer_named(row_copy(r->in, r->n + 1)) ? "yes" : "no", r->out);
}

static const struct call {
	const char *name;
	void (*call)(const struct row *r);
	bool takes_pieces;
} calls[] = {
	{"b64 lengths", call_b64_lengths, false},
	{"b64 -d", call_b64_d, true},
	{"b64", call_b64, true},
	{"qp -d", call_qp_d, true},
	{"qp", call_qp, true},
	{"unstuff", call_unstuff, true},
	{"stuff", call_stuff, true},
	{"lines", call_lines, true},
	{"html", call_html, false},
	{"addresses", call_addresses, false},
	{"address", call_address, false},
	{"words", call_words, false},
	{"heard", call_heard, false},
	{"said", call_said, false},
	{"time", call_time, false},
	{"named", call_named, false},
};

/* Makes the call, and holds what came out against what should. */
static bool holds(const struct call *c, struct row *r, const char *line,
	const char *expected, size_t n_expected)
{
	char *got = NULL;
	size_t n_got = 0;
	bool alike;

	r->out = open_memstream(&got, &n_got);
	if (r->out == NULL)
		err(EX_OSERR, "memory");
	c->call(r);
	fclose(r->out);
	row_give_back();
	alike = n_got == n_expected && memcmp(got, expected, n_got) == 0;
	if (!alike) {
		printf("#   %.*s\n# in pieces of %zu, then %zu\n# got\t", 2000, line,
			r->first, r->piece);
		row_write(stdout, got, n_got, false);
		putchar('\n');
	}
	free(got);
	return alike;
}

/* Whole, in two pieces, and in pieces of each size, as far as it is long enough for them. */
static bool holds_cut(const struct call *c, struct row *r, const char *line,
	const char *expected, size_t n_expected)
{
	static const size_t sizes[] = {1, 2, 3, 5, 7, 64, 75, 76, 77, 1000, 4096};
	size_t cuts = c->takes_pieces && r->n <= 120 ? r->n : 0;

	r->first = r->piece = 32768;
	if (!holds(c, r, line, expected, n_expected))
		return false;
	for (r->first = 1; r->first < cuts; r->first++)
		if (!holds(c, r, line, expected, n_expected))
			return false;
	for (size_t i = 0; c->takes_pieces && i < sizeof sizes / sizeof *sizes; i++) {
		r->first = r->piece = sizes[i];
		if (r->n > r->piece && r->n / r->piece < 200 &&
			!holds(c, r, line, expected, n_expected))
			return false;
	}
	return true;
}

/* Reads the strings at at into *octets, which the caller frees, with a NUL after them. */
static const char *octets_at(const char *at, char **octets, size_t *n)
{
	FILE *to = open_memstream(octets, n);

	if (to == NULL)
		err(EX_OSERR, "memory");
	at = row_read(at, to);
	fclose(to);
	return at;
}

/* Whether the row of this line holds. */
static bool row_holds(const char *line)
{
	const struct call *c = calls, *end = calls + sizeof calls / sizeof *calls;
	const char *tab = strchr(line, '\t');
	char *expected, option[32] = "";
	struct row r = {.option = option};
	size_t n, name;
	bool alike;

	while (c < end && strncmp(c->name, line, strlen(c->name)) != 0)
		c++;
	name = c < end ? strlen(c->name) : 0;
	if (c == end || tab == NULL || (line[name] != '\t' && line[name] != ' '))
		errx(EX_DATAERR, "no row: %s", line);
	if (line[name] == ' ')
		snprintf(option, sizeof option, "%.*s", (int)(tab - line - (long)name) - 1,
			line + name + 1);
	tab = octets_at(tab + strspn(tab, "\t"), (char **)&r.in, &r.n);
	if (*tab != '\t')
		errx(EX_DATAERR, "a row has two tabs: %s", line);
	octets_at(tab + strspn(tab, "\t"), &expected, &n);
	alike = holds_cut(c, &r, line, expected, n);
	free((char *)r.in);
	free(expected);
	return alike;
}

/* Prints TAP; the rows that failed come before the line of their sentence. */
int main(int argc, char **argv)
{
	FILE *in = argc == 2 ? fopen(argv[1], "r") : NULL;
	char *line = NULL, *sentence = NULL;
	bool failed = false, bad = false;
	size_t size = 0;
	int count = 0;

	if (in == NULL)
		errx(EX_NOINPUT, "usage: table FILE");
	for (ssize_t n = getline(&line, &size, in); sentence != NULL || n > 0;
		n = getline(&line, &size, in)) {
		bool begins = n <= 0 || strncmp(line, "== ", 3) == 0;

		line[strcspn(line, "\n")] = '\0';
		if (begins && sentence != NULL) {
			count++;
			printf("%s %d - %s\n", bad ? "not ok" : "ok", count, sentence);
			free(sentence);
			sentence = NULL;
			bad = false;
		}
		if (n <= 0)
			break;
		if (begins)
			sentence = strdup(line + 3);
		else if (*line != '#' && *line != '\0' && !row_holds(line))
			bad = failed = true;
	}
	printf("1..%d\n", count);
	free(line);
	fclose(in);
	return failed || count == 0;
}
