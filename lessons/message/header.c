/*
 * header: fields are dated, written, read and taken apart (articles: B6; RFC 5322, 2.2
 * and 3.3). To read is header_get, to write header_put.
 *
 *     printf 'Subject: folded\n here\n\nbody\n' | build/mime-decode
 */
#include "message/header.h"
#include "message/encoded-word.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The moment SOURCE_DATE_EPOCH names, or -1. */
static long long fixed_time(void)
{
	const long long end_of_9999 = 253402300799;
	const char *text = getenv("SOURCE_DATE_EPOCH");

	if (text == NULL || text[0] == '\0' || text[strspn(text, "0123456789")] != '\0')
		return -1;
	long long seconds = strtoll(text, NULL, 10);
	return seconds > end_of_9999 ? -1 : seconds;
}

time_t header_now(void)
{
	long long fixed = fixed_time();

	return fixed >= 0 ? (time_t)fixed : time(NULL);
}

bool header_time_is_fixed(void)
{
	return fixed_time() >= 0;
}

void header_date(char *text, size_t size, time_t when)
{
	struct tm parts;
	bool known = header_time_is_fixed() ? gmtime_r(&when, &parts) != NULL
					    : localtime_r(&when, &parts) != NULL;

	if (!known || strftime(text, size, "%a, %d %b %Y %H:%M:%S %z", &parts) == 0)
		text[0] = '\0';
}

/* The octets of the quoted-string that begins here, if it fits on a line; else 1. */
static size_t quoted_length(const char *at)
{
	for (size_t i = 1; i < HEADER_FOLD && at[i] != '\0'; i++) {
		if (at[i] == '"')
			return i + 1;
		if (at[i] == '\\' && at[i + 1] != '\0')
			i++;
	}
	return 1;
}

/*
 * The blanks before a word and the word: a line is folded before these. It could be
 * folded within quotes too, but many a reader takes the line end for a part of the name.
 */
static size_t word_length(const char *at)
{
	size_t blanks = strspn(at, " "), end = blanks;

	while (at[end] != '\0' && at[end] != ' ')
		end += at[end] == '"' ? quoted_length(at + end) : 1;
	return end == blanks ? 0 : end;
}

/* C1 controls too, U+0080 to U+009F in UTF-8. */
static bool is_control(const char *at)
{
	unsigned char first = (unsigned char)at[0], second = (unsigned char)at[1];

	return iscntrl(first) || (first == 0xc2 && second >= 0x80 && second < 0xa0);
}

const char *header_controls(const char *value)
{
	for (; *value != '\0'; value++) {
		if (*value == '\r' || *value == '\n')
			return "a line end in a header field";
		if (is_control(value))
			return "a control byte in a header field";
	}
	return NULL;
}

const char *header_wrong(const char *name, const char *value)
{
	const char *wrong = header_controls(value);

	if (wrong != NULL)
		return wrong;
	for (const char *at = value; *at != '\0'; at++)
		if ((unsigned char)*at > 0x7f)
			return "only ASCII may stand in this header field";
	size_t column = strlen(name) + 2;
	value += strspn(value, " ");
	for (size_t length; (length = word_length(value)) > 0; value += length) {
		if (column + length > HEADER_LINE)
			return "a word too long for a header line";
		column = 0;
	}
	return NULL;
}

bool header_put(FILE *out, const char *name, const char *value)
{
	if (header_wrong(name, value) != NULL)
		return false;
	fprintf(out, "%s:", name);
	size_t column = strlen(name) + 1, room = HEADER_FOLD;
	value += strspn(value, " ");
	for (size_t length; (length = word_length(value)) > 0; value += length) {
		if (strncmp(value + strspn(value, " "), "=?", 2) == 0)
			room = ENCODED_WORD_LINE;
		if (*value != ' ') { /* the first word */
			putc(' ', out);
			column++;
		} else if (column + length > room) {
			putc('\n', out);
			column = 0;
		}
		fwrite(value, 1, length, out);
		column += length;
	}
	putc('\n', out);
	return true;
}

void header_quote(const char *text, char *quoted)
{
	*quoted++ = '"';
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			*quoted++ = '\\';
		*quoted++ = *text;
	}
	*quoted++ = '"';
	*quoted = '\0';
}

/* The next octet; a CR that belongs to a line end is passed over. */
static int next_octet(struct multipart *in)
{
	int c = multipart_get(in);

	return c == '\r' && multipart_peek(in) == '\n' ? multipart_get(in) : c;
}

static void keep(struct header_field *field, int c)
{
	if (field->length < HEADER_FIELD)
		field->text[field->length++] = (char)(c == '\0' ? '?' : c);
	field->text[field->length] = '\0';
}

/*
 * Whether a line begins with a name and a colon. A name is printing ASCII; blanks between
 * it and the colon are an old habit (RFC 5322, 4.5).
 */
static enum begins field_begins(const char *line, size_t length)
{
	bool blank = false;

	for (size_t i = 0; i < length && i <= HEADER_LINE; i++) {
		char c = line[i];
		bool letter = c > ' ' && c < 0x7f && !blank;

		if (c == ':')
			return i > 0 ? BEGINS_HEADER : BEGINS_BODY;
		blank = i > 0 && (c == ' ' || c == '\t');
		if (!letter && !blank)
			return BEGINS_BODY;
	}
	return length > HEADER_LINE ? BEGINS_BODY : BEGINS_UNSURE;
}

static bool has_name(const char *line, size_t length)
{
	return field_begins(line, length) == BEGINS_HEADER;
}

static bool is_postmark(const char *line, size_t n)
{
	if (n > 0 && line[0] == '>') {
		line++;
		n--;
	}
	return n >= 5 && memcmp(line, "From ", 5) == 0;
}

enum begins header_begins(const char *octets, size_t n, size_t *postmark)
{
	enum begins begins = field_begins(octets, n);
	size_t at = 0;

	*postmark = 0;
	if (n > 0 && (octets[0] == '\r' || octets[0] == '\n'))
		return BEGINS_HEADER;
	while (begins == BEGINS_BODY && is_postmark(octets + at, n - at)) {
		const char *lf = memchr(octets + at, '\n', n - at);

		if (lf == NULL)
			return BEGINS_UNSURE;
		at = (size_t)(lf + 1 - octets);
		begins = field_begins(octets + at, n - at);
	}
	if (begins == BEGINS_HEADER)
		*postmark = at;
	return begins;
}

void header_skip_postmark(struct multipart *in)
{
	const char *line;
	size_t postmark, length = multipart_ahead(in, &line);

	if (length == 0 || header_begins(line, length, &postmark) != BEGINS_HEADER)
		return;
	for (; postmark > 0; postmark--)
		multipart_get(in);
}

enum header_found header_get(struct multipart *in, struct header_field *field)
{
	const char *line;
	size_t length = multipart_ahead(in, &line);
	int c;

	field->length = 0;
	field->text[0] = '\0';
	if (length == 0)
		return HEADER_IS_END;
	if (line[0] == '\n' || (length > 1 && memcmp(line, "\r\n", 2) == 0)) {
		next_octet(in);
		return HEADER_IS_END;
	}
	if (!has_name(line, length))
		return HEADER_IS_BODY;
	while ((c = next_octet(in)) != EOF) {
		if (c != '\n') {
			keep(field, c);
			continue;
		}
		/* A line that begins with a blank goes on with the field. */
		c = multipart_peek(in);
		if (c != ' ' && c != '\t')
			break;
	}
	return HEADER_IS_FIELD;
}

const char *header_value(const struct header_field *field, const char *name)
{
	size_t length = strlen(name);

	if (strncasecmp(field->text, name, length) != 0)
		return NULL;
	const char *colon = field->text + length + strspn(field->text + length, " \t");
	return *colon == ':' ? colon + 1 + strspn(colon + 1, " \t") : NULL;
}
