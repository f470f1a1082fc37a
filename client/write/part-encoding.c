/*
 * The encoding of a part: which of the five its data needs, or whether it can be in the
 * one that was asked for. Passages A6 and B7 to B9; RFC 2045, 6.
 *
 *     build/mime-encode -e 7bit lessons/07-base64/picture.jpg      refused: not 7bit
 */
#include "write/part-encoding.h"

#include "message/media-type.h"

#include <err.h>
#include <sysexits.h>

static int refuse(const char *what, const char *why)
{
	warnx("%s: %s", what, why);
	return EX_DATAERR;
}

bool part_is_composite(const struct part *part)
{
	return media_type_is(part->type, "multipart") ||
	       media_type_is(part->type, "message");
}

/* What the data needs, where nobody says. */
static enum transfer_encoding needed_encoding(const struct part *part)
{
	bool by_lines = part->is_text || part_is_composite(part);
	if (by_lines && survey_is_7bit(&part->survey))
		return TRANSFER_7BIT;
	if (part->is_message && survey_is_8bit(&part->survey))
		return TRANSFER_8BIT;
	if (part->is_text && survey_is_mostly_plain(&part->survey))
		return TRANSFER_QUOTED_PRINTABLE;
	return TRANSFER_BASE64;
}

/* Whether lines carry it: of data they would change the line ends (RFC 2045, 2.8). */
static bool fits_lines(const struct part *part)
{
	const struct survey *survey = &part->survey;
	bool by_lines = part->is_text || part_is_composite(part) || survey->octets == 0;
	return by_lines && survey_is_8bit(survey);
}

/* Among others data goes as it can, where the encoding asked for is one of text. */
static int meet_unfit(struct part *part)
{
	char why[80];
	if (part->is_inside && !part->is_text && !part_is_composite(part)) {
		part->encoding = TRANSFER_BASE64;
		return 0;
	}
	snprintf(why, sizeof why, "not %s: %sbase64 would carry it",
		transfer_name(part->encoding),
		part->is_text ? "quoted-printable or " : "");
	return refuse(part->source, why);
}

int part_encoding(struct part *part)
{
	const char *given = part->asked.encoding;
	part->encoding = given != NULL ? transfer_encoding(given) : needed_encoding(part);
	switch (part->encoding) {
	case TRANSFER_7BIT:
		return fits_lines(part) && survey_is_7bit(&part->survey)
			       ? 0
			       : meet_unfit(part);
	case TRANSFER_8BIT:
		return fits_lines(part) ? 0 : meet_unfit(part);
	case TRANSFER_BINARY:
		return 0;
	case TRANSFER_UNKNOWN:
		return refuse(given, "not a known encoding");
	case TRANSFER_QUOTED_PRINTABLE:
	case TRANSFER_BASE64:
		break;
	}
	if (!part_is_composite(part))
		return 0;
	if (part->asked.type == NULL && given == NULL) {
		part->type = "application/octet-stream";
		return 0;
	}
	warnx("%s: %s may not be its encoding (RFC 2045, 6.4)", part->type,
		transfer_name(part->encoding));
	return EX_DATAERR;
}
