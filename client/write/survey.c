/*
 * survey: data is looked at before it is sent. SMTP of 1982 passes ASCII in lines of at
 * most 1000 octets (articles: A6), and what is not that must be encoded before
 * (articles: B7; RFC 2045, 2.7 to 2.9). Begin with survey_take.
 *
 *     printf 'Crêpes\n' | build/mime-encode | grep -i encoding      base64
 */
#include "write/survey.h"

#include "message/quoted-printable.h"

enum {
	TEXT_LINE = 998, /* octets of a line without its CRLF, RFC 5322, 2.1.1 */
	PLAIN = 6 /* times as many, where text is plain but for an octet here and there */
};

static void end_line(struct survey *survey, size_t length)
{
	if (length > survey->longest)
		survey->longest = length;
	survey->line = 0;
}

static void meet_bare_cr(struct survey *survey)
{
	survey->has_bare_cr = true;
	survey->to_quote++;
}

void survey_take(struct survey *survey, const void *octets, size_t length)
{
	const unsigned char *next = octets, *end = next + length;
	survey->octets += length;
	for (; next < end; next++) {
		unsigned char c = *next;
		bool after_cr = survey->last == '\r';
		if (c >= 0x80)
			survey->has_high = true;
		if (survey->has_high && !survey->is_not_utf8)
			survey->is_not_utf8 = utf8_next(&survey->utf8, c) == UTF8_WRONG;
		if (c == '\0')
			survey->has_nul = true;
		if (after_cr && c != '\n')
			meet_bare_cr(survey);
		if (!quoted_stands(c) && c != '\r' && c != '\n')
			survey->to_quote++;
		if (c != '\n')
			survey->line++;
		else if (after_cr)
			end_line(survey, survey->line - 1);
		else
			end_line(survey, survey->line);
		survey->last = c;
	}
}

void survey_end(struct survey *survey)
{
	end_line(survey, survey->line);
	if (survey->last == '\r')
		meet_bare_cr(survey);
	if (survey->utf8.count != survey->utf8.length)
		survey->is_not_utf8 = true;
}

bool survey_is_7bit(const struct survey *survey)
{
	return !survey->has_high && survey_is_8bit(survey);
}

bool survey_is_8bit(const struct survey *survey)
{
	return !survey->has_nul && !survey->has_bare_cr && survey->longest <= TEXT_LINE;
}

bool survey_is_mostly_plain(const struct survey *survey)
{
	return survey->to_quote <= survey->octets / PLAIN;
}

const char *survey_charset(const struct survey *survey)
{
	if (!survey->has_high)
		return "us-ascii";
	return survey->is_not_utf8 ? "unknown-8bit" : "utf-8"; /* RFC 1428, 3 */
}
