/*
 * multipart: where a part ends and the next begins (articles: B5; RFC 2046, 5.1). This
 * is to a body what CRLF.CRLF is to a conversation, but its writer chooses the line that
 * ends a part. Begin with multipart_take.
 *
 *     printf 'Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhi\n--b\n\nho\n--b--\n' |
 *     build/mime-decode
 */
#include "message/multipart.h"

#include <errno.h>
#include <string.h>

enum {
	BLANKS = 32, /* after a boundary, and after a delimiter, that are looked at */
	DELIMITER = 2 + MULTIPART_BOUNDARY + BLANKS + 2 + BLANKS + 1, /* and one more */
	LOOK = 2 + DELIMITER /* octets that decide: with the line end before it */
};

void multipart_open(struct multipart *message, FILE *in)
{
	message->in = in;
	message->at_end = message->part_is_over = message->closed = false;
	message->why = 0;
	message->at_line_start = true;
	message->start = message->end = message->depth = 0;
}

/* Reads until LOOK octets are there, if there are so many. */
static void fill(struct multipart *message)
{
	size_t held = message->end - message->start;

	if (held >= LOOK || message->at_end)
		return;
	memmove(message->span, message->span + message->start, held);
	size_t got =
		fread(message->span + held, 1, sizeof message->span - held, message->in);
	message->at_end = got < sizeof message->span - held;
	if (ferror(message->in))
		message->why = errno;
	message->start = 0;
	message->end = held + got;
}

static size_t blanks_of(const char *text, size_t length)
{
	size_t count = 0;

	while (count < length && count < BLANKS &&
		(text[count] == ' ' || text[count] == '\t'))
		count++;
	return count;
}

/*
 * Whether a line that begins there is the delimiter of this multipart. Blanks may come
 * before the last `--` too, where the boundary had some at its end.
 */
static bool is_delimiter(
	const struct multipart *message, size_t at, const struct boundary *boundary)
{
	const char *line = message->span + at;
	size_t left = message->end - at, length = 2 + boundary->length;

	if (left < length || memcmp(line, "--", 2) != 0 ||
		memcmp(line + 2, boundary->text, boundary->length) != 0)
		return false;
	size_t blanks = blanks_of(line + length, left - length);
	length += blanks;
	if (left >= length + 2 && memcmp(line + length, "--", 2) == 0) {
		length += 2;
		blanks = blanks_of(line + length, left - length);
		length += blanks;
	}
	return length == left || blanks == BLANKS || line[length] == '\r' ||
	       line[length] == '\n';
}

/*
 * The multipart whose delimiter begins there, counted from the outermost, 1; 0 for none.
 * The delimiter of an outer one ends the inner ones too, whose own are missing.
 */
static size_t delimiter_at(const struct multipart *message, size_t at)
{
	size_t level = 0;

	if (message->end - at > 2 && memcmp(message->span + at, "--", 2) == 0)
		for (level = message->depth; level > 0; level--)
			if (is_delimiter(message, at, &message->boundaries[level - 1]))
				break;
	return level;
}

int multipart_peek(struct multipart *message)
{
	if (message->part_is_over)
		return EOF;
	fill(message);
	if (message->start == message->end ||
		(message->at_line_start && delimiter_at(message, message->start) > 0)) {
		message->part_is_over = true;
		return EOF;
	}
	return (unsigned char)message->span[message->start];
}

int multipart_get(struct multipart *message)
{
	int octet = multipart_peek(message);

	if (octet != EOF)
		message->start++;
	message->at_line_start = octet == '\n';
	return octet;
}

size_t multipart_ahead(struct multipart *message, const char **octets)
{
	if (multipart_peek(message) == EOF)
		return 0;
	*octets = message->span + message->start;
	return message->end - message->start;
}

/* The first line end from here on, before stop, that a delimiter follows; else NULL. */
static const char *find_delimiter(const struct multipart *message, const char *stop)
{
	const char *at = message->span + message->start;

	while ((at = memchr(at, '\n', (size_t)(stop - at))) != NULL) {
		at++;
		if (delimiter_at(message, (size_t)(at - message->span)) > 0)
			return at - 1;
	}
	return NULL;
}

size_t multipart_take(struct multipart *message, const char **octets)
{
	if (multipart_peek(message) == EOF)
		return 0;
	*octets = message->span + message->start;
	/*
	 * The octets after a line end are then known, and a CR stays with its LF.
	 */
	const char *stop = message->span + message->end;
	stop -= message->at_end ? 0 : DELIMITER;
	if (!message->at_end && stop[-1] == '\r')
		stop--;
	const char *line_end = find_delimiter(message, stop);
	message->at_line_start = false; /* or no delimiter begins there */
	if (line_end == NULL) {
		message->start = (size_t)(stop - message->span);
		return (size_t)(stop - *octets);
	}
	message->part_is_over = true;
	message->start = (size_t)(line_end + 1 - message->span);
	if (line_end > *octets && line_end[-1] == '\r')
		line_end--;
	return (size_t)(line_end - *octets);
}

bool multipart_enter(struct multipart *message, const char *boundary, size_t length)
{
	if (message->depth == MULTIPART_DEPTH || length == 0 ||
		length > MULTIPART_BOUNDARY)
		return false;
	struct boundary *inner = &message->boundaries[message->depth++];
	memcpy(inner->text, boundary, length);
	inner->length = length;
	return true;
}

/* Passes over the delimiter line; whether it is the last one of its multipart. */
static bool pass_delimiter(struct multipart *message, const struct boundary *boundary)
{
	const char *rest = message->span + message->start + 2 + boundary->length;
	size_t left = (size_t)(message->span + message->end - rest);
	size_t blanks = blanks_of(rest, left);
	bool is_last = left - blanks >= 2 && memcmp(rest + blanks, "--", 2) == 0;

	message->at_line_start = false;
	message->part_is_over = false;
	while (multipart_get(message) != EOF && !message->at_line_start)
		continue;
	return is_last;
}

bool multipart_next(struct multipart *message)
{
	const char *octets;

	while (!message->part_is_over)
		multipart_take(message, &octets);
	size_t level = delimiter_at(message, message->start);
	if (level < message->depth) {
		message->depth--; /* an outer one goes on, or the message ends */
		message->closed = false;
		return false;
	}
	/* A delimiter that another one follows at once begins nothing: no empty line came. */
	do
		message->closed =
			pass_delimiter(message, &message->boundaries[level - 1]);
	while (!message->closed && multipart_peek(message) == EOF &&
		delimiter_at(message, message->start) == level);
	if (!message->closed)
		return true;
	message->depth--;
	return false;
}
