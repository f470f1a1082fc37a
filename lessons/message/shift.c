/*
 * shift: what an octet means depends on the sequence before it. Begin with the table, and
 * then take_octet.
 *
 *     printf 'Content-Type: text/plain; charset=iso-2022-jp\n\n\033$B%s!<%%-\033(B\n' '%1' |
 *     build/mime-decode
 */
#include "message/shift.h"

#include <string.h>

/* The sequences; all are of characters that text has not otherwise. */
static const struct sequence {
	const char *octets;
	enum shift_set set;
	const char *text; /* that it stands for */
} sequences[] = {
	{"\033(B", SHIFT_ASCII, ""},
	{"\033(J", SHIFT_ASCII, ""}, /* with a yen sign and an overline, never meant */
	{"\033(I", SHIFT_KANA, ""}, {"\033$@", SHIFT_JIS, ""}, /* of 1978 */
	{"\033$B", SHIFT_JIS, ""},			       /* of 1983 */
	{"~{", SHIFT_GB, ""}, {"~}", SHIFT_ASCII, ""}, {"~~", SHIFT_ASCII, "~"},
	{"~\n", SHIFT_ASCII, ""}, /* a line that goes on */
};

enum { SEQUENCES = sizeof sequences / sizeof sequences[0] };

void shift_start(struct shift *shift, const char *key)
{
	static const struct {
		const char *key, *begin;
	} charsets[] = {{"iso2022jp", "\033"}, {"iso2022jpms", "\033"}, {"jis", "\033"},
		{"cp50220", "\033"}, {"cp50221", "\033"}, {"cp50222", "\033"},
		{"hzgb2312", "~"}, {"hz", "~"}};

	*shift = (struct shift){.set = SHIFT_ASCII};
	for (size_t i = 0; i < sizeof charsets / sizeof charsets[0]; i++)
		if (strcmp(key, charsets[i].key) == 0)
			shift->begin = charsets[i].begin;
}

/* Writes what is held as it is. */
static char *release(struct shift *shift, char *to)
{
	memcpy(to, shift->held, shift->count);
	to += shift->count;
	shift->count = 0;
	return to;
}

/* How JIS X 0208, rows and columns from 0x21 to 0x7e, is put into Shift_JIS. */
static void to_shift_jis(const char *character, char *to)
{
	int row = character[0], column = character[1];

	to[0] = (char)((row + 1) / 2 + (row < 0x5f ? 0x70 : 0xb0));
	if (row % 2 == 0)
		to[1] = (char)(column + 0x7e);
	else
		to[1] = (char)(column + (column < 0x60 ? 0x1f : 0x20));
}

/* The octets held are a character of two. */
static char *write_pair(struct shift *shift, char *to)
{
	if (shift->set == SHIFT_JIS) {
		to_shift_jis(shift->held, to);
	} else {
		to[0] = (char)(shift->held[0] | 0x80);
		to[1] = (char)(shift->held[1] | 0x80);
	}
	shift->count = 0;
	return to + 2;
}

/* The octets held begin as a sequence does; once it is whole, it is done. */
static char *take_sequence(struct shift *shift, char *to)
{
	bool is_begun = false;

	for (size_t i = 0; i < SEQUENCES; i++) {
		const struct sequence *sequence = &sequences[i];
		size_t length = strlen(sequence->octets);

		if (memcmp(sequence->octets, shift->held, shift->count) != 0)
			continue;
		is_begun = true;
		if (length > shift->count)
			continue;
		shift->set = sequence->set;
		shift->count = 0;
		memcpy(to, sequence->text, strlen(sequence->text));
		return to + strlen(sequence->text);
	}
	return is_begun ? to : release(shift, to);
}

/* Takes the next octet. A line end goes back to ASCII (1468): no line spoils the next. */
static char *take_octet(struct shift *shift, char c, char *to)
{
	const bool in_sequence = shift->count > 0 && shift->held[0] == *shift->begin;
	const bool is_printing = c > ' ' && c < 0x7f;
	const bool is_pair = shift->set == SHIFT_JIS || shift->set == SHIFT_GB;
	const bool is_second = is_pair && is_printing && shift->count == 1;

	if (in_sequence || (c == *shift->begin && !is_second)) {
		if (!in_sequence)
			to = release(shift, to);
		shift->held[shift->count++] = c;
		return take_sequence(shift, to);
	}
	if (is_pair && is_printing) {
		shift->held[shift->count++] = c;
		return is_second ? write_pair(shift, to) : to;
	}
	to = release(shift, to);
	if (c == '\n')
		shift->set = SHIFT_ASCII;
	*to++ = (char)(shift->set == SHIFT_KANA && is_printing ? c | 0x80 : c);
	return to;
}

size_t shift_text(struct shift *shift, const char *octets, size_t length, char *to)
{
	char *next = to;

	for (size_t i = 0; i < length; i++)
		next = take_octet(shift, octets[i], next);
	return (size_t)(next - to);
}

size_t shift_end(struct shift *shift, char *to)
{
	return (size_t)(release(shift, to) - to);
}
