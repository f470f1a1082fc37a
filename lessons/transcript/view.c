/*
 * view: which octets are in view, and how many columns of a terminal they take.
 */
#include "transcript/view.h"
#include "wire/program.h"
#include "wire/utf8.h"

#include <stdio.h>
#include <string.h>

#define IN_VIEW 60 /* octets of a long line that are shown, */
#define LEAD_IN 30 /* of which so many are before the difference */

struct view view_begin(void)
{
	if (!program_has_colours())
		return (struct view){0, "", "", "", "", ""};
	return (struct view){
		0, "\033[32m", "\033[31m", "\033[1;31m", "\033[1m", "\033[0m"};
}

void view_turn(struct view *v, size_t at)
{
	v->cut = at >= IN_VIEW ? at + 1 - LEAD_IN : 0;
}

void view_text(const struct view *v, const char *text)
{
	char view[IN_VIEW + 4]; /* the last character may be of four octets */
	size_t length = strlen(text), n, cut = v->cut < length ? v->cut : length;

	while (utf8_is_within(text[cut]))
		cut++;
	n = utf8_copy(text + cut, length - cut, '?', '?', view, sizeof view);
	printf("%s%s%s", cut > 0 ? "..." : "", view, cut + n < length ? "..." : "");
}

void view_caret(const struct view *v, const char *label, const char *text, size_t at)
{
	int blanks =
		utf8_width(label, strlen(label)) + (v->cut > 0 ? (int)strlen("...") : 0);

	for (size_t i = v->cut; i < at; i++)
		blanks += utf8_columns(text + i, at - i);
	printf("%*s%s^%s\n", blanks, "", v->caret, v->off);
}

size_t view_characters(const char *text, size_t at)
{
	size_t n = 0;

	for (size_t i = 0; i < at; i++)
		if (!utf8_is_within(text[i]))
			n++;
	return n;
}
