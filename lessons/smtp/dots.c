/*
 * dots: how a receiver finds the end of a message and takes the stuffed dots off, and how
 * a sender puts them on (articles: B2; RFC 5321, 4.1.1.4 and 4.5.2). Begin with
 * unstuff_octet, whose cases are the octets that came last; stuff is its other side.
 */
#include "smtp/dots.h"

#include <string.h>

/*
 * Takes the next octet of the stream. Sets u->seen, and adds a fault to u->faults. Writes
 * to out what is now known to be part of the message, and returns how many octets that is:
 * up to two, because in SEEN_CRLF_DOT a CR waits for the next octet. Not called after the end.
 */
static size_t unstuff_octet(struct unstuff *u, char octet, char *out)
{
	size_t made = 0;

	switch (u->seen) {
	case SEEN_CRLF: /* CR LF */
		if (octet == '.') {
			/* a stuffed one, or the end */
			u->seen = SEEN_CRLF_DOT;
			return 0;
		}
		break;
	case SEEN_CRLF_DOT: /* CR LF . */
		if (octet == '\r') {
			u->seen = SEEN_CRLF_DOT_CR;
			return 0;
		}
		break;
	case SEEN_CRLF_DOT_CR: /* CR LF . CR */
		if (octet == '\n') {
			u->seen = SEEN_END;
			return 0;
		}
		out[made++] = '\r'; /* it was not the end */
		u->faults |= FAULT_BARE_CR;
		break;
	case SEEN_CR: /* CR */
		if (octet == '\n') {
			u->seen = SEEN_CRLF;
			out[made++] = '\n';
			return made;
		}
		u->faults |= FAULT_BARE_CR;
		break;
	case SEEN_TEXT:
	case SEEN_END:
		break;
	}
	/* No part of a line end so far: an octet of the message, wherever it came. */
	out[made++] = octet;
	u->seen = octet == '\r' ? SEEN_CR : SEEN_TEXT;
	if (octet == '\n')
		u->faults |= FAULT_BARE_LF;
	if (octet == '\0')
		u->faults |= FAULT_NUL;
	return made;
}

/* The octets before the next CR, within a line: most of a message, so in one piece. */
static size_t unstuff_text(struct unstuff *u, const char *in, size_t n, char *out)
{
	const char *cr = memchr(in, '\r', n);
	size_t span = cr != NULL ? (size_t)(cr - in) : n;

	if (memchr(in, '\n', span) != NULL)
		u->faults |= FAULT_BARE_LF;
	if (memchr(in, '\0', span) != NULL)
		u->faults |= FAULT_NUL;
	memcpy(out, in, span);
	return span;
}

size_t unstuff(struct unstuff *u, const char *in, size_t n, char *out, size_t *made)
{
	size_t i = 0, span;
	char *to = out;

	while (i < n && u->seen != SEEN_END) {
		if (u->seen == SEEN_TEXT && in[i] != '\r') {
			span = unstuff_text(u, in + i, n - i, to);
			to += span;
			i += span;
		} else {
			to += unstuff_octet(u, in[i++], to);
		}
	}
	*made = (size_t)(to - out);
	return i;
}

size_t stuff(struct stuff *s, const char *in, size_t n, char *out)
{
	char *to = out;

	for (size_t i = 0; i < n; i++) {
		switch (in[i]) {
		case '\r':
			*to++ = '\r';
			s->at = WITHIN_LINE_AFTER_CR;
			if (!s->cr_is_data) {
				*to++ = '\n';
				s->at = LINE_BEGINS_AFTER_CR;
			}
			break;
		case '\n':
			if (s->at == LINE_BEGINS || s->at == WITHIN_LINE)
				*to++ = '\r';
			if (s->at != LINE_BEGINS_AFTER_CR) /* whose LF went out */
				*to++ = '\n';
			s->at = LINE_BEGINS;
			break;
		case '.':
			if (s->at == LINE_BEGINS || s->at == LINE_BEGINS_AFTER_CR)
				*to++ = '.';
			*to++ = '.';
			s->at = WITHIN_LINE;
			break;
		default:
			*to++ = in[i];
			s->at = WITHIN_LINE;
		}
	}
	return (size_t)(to - out);
}

size_t stuff_end(struct stuff *s, char *out)
{
	if (s->at == LINE_BEGINS || s->at == LINE_BEGINS_AFTER_CR) {
		memcpy(out, ".\r\n", 3);
		return 3;
	}
	memcpy(out, "\r\n.\r\n", 5);
	return 5;
}
