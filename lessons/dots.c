/* dots: see dots.h. Compare unstuff with stuff: what one puts on, the other takes off. */
#include "dots.h"

#include <string.h>

/* The octets before the next CR: most of a message, so they go in one piece. */
static size_t before_cr(const char *in, size_t n)
{
	const char *cr = memchr(in, '\r', n);

	return cr != NULL ? (size_t)(cr - in) : n;
}

size_t unstuff(struct unstuff *u, const char *in, size_t n, char *out, size_t *made)
{
	size_t i = 0, span;
	char *to = out;

	/* A state that has no use for the octet before it leaves it to the next. */
	while (i < n && u->seen != SEEN_END) {
		switch (u->seen) {
		case SEEN_TEXT:
			span = before_cr(in + i, n - i);
			if (memchr(in + i, '\n', span) != NULL)
				u->faults |= FAULT_BARE_LF;
			if (memchr(in + i, '\0', span) != NULL)
				u->faults |= FAULT_NUL;
			memcpy(to, in + i, span);
			to += span;
			i += span;
			if (i < n) {
				*to++ = in[i++];
				u->seen = SEEN_CR;
			}
			break;
		case SEEN_CR:
			if (in[i] == '\n') {
				*to++ = in[i++];
				u->seen = SEEN_CRLF;
			} else {
				u->faults |= FAULT_BARE_CR;
				u->seen = SEEN_TEXT;
			}
			break;
		case SEEN_CRLF:
			if (in[i] == '.') {
				i++; /* the end of the message, or stuffed: not part of it */
				u->seen = SEEN_CRLF_DOT;
			} else {
				u->seen = SEEN_TEXT;
			}
			break;
		case SEEN_CRLF_DOT:
			if (in[i] == '\r') {
				i++; /* held back: part of the message only if no LF comes */
				u->seen = SEEN_CRLF_DOT_CR;
			} else {
				u->seen = SEEN_TEXT;
			}
			break;
		case SEEN_CRLF_DOT_CR:
		case SEEN_END: /* not here: it ends the loop */
			if (in[i] == '\n') {
				i++;
				u->seen = SEEN_END;
			} else {
				*to++ = '\r';
				u->seen = SEEN_CR;
			}
			break;
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
