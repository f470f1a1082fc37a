/*
 * http-body: a loop for each way in which the end of a body is known, first; http_body,
 * which chooses among them; and how chunks are taken apart, at the end.
 */
#include "http/http-body.h"
#include "wire/hex.h"

struct body {
	struct http_dialogue *dialogue;
	FILE *to;
	uintmax_t octets; /* of it, so far */
};

/* Keeps octets that are of the body. */
static enum http_heard keep(struct body *b, const char *octets, size_t n)
{
	b->octets += n;
	if (b->to == NULL || (fwrite(octets, 1, n, b->to) == n && !ferror(b->to)))
		return HTTP_HEARD;
	b->dialogue->why = "it cannot be written";
	return HTTP_LOST;
}

/* The connection has ended, or nothing comes, and the body is not whole. */
static enum http_heard cut_off(struct http_dialogue *d, enum wire_got got)
{
	d->why = got == WIRE_TIME_OUT ? "nothing more came in time"
				      : "the connection was lost before the end";
	return HTTP_LOST;
}

/* So many octets as Content-Length said, whatever they are (RFC 9112, 6.2). */
static enum http_heard read_content_length(struct body *b)
{
	struct http_dialogue *d = b->dialogue;
	enum http_heard heard = HTTP_HEARD;

	while (heard == HTTP_HEARD && b->octets < d->length) {
		uintmax_t left = d->length - b->octets;
		const char *octets;
		size_t n;
		enum wire_got got = wire_span(&d->wire, &octets, &n);

		if (got != WIRE_GOT)
			return cut_off(d, got);
		if (n > left)
			n = (size_t)left; /* the rest is not of this body */
		heard = keep(b, octets, n);
		wire_took(&d->wire, n);
	}
	return heard;
}

/* A length for each piece, the last one 0 (RFC 9112, 7.1). */
static enum http_heard read_chunked(struct body *b)
{
	struct http_dialogue *d = b->dialogue;
	struct chunked chunked = {0};
	enum http_heard heard = HTTP_HEARD;

	while (heard == HTTP_HEARD && chunked.at != CHUNKED_END) {
		const char *octets, *data;
		size_t n, made, took;
		enum wire_got got = wire_span(&d->wire, &octets, &n);

		if (got != WIRE_GOT)
			return cut_off(d, got);
		took = chunked_take(&chunked, octets, n, &data, &made);
		heard = keep(b, data, made);
		wire_took(&d->wire, took);
		if (chunked.at == CHUNKED_WRONG) {
			d->why = "not the chunks that were said to come";
			return HTTP_STRANGE;
		}
	}
	return heard;
}

/* No length was said: the server closes after it, and a reset is no end (RFC 9112, 8). */
static enum http_heard read_to_close(struct body *b)
{
	struct http_dialogue *d = b->dialogue;
	enum http_heard heard = HTTP_HEARD;

	while (heard == HTTP_HEARD) {
		const char *octets;
		size_t n;
		enum wire_got got = wire_span(&d->wire, &octets, &n);

		if (got == WIRE_END && !d->wire.reset)
			break;
		if (got != WIRE_GOT)
			return cut_off(d, got);
		heard = keep(b, octets, n);
		wire_took(&d->wire, n);
	}
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

/* One more digit of the size. */
static enum chunked_at add_digit(struct chunked *c, char octet)
{
	int digit = hex_value(octet);

	if (digit < 0 || c->left > UINTMAX_MAX >> 4)
		return CHUNKED_WRONG;
	c->left = c->left << 4 | (unsigned)digit;
	return CHUNKED_DIGITS;
}

/* After a CR nothing but an LF may come, which ends the line. */
static enum chunked_at line_feed(struct chunked *c, char octet, enum chunked_at after)
{
	c->line = 0;
	return octet == '\n' ? after : CHUNKED_WRONG;
}

/* One octet that is not of the body. Returns where we are after it. */
static enum chunked_at next(struct chunked *c, char octet)
{
	c->line++;
	if (c->line > HTTP_LINE)
		return CHUNKED_WRONG;
	switch (c->at) {
	case CHUNKED_SIZE: /* nothing yet */
		return add_digit(c, octet);
	case CHUNKED_DIGITS: /* 1f */
		if (octet == '\r')
			return CHUNKED_SIZE_LF;
		if (octet == ';' || octet == ' ' || octet == '\t')
			return CHUNKED_EXTENSION;
		return add_digit(c, octet);
	case CHUNKED_EXTENSION: /* 1f;x */
		if (octet == '\r')
			return CHUNKED_SIZE_LF;
		return octet == '\n' ? CHUNKED_WRONG : CHUNKED_EXTENSION;
	case CHUNKED_SIZE_LF: /* 1f CR */
		return line_feed(c, octet, c->left > 0 ? CHUNKED_DATA : CHUNKED_TRAILER);
	case CHUNKED_DATA_CR: /* 1f CRLF data */
		return octet == '\r' ? CHUNKED_DATA_LF : CHUNKED_WRONG;
	case CHUNKED_DATA_LF: /* 1f CRLF data CR */
		return line_feed(c, octet, CHUNKED_SIZE);
	case CHUNKED_TRAILER: /* 0 CRLF */
		if (octet == '\r')
			return CHUNKED_LAST_LF;
		c->fields++;
		if (octet == '\n' || c->fields > HTTP_FIELDS)
			return CHUNKED_WRONG;
		return CHUNKED_FIELD;
	case CHUNKED_FIELD: /* 0 CRLF X: y */
		if (octet == '\r')
			return CHUNKED_FIELD_LF;
		return octet == '\n' ? CHUNKED_WRONG : CHUNKED_FIELD;
	case CHUNKED_FIELD_LF: /* 0 CRLF X: y CR */
		return line_feed(c, octet, CHUNKED_TRAILER);
	case CHUNKED_LAST_LF: /* 0 CRLF CR */
		return line_feed(c, octet, CHUNKED_END);
	default: /* CHUNKED_DATA, CHUNKED_END, CHUNKED_WRONG: no octet comes here */
		return CHUNKED_WRONG;
	}
}

size_t chunked_take(
	struct chunked *c, const char *in, size_t n, const char **data, size_t *made)
{
	size_t took = 0;

	*made = 0;
	while (took < n && c->at != CHUNKED_DATA && c->at != CHUNKED_END &&
		c->at != CHUNKED_WRONG) {
		c->at = next(c, in[took]);
		took++;
	}
	*data = in + took;
	if (c->at != CHUNKED_DATA)
		return took;
	*made = c->left < n - took ? (size_t)c->left : n - took;
	c->left -= *made;
	if (c->left == 0)
		c->at = CHUNKED_DATA_CR;
	return took + *made;
}
