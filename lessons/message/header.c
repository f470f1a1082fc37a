/*
 * header: writes fields, reads them and takes them apart (articles: B6; RFC 5322, 2.2
 * and 3.3). header_get reads, and header_next reads what others have spoiled;
 * header_put writes.
 *
 *     printf 'Subject: folded\n here\n\nbody\n' | build/mime-decode
 */
#include "message/header.h"
#include "message/encoded-word.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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
			return "only ASCII is allowed in this header field";
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

/* Takes the next octet; passes over a CR that belongs to a line end. */
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

/* `From alice@crepes.fr Wed Sep  9`: mailboxes in one file have it before each message. */
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

/*
 * Finds where a header begins, and where it goes on, after others have spoiled it: an
 * editor, a mailbox file, a program that folds. Other lines are skipped only if a field
 * follows: so text is never lost, and a body without a header stays one. It looks at
 * the next octets before it takes any.
 */

static size_t line_length(const char *line, size_t length)
{
	const char *end = memchr(line, '\n', length);

	return end == NULL ? length : (size_t)(end + 1 - line);
}

static size_t blanks_of(const char *line, size_t length)
{
	size_t count = 0;

	while (count < length && (line[count] == ' ' || line[count] == '\t'))
		count++;
	return count;
}

/* Whether a field comes next, but for lines that may be in its way. */
static bool field_follows(const char *line, size_t length)
{
	while (length > 0 && (blanks_of(line, length) > 0 || is_postmark(line, length))) {
		size_t passed = line_length(line, length);

		line += passed;
		length -= passed;
	}
	return has_name(line, length);
}

/* How many octets are before the next field and do not belong to it, or 0. */
static size_t spoiled(const char *line, size_t length, bool is_first)
{
	static const char mark[] = "\xef\xbb\xbf"; /* of byte order, in UTF-8 */
	size_t first = line_length(line, length), blanks = blanks_of(line, length);

	if (is_first && length > 3 && memcmp(line, mark, 3) == 0)
		return 3;
	if (!field_follows(line + first, length - first))
		return 0;
	if (is_postmark(line, length))
		return first;
	if (is_first && blanks > 0)
		return has_name(line + blanks, length - blanks) ? blanks : first;
	return 0;
}

static void pass_spoiled(struct multipart *in, bool is_first)
{
	const char *line;
	size_t length, passed;

	do {
		length = multipart_ahead(in, &line);
		passed = length == 0 ? 0 : spoiled(line, length, is_first);
		for (size_t i = 0; i < passed; i++)
			multipart_get(in);
	} while (passed > 0);
}

void header_begin(struct multipart *in)
{
	pass_spoiled(in, true);
}

/*
 * Whether the next line is the rest of the field, folded without its blank: name="a.zip"
 * after a field that ends in a `;`, or any line that a Content- field follows.
 */
static bool goes_on(struct multipart *in, const struct header_field *field)
{
	const char *line;
	size_t length = multipart_ahead(in, &line);
	size_t first = length == 0 ? 0 : line_length(line, length);
	size_t name = 0;
	static const char content[] = "Content-";

	if (length == 0 || line[0] == '\n' || line[0] == '\r' || has_name(line, length))
		return false;
	if (length - first >= strlen(content) &&
		strncasecmp(line + first, content, strlen(content)) == 0)
		return true;
	while (name < first &&
		(isalnum((unsigned char)line[name]) || strchr("*-", line[name]) != NULL))
		name++;
	return field->length > 0 && field->text[field->length - 1] == ';' && name > 0 &&
	       name < first && line[name] == '=';
}

enum header_found header_next(struct multipart *in, struct header_field *field)
{
	int c;

	pass_spoiled(in, false);
	enum header_found found = header_get(in, field);
	while (found == HEADER_IS_FIELD && goes_on(in, field)) {
		keep(field, ' ');
		while ((c = next_octet(in)) != EOF && c != '\n')
			keep(field, c);
	}
	return found;
}

const char *header_value(const struct header_field *field, const char *name)
{
	size_t length = strlen(name);

	if (strncasecmp(field->text, name, length) != 0)
		return NULL;
	const char *colon = field->text + length + strspn(field->text + length, " \t");
	return *colon == ':' ? colon + 1 + strspn(colon + 1, " \t") : NULL;
}
