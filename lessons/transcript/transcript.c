/*
 * transcript: see transcript.h. A text is read unit by unit: an octet that was
 * said, however it is spelled; a line end; or a placeholder.
 */
#include "transcript/transcript.h"
#include "wire/hex.h"
#include "wire/utf8.h"

#include <string.h>

size_t transcript_utf8(const char *octets, size_t n)
{
	struct utf8 utf8 = {0};

	for (size_t i = 0; i < n; i++) {
		enum utf8_found found = utf8_next(&utf8, (unsigned char)octets[i]);

		if (found == UTF8_WRONG)
			return 0;
		if (found ==
			UTF8_CHARACTER) /* a terminal would obey a control character */
			return i == 0 || utf8_is_control(&utf8) ? 0 : i + 1;
	}
	return 0;
}

/* How many of n octets come before the line end; *end is how it is written. */
static size_t before_end(const char *octets, size_t n, const char **end)
{
	*end = "\\c";
	if (n == 0 || octets[n - 1] != '\n')
		return n;
	*end = "\\n";
	if (n < 2 || octets[n - 2] != '\r')
		return n - 1;
	*end = "";
	return n - 2;
}

/* Writes an octet that is no part of a longer character. Returns how many it wrote. */
static size_t put_octet(char *text, unsigned char octet)
{
	static const char hex[] = "0123456789abcdef";

	if (octet == '\r') {
		memcpy(text, "\\r", 2);
		return 2;
	}
	text[0] = text[1] = (char)octet;
	if (octet >= ' ' && octet <= '~')
		return octet == '\\' || octet == '{' ? 2 : 1;
	text[0] = '\\';
	text[1] = 'x';
	text[2] = hex[octet >> 4];
	text[3] = hex[octet & 15];
	return 4;
}

/* How many of n octets are written as they are: most of most lines. */
static size_t plain(const char *octets, size_t n)
{
	size_t i = 0;

	while (i < n && octets[i] >= ' ' && octets[i] <= '~' && octets[i] != '\\' &&
		octets[i] != '{')
		i++;
	return i;
}

size_t transcript_text(const char *octets, size_t n, char *text)
{
	const char *end;
	size_t said = before_end(octets, n, &end), written = 0;

	for (size_t i = 0; i < said;) {
		size_t as_it_is = plain(octets + i, said - i);

		if (as_it_is == 0)
			as_it_is = transcript_utf8(octets + i, said - i);
		memcpy(text + written, octets + i, as_it_is);
		written += as_it_is;
		i += as_it_is;
		if (as_it_is == 0)
			written += put_octet(text + written, (unsigned char)octets[i++]);
	}
	if (said > 0 && octets[said - 1] == ' ' && *end == '\0') {
		memcpy(text + written - 1, "\\x20", 4); /* nobody would see it */
		written += 3;
	}
	memcpy(text + written, end, strlen(end) + 1);
	return written + strlen(end);
}

/* The octets of the placeholder that p begins with, braces and all, or 0. */
static size_t placeholder(const char *p, int *unit)
{
	size_t name = strspn(p + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

	*unit = TEXT_NAME;
	if (name > 0 && name < TRANSCRIPT_NAME && p[1 + name] == '}')
		return name + 2;
	*unit = TEXT_ANY;
	if (strncmp(p, "{any}", 5) == 0)
		return 5;
	*unit = TEXT_LINES;
	return strcmp(p, "{lines}") == 0 ? 7 : 0;
}

/* The octets of the escape that p begins with, or 0. */
static size_t escape(const char *p, int *unit)
{
	switch (p[1]) {
	case '\\':
		return 2;
	case 'r':
		*unit = '\r';
		return 2;
	case 'n':
		*unit = TEXT_LF;
		return p[2] == '\0' ? 2 : 0;
	case 'c':
		*unit = TEXT_NO_END;
		return p[2] == '\0' ? 2 : 0;
	case 'x':
		*unit = hex_octet(p + 2);
		return *unit >= 0 ? 4 : 0;
	default:
		return 0;
	}
}

int transcript_unit(const char **at)
{
	const char *p = *at;
	int unit = (unsigned char)*p;
	size_t n = 1;

	if (*p == '\0')
		return TEXT_CRLF;
	if (*p == '{')
		n = p[1] == '{' ? 2 : placeholder(p, &unit);
	else if (*p == '\\')
		n = escape(p, &unit);
	*at = p + (n > 0 ? n : 1);
	return n > 0 ? unit : TEXT_WRONG;
}

int transcript_said_unit(const char **at)
{
	const char *p = *at;
	int unit = transcript_unit(at);

	if (unit <= TEXT_NO_END)
		return unit;
	*at = p + 1;
	return (unsigned char)*p;
}

bool transcript_is_end(int unit)
{
	return unit >= TEXT_CRLF && unit <= TEXT_NO_END;
}

int transcript_end(const char *text)
{
	int unit;

	do
		unit = transcript_unit(&text);
	while (!transcript_is_end(unit));
	return unit;
}

size_t transcript_take(
	struct transcript_said *said, const char *in, size_t n, bool *whole)
{
	size_t room = sizeof said->octets - said->n;
	const char *lf = memchr(in, '\n', n < room ? n : room);
	size_t came = lf != NULL ? (size_t)(lf + 1 - in) : n < room ? n : room;

	memcpy(said->octets + said->n, in, came);
	said->n += came;
	*whole = lf != NULL || said->n == sizeof said->octets;
	return came;
}
