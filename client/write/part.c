/*
 * part: what happens to a file before mail carries it. Begin with part_decide: the name
 * of a file decides its type, the type decides whether it is text or data, and its
 * octets decide which transfer encoding it needs.
 *
 *     build/mime-encode -e 7bit lessons/07-base64/picture.jpg      refused: not 7bit
 */
#include "write/part.h"

#include "message/field-value.h"
#include "message/header.h"
#include "message/media-type.h"
#include "wire/spool.h"
#include "write/charset-encode.h"

#include <err.h>
#include <string.h>
#include <sysexits.h>

enum {
	TEXT_LINE = 998, /* octets of a line without its CRLF, RFC 5322, 2.1.1 */
	PLAIN = 6 /* times as many, where text is plain but for an octet here and there */
};

void part_open(struct part *part, const char *path)
{
	part->source = path == NULL ? "standard input" : path;
	part->data = path == NULL ? stdin : fopen(path, "rb");
	int first = part->data == NULL ? EOF : getc(part->data);
	/* A folder can be opened too, but not be read. */
	if (part->data == NULL || ferror(part->data))
		err(path == NULL ? EX_IOERR : EX_NOINPUT, "%s", part->source);
	ungetc(first, part->data);
	part->is_empty = first == EOF;
	if (path != NULL) {
		const char *slash = strrchr(path, '/');

		part->file_name = slash == NULL ? path : slash + 1;
	}
}

/* Goes back to where the data begins, once it was read. */
static void read_again(struct part *part, off_t start)
{
	if (ferror(part->data) || fseeko(part->data, start, SEEK_SET) != 0)
		err(EX_IOERR, "%s", part->source);
}

static void meet_bare_cr(struct survey *survey)
{
	survey->has_bare_cr = true;
	survey->to_quote++;
}

/* The CR of a CRLF counts neither in its line nor as an octet to encode. */
static void survey_octet(struct survey *survey, unsigned char c)
{
	if (survey->last == '\r' && c != '\n')
		meet_bare_cr(survey);
	survey->octets++;
	survey->last = c;
	if (utf8_next(&survey->utf8, c) == UTF8_WRONG)
		survey->is_not_utf8 = true;
	if (c == '\n')
		survey->line = 0;
	if (c == '\n' || c == '\r')
		return;
	survey->line++;
	if (survey->line > TEXT_LINE)
		survey->has_long_line = true;
	if (c == '\0')
		survey->has_nul = true;
	if (c >= 0x80)
		survey->has_high = true;
	if (!quoted_stands(c))
		survey->to_quote++;
}

static void survey_data(struct part *part)
{
	struct survey *survey = &part->survey;
	int c;
	FILE *data = spool(part->data);

	if (data == NULL)
		err(EX_IOERR, "%s", part->source);
	part->data = data;
	*survey = (struct survey){0};
	off_t start = ftello(data);
	while ((c = getc(data)) != EOF)
		survey_octet(survey, (unsigned char)c);
	if (survey->last == '\r')
		meet_bare_cr(survey);
	if (survey->utf8.count != survey->utf8.length)
		survey->is_not_utf8 = true;
	read_again(part, start);
}

static bool names_charset(const char *type)
{
	char charset[1];

	return value_find(type, "charset", charset, sizeof charset);
}

/* Text in another charset is a temporary file, and that is what is surveyed then. */
static void convert_text(struct part *part)
{
	if (names_charset(part->type))
		errx(EX_DATAERR, "%s: names a charset, and so does -c", part->type);
	FILE *converted = spool_new();
	charset_encode(converted, part->data, part->source, part->asked.charset);
	spool_turn(converted);
	fclose(part->data);
	part->data = converted;
	survey_data(part);
}

/* The type that was asked for, or that of its suffix; text where it has no name. */
static void choose_type(struct part *part)
{
	part->type = part->asked.type;
	if (part->type == NULL)
		part->type = part->file_name == NULL ? "text/plain"
						     : media_type_of(part->file_name);
	const char *wrong = header_controls(part->type);
	if (wrong == NULL && !media_type_is_clear(part->type))
		wrong = "not a media type: type/subtype; name=value";
	if (wrong != NULL)
		errx(EX_DATAERR, "Content-Type: %s", wrong);
}

static enum part_kind kind_of(const char *type)
{
	if (media_type_is(type, "text"))
		return PART_TEXT;
	if (media_type_is(type, "multipart") || media_type_is(type, "message"))
		return PART_COMPOSITE;
	return PART_DATA;
}

static void become_data(struct part *part)
{
	part->type = "application/octet-stream";
	part->kind = PART_DATA;
}

/* Lines of at most 998 octets, RFC 2045, 2.8. */
static bool is_8bit(const struct survey *survey)
{
	return !survey->has_nul && !survey->has_bare_cr && !survey->has_long_line;
}

/* Such lines of ASCII, 2.7. */
static bool is_7bit(const struct survey *survey)
{
	return !survey->has_high && is_8bit(survey);
}

/* Text that stays readable, and short, in quoted-printable. */
static bool is_mostly_plain(const struct survey *survey)
{
	return survey->to_quote <= survey->octets / PLAIN;
}

/* The encoding that the data needs, where nobody says. */
static enum transfer_encoding needed_encoding(const struct part *part)
{
	if (part->kind != PART_DATA && is_7bit(&part->survey))
		return TRANSFER_7BIT;
	if (part->is_forwarded && is_8bit(&part->survey))
		return TRANSFER_8BIT;
	if (part->kind == PART_TEXT && is_mostly_plain(&part->survey))
		return TRANSFER_QUOTED_PRINTABLE;
	return TRANSFER_BASE64;
}

/* Whether the encoding can carry the data: lines change line ends (RFC 2045, 2.8). */
static bool is_fit(const struct part *part)
{
	const struct survey *survey = &part->survey;
	bool is_in_lines = part->kind != PART_DATA || survey->octets == 0;

	switch (part->encoding) {
	case TRANSFER_7BIT:
		return is_in_lines && is_7bit(survey);
	case TRANSFER_8BIT:
		return is_in_lines && is_8bit(survey);
	default:
		return true;
	}
}

static void choose_encoding(struct part *part)
{
	const char *asked = part->asked.encoding;

	part->encoding = asked != NULL ? transfer_encoding(asked) : needed_encoding(part);
	/*
	 * The encoding that was asked for is one of text: data beside it goes as it can.
	 */
	if (!is_fit(part) && part->is_inside && part->kind == PART_DATA)
		part->encoding = TRANSFER_BASE64;
	if (!is_fit(part))
		errx(EX_DATAERR, "%s: not %s: %sbase64 would carry it", part->source,
			transfer_name(part->encoding),
			part->kind == PART_TEXT ? "quoted-printable or " : "");
	if (part->kind != PART_COMPOSITE || part->encoding <= TRANSFER_BINARY)
		return;
	if (part->asked.type != NULL || asked != NULL)
		errx(EX_DATAERR, "%s: %s may not be its encoding (RFC 2045, 6.4)",
			part->type, transfer_name(part->encoding));
	become_data(part);
}

/* The charset that Content-Type will name, or NULL. */
static const char *charset_of(const struct part *part)
{
	if (!media_type_is(part->type, "text") || names_charset(part->type))
		return NULL;
	if (part->asked.charset != NULL)
		return part->asked.charset;
	if (!part->survey.has_high)
		return "us-ascii";
	if (!part->survey.is_not_utf8)
		return "utf-8";
	warnx("%s: not UTF-8: sent as unknown-8bit; -T can name its charset",
		part->source);
	return "unknown-8bit"; /* RFC 1428, 3 */
}

static void describe_type(struct part *part)
{
	const char *charset = charset_of(part);
	char *value = part->content_type;
	size_t size = sizeof part->content_type;
	int length;

	if (charset == NULL)
		length = snprintf(value, size, "%s", part->type);
	else if (strpbrk(charset, ":()") == NULL)
		length = snprintf(value, size, "%s; charset=%s", part->type, charset);
	else
		length = snprintf(value, size, "%s; charset=\"%s\"", part->type, charset);
	const char *wrong = header_wrong("Content-Type", value);
	if (length < 0 || (size_t)length >= size)
		wrong = "too long";
	if (wrong != NULL)
		errx(EX_DATAERR, "Content-Type: %s", wrong);
}

static void describe_name(struct part *part)
{
	const char *name = part->file_name, *wrong = header_controls(name);
	size_t size = sizeof part->file_field;

	if (wrong == NULL && !parameter_encode("filename", name, part->file_field, size))
		wrong = "too long";
	if (wrong != NULL)
		errx(EX_DATAERR, "file name: %s", wrong);
}

void part_decide(struct part *part)
{
	choose_type(part);
	part->kind = kind_of(part->type);
	if (part->kind != PART_DATA || part->asked.encoding != NULL)
		survey_data(part);
	/* Text has no NUL: what is text by its name alone is data. */
	bool is_guess = part->asked.type == NULL && !part->is_forwarded;
	if (part->survey.has_nul && part->kind != PART_DATA && is_guess)
		become_data(part);
	if (part->kind == PART_TEXT && part->asked.charset != NULL)
		convert_text(part);
	if (part->kind == PART_TEXT && part->survey.has_nul)
		part->kind = PART_DATA;
	choose_encoding(part);
	describe_type(part);
	if (part->file_name != NULL)
		describe_name(part);
}

bool part_holds(struct part *part, const char *boundary)
{
	size_t met = 0; /* octets of it that the data so far ends in */
	int c = 0;

	if (part->encoding > TRANSFER_BINARY)
		return false;
	off_t start = ftello(part->data);
	while (boundary[met] != '\0' && (c = getc(part->data)) != EOF) {
		if (c != boundary[met])
			met = 0; /* perhaps it begins here */
		if (c == boundary[met])
			met++;
	}
	read_again(part, start);
	return boundary[met] == '\0';
}

void part_put_fields(FILE *out, const struct part *part)
{
	char disposition[PARAMETER_ROOM + sizeof "attachment; "];
	bool is_text = media_type_is(part->type, "text");
	bool is_whole_text = is_text && !part->is_inside;
	bool is_whole_message = part->is_forwarded && part->kind == PART_COMPOSITE;

	header_put(out, "Content-Transfer-Encoding", transfer_name(part->encoding));
	header_put(out, "Content-Type", part->content_type);
	if (part->file_name == NULL || is_whole_text || is_whole_message)
		return;
	snprintf(disposition, sizeof disposition, "%s; %s",
		is_text ? "inline" : "attachment", part->file_field);
	header_put(out, "Content-Disposition", disposition);
}

void part_put_body(FILE *out, struct part *part)
{
	const struct survey *survey = &part->survey;
	bool is_in_lines =
		part->encoding == TRANSFER_7BIT || part->encoding == TRANSFER_8BIT;

	transfer_write(out, part->data, part->encoding, part->kind == PART_TEXT);
	if (ferror(part->data))
		err(EX_IOERR, "%s", part->source);
	if (is_in_lines && !part->is_inside && survey->octets > 0 && survey->last != '\n')
		putc('\n', out);
}
