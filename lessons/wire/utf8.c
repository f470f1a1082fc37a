/*
 * utf8: a mail can hold any octets, and some command the terminal that shows them. Begin
 * with the table, RFC 3629, 4, and utf8_next.
 *
 *     printf '\n\033[2Jketchup' | build/mime-decode      \x1b[2Jketchup
 */
#include "wire/utf8.h"

#include <string.h>

/* What a first octet says of the character: RFC 3629, 4, row by row. */
static const struct lead {
	unsigned char first, last; /* of the first octet */
	unsigned char length;
	unsigned char low, high; /* of the second; the others are 80 to bf */
} leads[] = {
	{0x00, 0x7f, 1, 0, 0}, {0xc2, 0xdf, 2, 0x80, 0xbf},
	{0xe0, 0xe0, 3, 0xa0, 0xbf}, /* below a0: a shorter form exists */
	{0xe1, 0xec, 3, 0x80, 0xbf},
	{0xed, 0xed, 3, 0x80, 0x9f}, /* above 9f: surrogates */
	{0xee, 0xef, 3, 0x80, 0xbf}, {0xf0, 0xf0, 4, 0x90, 0xbf},
	{0xf1, 0xf3, 4, 0x80, 0xbf},
	{0xf4, 0xf4, 4, 0x80, 0x8f}, /* above 8f: past U+10FFFF */
};

static enum utf8_found first_octet(struct utf8 *utf8, unsigned char octet)
{
	utf8->octets[0] = octet;
	utf8->count = 1;
	for (size_t i = 0; i < sizeof leads / sizeof leads[0]; i++) {
		if (octet < leads[i].first || octet > leads[i].last)
			continue;
		utf8->length = leads[i].length;
		utf8->low = leads[i].low;
		utf8->high = leads[i].high;
		return utf8->length == 1 ? UTF8_CHARACTER : UTF8_MORE;
	}
	utf8->length = 1;
	return UTF8_WRONG;
}

enum utf8_found utf8_next(struct utf8 *utf8, unsigned char octet)
{
	if (utf8->count == utf8->length)
		return first_octet(utf8, octet);
	if (octet < utf8->low || octet > utf8->high) {
		utf8->length = utf8->count;
		return UTF8_WRONG;
	}
	utf8->octets[utf8->count++] = octet;
	utf8->low = 0x80;
	utf8->high = 0xbf;
	return utf8->count == utf8->length ? UTF8_CHARACTER : UTF8_MORE;
}

bool utf8_is_control(const struct utf8 *utf8)
{
	unsigned char first = utf8->octets[0];

	if (utf8->count == 1)
		return first < ' ' || first == 0x7f;
	return first == 0xc2 && utf8->octets[1] < 0xa0;
}

/* The number of a character of three octets; 0 for others. */
static unsigned number_of_three(const struct utf8 *utf8)
{
	const unsigned char *octets = utf8->octets;

	if (utf8->count != 3)
		return 0;
	return (octets[0] & 0xfU) << 12 | (octets[1] & 0x3fU) << 6 | (octets[2] & 0x3fU);
}

bool utf8_is_turn(const struct utf8 *utf8)
{
	unsigned number = number_of_three(utf8);

	if (utf8->count == 2)
		return memcmp(utf8->octets, "\xd8\x9c", 2) == 0; /* U+061C */
	return number == 0x200e || number == 0x200f ||
	       (number >= 0x202a && number <= 0x202e) ||
	       (number >= 0x2066 && number <= 0x2069);
}

bool utf8_is_whole(const char *text)
{
	struct utf8 utf8 = {0};

	for (; *text != '\0'; text++)
		if (utf8_next(&utf8, (unsigned char)*text) == UTF8_WRONG)
			return false;
	return utf8.count == utf8.length;
}

bool utf8_is_within(char octet)
{
	return ((unsigned char)octet & 0xc0) == 0x80;
}

/* Characters that do not take one column, by their numbers (those of wcwidth(3), roughly). */
static const struct width {
	unsigned long first, last;
	int columns;
} widths[] = {
	{0x0300, 0x036f, 0},
	{0x1100, 0x115f, 2},
	{0x200b, 0x200f, 0},
	{0x20d0, 0x20ff, 0},
	{0x2e80, 0x303e, 2},
	{0x3041, 0xa4cf, 2},
	{0xa960, 0xa97f, 2},
	{0xac00, 0xd7a3, 2},
	{0xf900, 0xfaff, 2},
	{0xfe00, 0xfe0f, 0},
	{0xfe30, 0xfe6f, 2},
	{0xff01, 0xff60, 2},
	{0xffe0, 0xffe6, 2},
	{0x1f300, 0x1faff, 2},
	{0x20000, 0x3fffd, 2},
};

int utf8_columns(const char *text, size_t length)
{
	unsigned char first = (unsigned char)*text;
	unsigned long number = first >= 0xf0   ? first & 7U
			       : first >= 0xe0 ? first & 0xfU
					       : first & 0x1fU;

	if (first < 0x80)
		return 1;
	if (utf8_is_within(*text))
		return 0;
	for (size_t i = 1; i < length && utf8_is_within(text[i]); i++)
		number = number << 6 | ((unsigned char)text[i] & 0x3fU);
	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
		if (number >= widths[i].first && number <= widths[i].last)
			return widths[i].columns;
	return 1;
}

int utf8_width(const char *text, size_t length)
{
	int columns = 0;

	for (size_t i = 0; i < length; i++)
		columns += utf8_columns(text + i, length - i);
	return columns;
}

size_t utf8_fitting(const char *text, size_t length, int columns)
{
	size_t n = 0;

	while (n < length && utf8_columns(text + n, length - n) <= columns) {
		columns -= utf8_columns(text + n, length - n);
		n++;
	}
	return n;
}

/* Whether one of these characters is the one that begins text. */
static bool is_one_of(const char *const *characters, const char *text)
{
	while (*characters != NULL &&
		strncmp(*characters, text, strlen(*characters)) != 0)
		characters++;
	return *characters != NULL;
}

size_t utf8_unbroken(const char *text)
{
	static const char *const begin[] = {
		"(", "[", "（", "「", "『", "《", "〈", "【", "“", "‘", NULL};
	static const char *const end[] = {".", ",", ";", ":", "!", "?", ")", "]", "。",
		"，", "、", "；", "：", "？", "！", "）", "」", "』", "》", "〉", "】",
		"”", "’", "…", "—", "·", NULL};
	const char *last, *next = text;

	do {
		if (strchr(" \n", *next) != NULL)
			return (size_t)(next - text);
		last = next++;
		while (utf8_is_within(*next))
			next++;
	} while (is_one_of(begin, last) || is_one_of(end, next) ||
		 (utf8_columns(last, 4) < 2 && utf8_columns(next, 4) < 2));
	return (size_t)(next - text);
}

void utf8_padded(FILE *out, const char *text, int columns)
{
	int blanks = columns - utf8_width(text, strlen(text));

	fprintf(out, "%s%*s", text, blanks > 0 ? blanks : 0, "");
}

/* Takes the octet at *next, and moves on, unless that is to be looked at anew. */
static enum utf8_found take(struct utf8 *utf8, const unsigned char **next)
{
	bool is_first = utf8->count == utf8->length;
	enum utf8_found found = utf8_next(utf8, **next);

	if (found != UTF8_WRONG || is_first)
		(*next)++;
	return found;
}

size_t utf8_copy(const char *text, size_t length, char for_control, char for_wrong,
	char *to, size_t size)
{
	const unsigned char *next = (const unsigned char *)text, *end = next + length;
	struct utf8 utf8 = {0};
	size_t used = 0;

	while (next < end && used + sizeof utf8.octets < size) {
		enum utf8_found found = take(&utf8, &next);

		if (found == UTF8_MORE && next < end)
			continue;
		if (found != UTF8_CHARACTER)
			memset(to + used, for_wrong, utf8.count);
		else if (utf8_is_control(&utf8))
			memset(to + used, for_control, utf8.count);
		else
			memcpy(to + used, utf8.octets, utf8.count);
		used += utf8.count;
	}
	to[used] = '\0';
	return used;
}

static void show_octets(FILE *out, const struct utf8 *utf8)
{
	for (unsigned i = 0; i < utf8->count; i++)
		fprintf(out, "\\x%02x", utf8->octets[i]);
}

/* The octets from here on that show themselves: most of most texts, so at once. */
static size_t plain(const unsigned char *octets, size_t length)
{
	size_t i = 0;

	while (i < length && octets[i] >= ' ' && octets[i] < 0x7f)
		i++;
	return i;
}

const char *utf8_harmless(const char *text, char *shown, size_t size)
{
	utf8_copy(text, strlen(text), '?', '?', shown, size);
	return shown;
}

static bool is_shown(const struct utf8 *utf8)
{
	unsigned char first = utf8->octets[0];

	if (utf8->is_line)
		return first == '\t' || !(utf8_is_control(utf8) || utf8_is_turn(utf8));
	return first == '\t' || first == '\n' || !utf8_is_control(utf8);
}

/* Counts what is open: U+2066 to 8 till 2069, U+202A, B, D and E till 202C. */
static void count_turn(struct utf8 *utf8)
{
	unsigned number = number_of_three(utf8);

	if (number == 0x2069)
		utf8->isolated -= utf8->isolated > 0 ? 1 : 0;
	else if (number >= 0x2066)
		utf8->isolated++;
	else if (number == 0x202c)
		utf8->embedded -= utf8->embedded > 0 ? 1 : 0;
	else if (number >= 0x202a)
		utf8->embedded++;
}

/* Ends what is open, so that it turns nothing but its own line. */
static void end_turns(FILE *out, struct utf8 *utf8)
{
	for (; utf8->isolated > 0; utf8->isolated--)
		fputs("\xe2\x81\xa9", out);
	for (; utf8->embedded > 0; utf8->embedded--)
		fputs("\xe2\x80\xac", out);
}

/* Shows a character that may be shown. */
static void show_character(FILE *out, struct utf8 *utf8)
{
	if (utf8->count > 1 && utf8_is_turn(utf8))
		count_turn(utf8);
	if (utf8->octets[0] == '\n')
		end_turns(out, utf8);
	fwrite(utf8->octets, 1, utf8->count, out);
}

void utf8_show(FILE *out, struct utf8 *utf8, const void *octets, size_t length)
{
	const unsigned char *next = octets, *end = next + length;

	while (next < end) {
		bool is_first = utf8->count == utf8->length;
		size_t run = is_first ? plain(next, (size_t)(end - next)) : 0;
		enum utf8_found found;

		fwrite(next, 1, run, out);
		next += run;
		if (next == end)
			break;
		found = take(utf8, &next);
		if (found == UTF8_MORE)
			continue;
		if (found == UTF8_WRONG)
			utf8->is_wrong = true;
		if (found == UTF8_CHARACTER && is_shown(utf8))
			show_character(out, utf8);
		else
			show_octets(out, utf8);
	}
}

void utf8_show_end(FILE *out, struct utf8 *utf8)
{
	if (utf8->count != utf8->length) {
		utf8->is_wrong = true;
		show_octets(out, utf8);
	}
	end_turns(out, utf8);
	utf8->count = utf8->length = 0;
}

void utf8_show_line(FILE *out, const char *text, size_t length)
{
	struct utf8 utf8 = {.is_line = true};

	utf8_show(out, &utf8, text, length);
	utf8_show_end(out, &utf8);
}
