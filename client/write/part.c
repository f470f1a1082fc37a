/*
 * A part of a message: a file, its Content- fields and its body. Passages B7 to
 * B9, and A6, for the encoding is there for SMTP's sake. RFC 2045, 6, and 2046.
 *
 *     build/mime-encode -e 7bit lessons/07-base64/picture.jpg      refused: not 7bit
 */
#include "write/part.h"

#include "write/boundary.h"
#include "write/charset-encode.h"
#include "message/header.h"
#include "message/field-value.h"
#include "message/media-type.h"
#include "message/parameter.h"
#include "write/part-encoding.h"
#include "wire/spool.h"
#include "message/transfer-encoding.h"

#include <err.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>

enum { SPAN = 65536 };

static int fail(int status, const char *what)
{
	warn("%s", what);
	return status;
}

static int refuse(const char *what, const char *why)
{
	warnx("%s: %s", what, why);
	return EX_DATAERR;
}

int part_open(struct part *part, const char *path)
{
	struct stat facts;
	part->source = path == NULL ? "standard input" : path;
	part->data = path == NULL ? stdin : fopen(path, "rb");
	if (part->data == NULL)
		return fail(EX_NOINPUT, path);
	if (fstat(fileno(part->data), &facts) == 0 && S_ISDIR(facts.st_mode)) {
		errno = EISDIR;
		return fail(EX_NOINPUT, part->source);
	}
	if (path == NULL)
		return 0;
	const char *slash = strrchr(path, '/');
	part->file_name = slash == NULL ? path : slash + 1;
	const char *wrong = header_controls(part->file_name);
	if (wrong != NULL)
		return refuse("file name", wrong);
	if (!parameter_encode("filename", part->file_name, part->file_field,
		    sizeof part->file_field))
		return refuse("file name", "too long");
	return 0;
}

void part_take_text(struct part *part, FILE *text, const char *source)
{
	part->data = text;
	part->source = source;
}

void part_take_message(struct part *part, FILE *message, const char *source)
{
	part->data = message;
	part->source = source;
	part->is_message = true;
	part->file_name = "message.eml";
	parameter_encode(
		"filename", part->file_name, part->file_field, sizeof part->file_field);
}

static int survey_data(struct part *part)
{
	char span[SPAN];
	size_t length;
	FILE *data = spool(part->data);
	off_t start;
	if (data == NULL)
		return fail(EX_IOERR, part->source);
	part->data = data;
	start = ftello(data);
	while ((length = fread(span, 1, sizeof span, data)) > 0)
		survey_take(&part->survey, span, length);
	survey_end(&part->survey);
	if (ferror(part->data))
		return fail(EX_IOERR, part->source);
	return fseeko(part->data, start, SEEK_SET) == 0 ? 0
							: fail(EX_IOERR, part->source);
}

/* Text in another charset is a temporary file, and that is what is surveyed then. */
static int convert_text(struct part *part)
{
	char other[1];
	if (value_find(part->type, "charset", other, sizeof other))
		return refuse(part->type, "names a charset, and so does -c");
	FILE *converted = tmpfile();
	if (converted == NULL)
		return fail(EX_IOERR, "temporary file");
	int status =
		charset_encode(converted, part->data, part->source, part->asked.charset);
	if (status == 0 && (fflush(converted) != 0 || ferror(converted)))
		status = fail(EX_IOERR, "temporary file");
	if (status != 0) {
		fclose(converted);
		return status;
	}
	rewind(converted);
	fclose(part->data);
	part->data = converted;
	part->survey = (struct survey){0};
	return survey_data(part);
}

static int describe_type(struct part *part)
{
	char charset[1];
	const char *type = part->type, *label = "", *quote = "";
	if (media_type_is(type, "text") &&
		!value_find(type, "charset", charset, sizeof charset)) {
		label = part->asked.charset != NULL ? part->asked.charset
						    : survey_charset(&part->survey);
		if (part->asked.charset == NULL && part->survey.is_not_utf8)
			warnx("%s: not UTF-8: sent as unknown-8bit; -T can name its "
			      "charset",
				part->source);
		quote = strpbrk(label, ":()") != NULL ? "\"" : "";
	}
	int wrote = snprintf(part->content_type, sizeof part->content_type, "%s%s%s%s%s",
		type, label[0] == '\0' ? "" : "; charset=", quote, label, quote);
	if (wrote < 0 || (size_t)wrote >= sizeof part->content_type)
		return refuse("Content-Type", "too long");
	const char *wrong = header_wrong("Content-Type", part->content_type);
	return wrong == NULL ? 0 : refuse("Content-Type", wrong);
}

int part_decide(struct part *part)
{
	int status = 0;
	part->type = part->asked.type;
	if (part->type == NULL)
		part->type = part->file_name == NULL ? "text/plain"
						     : media_type_of(part->file_name);
	const char *wrong = header_controls(part->type);
	if (wrong == NULL && !media_type_is_clear(part->type))
		wrong = "not a media type: type/subtype; name=value";
	if (wrong != NULL)
		return refuse("Content-Type", wrong);
	bool by_lines = media_type_is(part->type, "text") || part_is_composite(part);
	if (by_lines || part->asked.encoding != NULL)
		status = survey_data(part);
	if (status != 0)
		return status;
	/* Text has no NUL: what is text by its name alone is data. */
	bool by_name = part->asked.type == NULL && by_lines && !part->is_message;
	if (by_name && part->survey.has_nul)
		part->type = "application/octet-stream";
	bool is_text = media_type_is(part->type, "text");
	part->is_text = is_text && !part->survey.has_nul;
	if (is_text && part->asked.charset != NULL)
		status = convert_text(part);
	if (status == 0)
		status = part_encoding(part);
	return status != 0 ? status : describe_type(part);
}

int part_search(struct part *part, const char *boundary, bool *found)
{
	char span[SPAN];
	size_t length;
	struct boundary_search search = {boundary, 0};
	*found = false;
	if (part->encoding == TRANSFER_BASE64 ||
		part->encoding == TRANSFER_QUOTED_PRINTABLE)
		return 0;
	off_t start = ftello(part->data);
	while (!*found && (length = fread(span, 1, sizeof span, part->data)) > 0)
		*found = boundary_found(&search, span, length);
	if (ferror(part->data) || fseeko(part->data, start, SEEK_SET) != 0)
		return fail(EX_IOERR, part->source);
	return 0;
}

void part_put_fields(FILE *out, const struct part *part)
{
	bool is_text = media_type_is(part->type, "text");
	bool is_shown = (is_text && !part->is_inside) ||
			(part->is_message && part_is_composite(part));
	char disposition[PARAMETER_ROOM + sizeof "attachment; "];
	header_put(out, "Content-Transfer-Encoding", transfer_name(part->encoding));
	header_put(out, "Content-Type", part->content_type);
	if (part->file_name == NULL || is_shown)
		return;
	snprintf(disposition, sizeof disposition, "%s; %s",
		is_text ? "inline" : "attachment", part->file_field);
	header_put(out, "Content-Disposition", disposition);
}

int part_put_body(FILE *out, struct part *part)
{
	const struct survey *survey = &part->survey;
	bool by_lines =
		part->encoding == TRANSFER_7BIT || part->encoding == TRANSFER_8BIT;
	transfer_write(out, part->data, part->encoding, part->is_text);
	if (by_lines && !part->is_inside && survey->octets > 0 && survey->last != '\n')
		putc('\n', out);
	return ferror(part->data) ? fail(EX_IOERR, part->source) : 0;
}
