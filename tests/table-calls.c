/*
 * table-calls: a function for each module that a table tries, then all of them: calls, at the end.
 */
#include "table.h"

#include "classroom/row-memory.h"
#include "message/address-list.h"
#include "message/address.h"
#include "message/base64.h"
#include "message/encoded-word.h"
#include "message/quoted-printable.h"
#include "read/html.h"
#include "smtp/dots.h"
#include "transcript/placeholder.h"
#include "transcript/transcript.h"
#include "wire/duration.h"
#include "wire/peer.h"
#include "wire/utf8.h"
#include "wire/wire.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

bool next_piece(const struct row *r, size_t *at, char **piece, size_t *n)
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
	while (next_piece(r, &at, &piece, &n)) {
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
	while (next_piece(r, &at, &piece, &n)) {
		octets = row_buffer(BASE64_DECODED_ROOM(n));
		gave(r, octets, base64_decode(decoder, piece, n, octets),
			BASE64_DECODED_ROOM(n));
	}
	/* The last line ends, as b64 has it. */
	octets = row_buffer(BASE64_DECODED_ROOM(1));
	gave(r, octets, base64_decode(decoder, "\n", 1, octets), BASE64_DECODED_ROOM(1));
	gave(r, tail, base64_decode_end(decoder, tail), 2);
}

/* b64 lengths: so many of the octets come back, whose text is as long as it has to be. */
static void call_b64_lengths(const struct row *r)
{
	char *text = row_buffer(BASE64_ROOM(r->n) + BASE64_TAIL),
	     *back = row_buffer(r->n + 3);
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
	while (next_piece(r, &at, &piece, &n)) {
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
	while (next_piece(r, &at, &piece, &n)) {
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

	while (u.seen != SEEN_END && next_piece(r, &at, &piece, &n)) {
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

	while (next_piece(r, &at, &piece, &n)) {
		out = row_buffer(2 * n);
		gave(r, out, stuff(&s, piece, n, out), 2 * n);
	}
	gave(r, end, stuff_end(&s, end), 5);
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

/* address: one that was typed, as it is in a field; or what is wrong with it. */
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
	size_t n =
		encoded_word_decode(row_copy(r->in, r->n + 1), '\0', text, sizeof text);

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

/* columns: those of a text on a terminal. */
static void call_columns(const struct row *r)
{
	fprintf(r->out, "%d", utf8_width(row_copy(r->in, r->n), r->n));
}

/* fitting N: what of a text fits into N columns. */
static void call_fitting(const struct row *r)
{
	const char *text = row_copy(r->in, r->n);
	int columns = (int)strtol(r->option, NULL, 10);

	fwrite(text, 1, utf8_fitting(text, r->n, columns), r->out);
}

/* unbroken: a line of a text, with | wherever it may be broken; a blank is there as well. */
static void call_unbroken(const struct row *r)
{
	const char *text = row_copy(r->in, r->n + 1);

	while (*text != '\0') {
		size_t blank = *text == ' ' ? 1 : 0;
		size_t n = blank + utf8_unbroken(text + blank);

		fwrite(text, 1, n, r->out);
		text += n;
		fputs(*text != '\0' ? "|" : "", r->out);
	}
}

static void call_time(const struct row *r)
{
	fprintf(r->out, "%d", duration_read(row_copy(r->in, r->n + 1)));
}

static void call_written(const struct row *r)
{
	char text[DURATION_TEXT];

	duration_write(text, strtoll(row_copy(r->in, r->n + 1), NULL, 10));
	fputs(text, r->out);
}

static void call_named(const struct row *r)
{
	fputs(peer_named(row_copy(r->in, r->n + 1)) ? "yes" : "no", r->out);
}

const struct call calls[] = {
	{"b64 lengths", call_b64_lengths, false},
	{"b64 -d", call_b64_d, true},
	{"b64", call_b64, true},
	{"qp -d", call_qp_d, true},
	{"qp", call_qp, true},
	{"unstuff", call_unstuff, true},
	{"stuff", call_stuff, true},
	{"lines in time", call_lines_in_time, false},
	{"spans in time", call_spans_in_time, false},
	{"lines", call_lines, true},
	{"html", call_html, false},
	{"addresses", call_addresses, false},
	{"address", call_address, false},
	{"words", call_words, false},
	{"heard", call_heard, false},
	{"said", call_said, false},
	{"columns", call_columns, false},
	{"fitting", call_fitting, false},
	{"unbroken", call_unbroken, false},
	{"time", call_time, false},
	{"written", call_written, false},
	{"named", call_named, false},
	{NULL, NULL, false},
};
