/* http-body: see http-body.h. */
#include "http/http-body.h"
#include "http/chunked.h"

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

/* No length was said: the server closes behind it, and a reset is no end (RFC 9112, 8). */
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

	d->wire.since = 0;
	heard = read_body(&b);
	*octets = b.octets;
	/* What came behind the end was not asked for, and is nobody's answer. */
	d->last |= heard != HTTP_HEARD || d->wire.start != d->wire.end;
	return heard;
}
