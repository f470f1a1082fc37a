/*
 * A part of a message: a file, its Content- fields and its body. Passages B7 to
 * B9, and A6, for the encoding is there for SMTP's sake. RFC 2045, 6, and 2046.
 *
 *     build/mime-encode -e 7bit lessons/07-base64/picture.jpg      refused: not 7bit
 */
#include "part.h"
#include "spool.h"

#include "base64.h"
#include "header.h"
#include "media-type.h"
#include "parameter.h"

#include <err.h>
#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sysexits.h>

enum { SPAN = 512 * BASE64_LINE };

bool part_knows_encoding(const char *encoding)
{
	return strcasecmp(encoding, "7bit") == 0 || strcasecmp(encoding, "base64") == 0;
}

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
	char name[PARAMETER_ROOM];
	if (!parameter_encode("filename", part->file_name, name, sizeof name))
		return refuse("file name", "too long");
	snprintf(part->disposition, sizeof part->disposition, "attachment; %s", name);
	return 0;
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

/* RFC 2045, 6.4: what holds parts or a message is never encoded as a whole. */
static bool is_composite(const char *type)
{
	return media_type_is(type, "multipart") || media_type_is(type, "message");
}

static int decide_encoding(struct part *part)
{
	const struct survey *survey = &part->survey;
	bool composite = is_composite(part->type);
	bool is_7bit = survey_is_7bit(survey);
	const char *given = part->given_encoding;
	/* Where lines are not the matter, their ends must come through as they are. */
	bool is_exact =
		part->is_text || composite ||
		(!survey->has_cr && (survey->last == '\n' || !survey->has_octets));
	part->encoding =
		given != NULL && strcasecmp(given, "7bit") == 0 ? "7bit" : "base64";
	if (given == NULL && is_7bit && (part->is_text || composite))
		part->encoding = "7bit";
	if (strcmp(part->encoding, "7bit") == 0) {
		if (!is_7bit || !is_exact)
			return refuse(part->source, "not 7bit: base64 would carry it");
		return 0;
	}
	if (!composite)
		return 0;
	if (part->given_type != NULL || given != NULL)
		return refuse(
			part->type, "base64 may not be its encoding (RFC 2045, 6.4)");
	part->type = "application/octet-stream";
	return 0;
}

static int describe_type(struct part *part)
{
	char charset[1];
	const char *wrong = header_wrong("Content-Type", part->type);
	if (wrong != NULL)
		return refuse("Content-Type", wrong);
	bool lacks_charset = media_type_is(part->type, "text") &&
			     !header_parameter(part->type, "charset", charset, 1);
	int wrote = snprintf(part->content_type, sizeof part->content_type, "%s%s%s",
		part->type, lacks_charset ? "; charset=" : "",
		lacks_charset ? survey_charset(&part->survey) : "");
	if (wrote < 0 || (size_t)wrote >= sizeof part->content_type)
		return refuse("Content-Type", "too long");
	return 0;
}

int part_decide(struct part *part)
{
	char token[256];
	int status = 0;
	part->type = part->given_type;
	if (part->type == NULL)
		part->type = part->file_name == NULL ? "text/plain"
						     : media_type_of(part->file_name);
	if (!header_token(part->type, token, sizeof token) || strchr(token, '/') == NULL)
		return refuse(part->type, "not a media type: type/subtype");
	bool by_lines = media_type_is(part->type, "text") || is_composite(part->type);
	if (by_lines || part->given_encoding != NULL)
		status = survey_data(part);
	if (status != 0)
		return status;
	/* Text has no NUL: what is text by its name alone is data. */
	if (part->given_type == NULL && by_lines && part->survey.has_nul)
		part->type = "application/octet-stream";
	part->is_text = media_type_is(part->type, "text") && !part->survey.has_nul;
	status = decide_encoding(part);
	return status != 0 ? status : describe_type(part);
}

void part_put_fields(FILE *out, const struct part *part)
{
	header_put(out, "Content-Transfer-Encoding", part->encoding);
	header_put(out, "Content-Type", part->content_type);
	if (part->file_name != NULL && !media_type_is(part->type, "text"))
		header_put(out, "Content-Disposition", part->disposition);
}

static void put_7bit(FILE *out, struct part *part)
{
	char span[SPAN], text[SPAN + 1];
	bool cr = false;
	size_t length;
	while (!ferror(out) && (length = fread(span, 1, sizeof span, part->data)) > 0) {
		length = body_to_lf(&cr, span, length, text);
		fwrite(text, 1, length, out);
	}
	if (part->survey.has_octets && part->survey.last != '\n')
		putc('\n', out);
}

static void put_base64(FILE *out, struct part *part)
{
	char span[SPAN], lines[2 * SPAN], text[BASE64_ROOM(2 * SPAN)];
	struct base64_encoder encoder;
	bool cr = false;
	size_t length;
	base64_encoder_start(&encoder);
	while (!ferror(out) && (length = fread(span, 1, sizeof span, part->data)) > 0) {
		const char *octets = span;
		if (part->is_text) {
			length = body_to_crlf(&cr, span, length, lines);
			octets = lines;
		}
		length = base64_encode(&encoder, octets, length, text);
		fwrite(text, 1, length, out);
	}
	length = base64_encode_end(&encoder, text);
	fwrite(text, 1, length, out);
}

int part_put_body(FILE *out, struct part *part)
{
	if (strcmp(part->encoding, "7bit") == 0)
		put_7bit(out, part);
	else
		put_base64(out, part);
	return ferror(part->data) ? fail(EX_IOERR, part->source) : 0;
}
