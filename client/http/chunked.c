/* chunked: see chunked.h. */
#include "http/chunked.h"
#include "wire/hex.h"
#include "http/http-field.h"

/* A digit of the size; what follows the last one is an extension, or nothing. */
static enum chunked_at size_digit(struct chunked *c, char octet)
{
	int digit = hex_value(octet);

	if (digit >= 0) {
		if (c->left > UINTMAX_MAX >> 4)
			return CHUNKED_WRONG;
		c->left = c->left << 4 | (unsigned)digit;
		c->digits++;
		return CHUNKED_SIZE;
	}
	if (c->digits == 0)
		return CHUNKED_WRONG;
	c->digits = 0;
	if (octet == '\r')
		return CHUNKED_SIZE_LF;
	return octet == ';' || octet == ' ' || octet == '\t' ? CHUNKED_EXTENSION
							     : CHUNKED_WRONG;
}

/* Within a line of which nothing is wanted but its end. */
static enum chunked_at skip(enum chunked_at here, char octet, enum chunked_at at_cr)
{
	return octet == '\r' ? at_cr : octet == '\n' ? CHUNKED_WRONG : here;
}

/* Behind a CR nothing but an LF may come, which ends the line. */
static enum chunked_at line_feed(struct chunked *c, char octet, enum chunked_at behind)
{
	c->line = 0;
	return octet == '\n' ? behind : CHUNKED_WRONG;
}

/* One octet that is not of the body. Returns where we are behind it. */
static enum chunked_at next(struct chunked *c, char octet)
{
	if (++c->line > HTTP_LINE)
		return CHUNKED_WRONG;
	switch (c->at) {
	case CHUNKED_SIZE:
		return size_digit(c, octet);
	case CHUNKED_EXTENSION:
		return skip(c->at, octet, CHUNKED_SIZE_LF);
	case CHUNKED_SIZE_LF:
		return line_feed(c, octet, c->left > 0 ? CHUNKED_DATA : CHUNKED_TRAILER);
	case CHUNKED_DATA_CR:
		return octet == '\r' ? CHUNKED_DATA_LF : CHUNKED_WRONG;
	case CHUNKED_DATA_LF:
		return line_feed(c, octet, CHUNKED_SIZE);
	case CHUNKED_TRAILER:
		if (octet != '\r' && ++c->fields > HTTP_FIELDS)
			return CHUNKED_WRONG;
		return skip(CHUNKED_FIELD, octet, CHUNKED_LAST_LF);
	case CHUNKED_FIELD:
		return skip(c->at, octet, CHUNKED_FIELD_LF);
	case CHUNKED_FIELD_LF:
		return line_feed(c, octet, CHUNKED_TRAILER);
	case CHUNKED_LAST_LF:
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
		c->at != CHUNKED_WRONG)
		c->at = next(c, in[took++]);
	*data = in + took;
	if (c->at != CHUNKED_DATA)
		return took;
	*made = c->left < n - took ? (size_t)c->left : n - took;
	c->left -= *made;
	if (c->left == 0)
		c->at = CHUNKED_DATA_CR;
	return took + *made;
}
