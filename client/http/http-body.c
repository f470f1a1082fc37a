/*
 * http-body: the object after the head of a response, to its end (articles: B4; RFC 9112,
 * 6 and 7.1). SMTP searches for the end of a message, and so has to stuff dots (see
 * dots.h); here it is known before the octets come, which may be any. Either
 * Content-Length says how many there are; or nothing does, and the server closes the
 * connection after the last one; or, where the length is not known when the head is said,
 * the object comes in chunks, each with its length before it, in hexadecimal:
 *
 *	6 CRLF  hello, CRLF
 *	5 CRLF   Bob! CRLF
 *	0 CRLF
 *	CRLF            between the last two there may be fields, the trailer
 *
 * A loop for each way, first; http_body, which chooses among them, is at the end.
 * Declared in http-dialogue.h.
 */
#include "http/http-dialogue.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

struct body {
	struct http_dialogue *dialogue;
	FILE *to;
	uintmax_t octets; /* of it, so far */
};

/* Writes octets of the body, and counts them. */
static enum http_heard keep(struct body *b, const char *octets, size_t n)
{
	b->octets += n;
	if (b->to == NULL || (fwrite(octets, 1, n, b->to) == n && !ferror(b->to)))
		return HTTP_HEARD;
	b->dialogue->why = "it cannot be written";
	return HTTP_LOST;
}

/* Notes why the body is not whole: the connection has ended, or nothing comes. */
static enum http_heard cut_off(struct http_dialogue *d, enum wire_got got)
{
	d->why = got == WIRE_TIME_OUT ? "nothing more came in time"
				      : "the connection was lost before the end";
	return HTTP_LOST;
}

/* Reads as many octets as Content-Length said, whatever they are (RFC 9112, 6.2). */
static enum http_heard read_content_length(struct body *b)
{
	struct http_dialogue *d = b->dialogue;
	enum http_heard heard = HTTP_HEARD;

	while (heard == HTTP_HEARD && b->octets < d->length) {
		uintmax_t left = d->length - b->octets;
		const char *octets;
		size_t n;
		enum wire_got got = wire_piece(&d->wire, &octets, &n);

		if (got != WIRE_GOT)
			return cut_off(d, got);
		if (n > left)
			n = (size_t)left; /* the rest is not of this body */
		heard = keep(b, octets, n);
		wire_took(&d->wire, n);
	}
	return heard;
}

/* Without a length the close ends the body; a reset is an error (RFC 9112, 8). */
static enum http_heard read_to_close(struct body *b)
{
	struct http_dialogue *d = b->dialogue;
	enum http_heard heard = HTTP_HEARD;

	while (heard == HTTP_HEARD) {
		const char *octets;
		size_t n;
		enum wire_got got = wire_piece(&d->wire, &octets, &n);

		if (got == WIRE_END && !d->wire.reset)
			break;
		if (got != WIRE_GOT)
			return cut_off(d, got);
		heard = keep(b, octets, n);
		wire_took(&d->wire, n);
	}
	return heard;
}

/* What came between the chunks is not what RFC 9112, 7.1 says. */
static enum http_heard not_chunks(struct http_dialogue *d)
{
	d->why = "not the chunks that were said to come";
	return HTTP_STRANGE;
}

/* A line between the chunks, into d->field; it has *n octets. */
static enum http_heard hear_line(struct http_dialogue *d, size_t *n)
{
	enum wire_got got = wire_piece_line(&d->wire, d->field, sizeof d->field, n);

	if (got >= WIRE_END)
		return cut_off(d, got);
	if (got != WIRE_GOT || strchr(d->field, '\r') != NULL)
		return not_chunks(d);
	return HTTP_HEARD;
}

/* `1f` or `1f;x`: how long the next chunk is. Nobody uses what follows the digits. */
static enum http_heard hear_size(struct body *b, uintmax_t *size)
{
	struct http_dialogue *d = b->dialogue;
	size_t n;
	enum http_heard heard = hear_line(d, &n);
	size_t digits;
	char *end;

	if (heard != HTTP_HEARD)
		return heard;
	digits = strspn(d->field, "0123456789abcdefABCDEF");
	errno = 0;
	*size = strtoumax(d->field, &end, 16);
	/* A sign, a blank or 0x, which strtoumax takes, is no digit. */
	if (digits == 0 || end != d->field + digits || strcspn(end, "; \t") > 0 ||
		errno != 0 || *size > UINTMAX_MAX - b->octets)
		return not_chunks(d);
	return HTTP_HEARD;
}

/* The octets of a chunk: so many more, as if Content-Length had said it; then CRLF. */
static enum http_heard read_chunk(struct body *b, uintmax_t size)
{
	struct http_dialogue *d = b->dialogue;
	enum http_heard heard;
	const char *octets;
	size_t n;

	d->length = b->octets + size;
	heard = read_content_length(b);
	if (heard != HTTP_HEARD)
		return heard;
	/*
	 * If there is more, the server may be waiting for us: do not wait for a line
	 * end.
	 */
	if (wire_piece(&d->wire, &octets, &n) == WIRE_GOT && *octets != '\r')
		return not_chunks(d);
	heard = hear_line(d, &n);
	return heard == HTTP_HEARD && n > 0 ? not_chunks(d) : heard;
}

/* A length before each piece, the last one 0; then the trailer, up to an empty line. */
static enum http_heard read_chunked(struct body *b)
{
	uintmax_t size;
	enum http_heard heard = hear_size(b, &size);
	size_t n = 1;

	while (heard == HTTP_HEARD && size > 0) {
		heard = read_chunk(b, size);
		if (heard == HTTP_HEARD)
			heard = hear_size(b, &size);
	}
	for (int fields = 0; heard == HTTP_HEARD && n > 0; fields++)
		heard = fields <= HTTP_FIELDS ? hear_line(b->dialogue, &n)
					      : not_chunks(b->dialogue);
	return heard;
}

static enum http_heard read_body(struct body *b)
{
	switch (b->dialogue->framing) {
	case HTTP_LENGTH:
		return read_content_length(b);
	case HTTP_CHUNKED:
		return read_chunked(b);
	case HTTP_TO_CLOSE:
		return read_to_close(b);
	default:
		return HTTP_HEARD;
	}
}

enum http_heard http_body(struct http_dialogue *d, FILE *to, uintmax_t *octets)
{
	struct body b = {.dialogue = d, .to = to};
	enum http_heard heard;

	wire_start_clock(&d->wire);
	heard = read_body(&b);
	*octets = b.octets;
	/* What came after the end was not asked for, and is nobody's answer. */
	if (heard != HTTP_HEARD || d->wire.start != d->wire.end)
		d->last = true;
	return heard;
}
