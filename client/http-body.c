/* http-body: see http-body.h. */
#include "http-body.h"
#include "chunked.h"

/* Where we are in a body. */
struct body {
	struct http_dialogue *dialogue;
	struct chunked chunked;
	FILE *to;
	uintmax_t octets;
};

/* Whether it has ended, as far as what came tells. */
static bool is_whole(const struct body *b)
{
	switch (b->dialogue->framing) {
	case HTTP_LENGTH:
		return b->octets == b->dialogue->length;
	case HTTP_CHUNKED:
		return b->chunked.at == CHUNKED_END;
	case HTTP_TO_CLOSE:
		return false;
	default:
		return true;
	}
}

/* Takes what belongs to the body of the n octets that came. Returns how many it took. */
static size_t take(struct body *b, const char *octets, size_t n)
{
	const char *data = octets;
	uintmax_t left = b->dialogue->length - b->octets;
	size_t took = n, made = n;

	if (b->dialogue->framing == HTTP_CHUNKED)
		took = chunked_take(&b->chunked, octets, n, &data, &made);
	else if (b->dialogue->framing == HTTP_LENGTH && left < n)
		took = made = (size_t)left;
	if (b->to != NULL)
		fwrite(data, 1, made, b->to);
	b->octets += made;
	return took;
}

/* What the end of the connection means for the body that it came in. */
static enum http_heard ended(struct http_dialogue *d, enum wire_got got)
{
	if (d->framing == HTTP_TO_CLOSE && got == WIRE_END && !d->wire.reset)
		return HTTP_HEARD;
	d->why = got == WIRE_TIME_OUT ? "nothing more came in time"
				      : "the connection was lost before the end";
	return HTTP_LOST;
}

static enum http_heard read_body(struct body *b)
{
	struct http_dialogue *d = b->dialogue;

	while (!is_whole(b)) {
		const char *octets;
		size_t n;
		enum wire_got got = wire_span(&d->wire, &octets, &n);

		if (got != WIRE_GOT)
			return ended(d, got);
		wire_took(&d->wire, take(b, octets, n));
		if (b->chunked.at == CHUNKED_WRONG) {
			d->why = "not the chunks that were said to come";
			return HTTP_STRANGE;
		}
		if (b->to != NULL && ferror(b->to)) {
			d->why = "it cannot be written";
			return HTTP_LOST;
		}
	}
	return HTTP_HEARD;
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
