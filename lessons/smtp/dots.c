/* dots: see dots.h. Compare unstuff with stuff: what one puts on, the other takes off. */
#include "smtp/dots.h"

#include <string.h>

/*
 * The next octet of the stream: what the receiver has seen is in u->seen, now with this
 * octet too, and new faults in u->faults. What now is known to be of the message goes to
 * out, which has room for two: a CR behind CRLF. is held back until the octet after it
 * tells. Returns how many. Not called once the end was seen.
 */
static size_t unstuff_octet(struct unstuff *u, char octet, char *out)
{
	size_t made = 0;

	if (u->seen == SEEN_CRLF && octet == '.') {
		u->seen = SEEN_CRLF_DOT; /* the end of the message, or stuffed */
		return 0;
	}
	if (u->seen == SEEN_CRLF_DOT && octet == '\r') {
		u->seen = SEEN_CRLF_DOT_CR;
		return 0;
	}
	if (u->seen == SEEN_CRLF_DOT_CR && octet == '\n') {
		u->seen = SEEN_END;
		return 0;
	}
	if (u->seen == SEEN_CRLF_DOT_CR)
		out[made++] = '\r'; /* it was no end: what was held back is given */
	out[made++] = octet;
	if ((u->seen == SEEN_CR || u->seen == SEEN_CRLF_DOT_CR) && octet != '\n')
		u->faults |= FAULT_BARE_CR;
	if (u->seen != SEEN_CR && octet == '\n')
		u->faults |= FAULT_BARE_LF;
	if (octet == '\0')
		u->faults |= FAULT_NUL;
	if (u->seen == SEEN_CR && octet == '\n')
		u->seen = SEEN_CRLF;
	else
		u->seen = octet == '\r' ? SEEN_CR : SEEN_TEXT;
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
	size_t i = 0;
	char *to = out;

	while (i < n) {
		if (in[i] == '\n' && s->at == LINE_BEGINS_AFTER_CR) {
			i++; /* the second half of the file's own CRLF */
			s->at = LINE_BEGINS;
			continue;
		}
		if (in[i] == '.' && s->at != WITHIN_LINE)
			*to++ = '.';
		while (i < n && in[i] != '\r' && in[i] != '\n') {
			*to++ = in[i++];
			s->at = WITHIN_LINE;
		}
		if (i < n) {
			s->at = in[i++] == '\r' ? LINE_BEGINS_AFTER_CR : LINE_BEGINS;
			*to++ = '\r';
			*to++ = '\n';
		}
	}
	return (size_t)(to - out);
}

size_t stuff_end(struct stuff *s, char *out)
{
	static const char end[] = "\r\n.\r\n";
	size_t skip = s->at == WITHIN_LINE ? 0 : 2;

	memcpy(out, end + skip, sizeof end - 1 - skip);
	return sizeof end - 1 - skip;
}
