/*
 * screen: first it shows and keeps each step; then it asks questions, and goes back: it
 * shows steps again, without doing anything again.
 */
#include "classroom/screen.h"
#include "classroom/work.h"
#include "wire/utf8.h"
#include "wire/spoken.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <termios.h>
#include <unistd.h>

#define INDENT 4 /* of what goes on in the next line */

void screen_begin(struct screen *s, size_t steps)
{
	s->begins = realloc(s->begins, (steps + 1) * sizeof *s->begins);
	if (s->begins == NULL)
		exit(EX_OSERR);
	s->record = work_room(s->record, 1);
	*s->record = '\0';
	s->size = 0;
	s->step = 0;
	s->begins[0] = 0;
}

void screen_step(struct screen *s)
{
	s->step++;
	s->column = 0;
	s->begins[s->step] = s->size;
}

/* Keeps what was shown. */
static void keep(struct screen *s, const char *text)
{
	size_t n = strlen(text);

	s->record = work_room(s->record, s->size + n + 1);
	memcpy(s->record + s->size, text, n + 1);
	s->size += n;
}

void screen_tell(struct screen *s, const char *text)
{
	fputs(text, stdout);
	if (s->asks)
		keep(s, text);
}

/* How many columns the word takes that begins there. */
static int columns_of_word(const char *text, size_t n)
{
	size_t length = 0;

	while (length < n && text[length] != ' ' && text[length] != '\n')
		length++;
	return utf8_width(text, length);
}

/* Whether a line ends at this blank, since the word after it has no room. */
static bool ends_line(const struct screen *s, const char *octets, size_t i, size_t n)
{
	int word = i + 1 < n ? columns_of_word(octets + i + 1, n - i - 1) : 0;

	return s->height > 0 && word > 0 && s->column > INDENT &&
	       s->column + 1 + word > s->width;
}

void screen_show(struct screen *s, const char *octets, size_t i, size_t n)
{
	unsigned char c = (unsigned char)octets[i];
	char text[] = {(char)c, '\0'};
	bool ends = c == ' ' && ends_line(s, octets, i, n);
	int columns = utf8_columns(octets + i, n - i);

	/* While it asks more may appear, and then octets are elsewhere. */
	if (s->asks && s->height > 3 && s->rows >= s->height - 3)
		screen_ask(s, spoken("Enter shows more "));
	if (ends) {
		screen_tell(s, "\n    ");
		s->column = INDENT;
		s->rows++;
		return;
	}
	if (c != '\n' && c != '\t' && (c < ' ' || c == 127))
		*text = '?';
	screen_tell(s, text);
	s->column += columns;
	if (c == '\n') {
		s->column = 0;
		s->rows++;
	}
}

/* Asks, and waits for a key and Enter. Returns the key; q and no more input end it all. */
static char ask_for_key(struct screen *s, const char *question)
{
	char answer[256] = "";

	tcflush(STDIN_FILENO, TCIFLUSH); /* typed before, it is no answer */
	fputs(question, stdout);
	fflush(stdout);
	while (!windows_wait(s->windows, STDIN_FILENO, 60000))
		;
	if (read(STDIN_FILENO, answer, sizeof answer) <= 0 || (*answer | 32) == 'q')
		exit(EX_OK);
	s->rows = 0;
	return (char)(*answer | 32);
}

/* The last step before this one of which something was shown, or this one. */
static size_t step_before(const struct screen *s, size_t step)
{
	for (size_t before = step; before > 0; before--)
		if (s->begins[before - 1] < s->begins[step])
			return before - 1;
	return step;
}

/* Shows it all once more from the step before on, up to the question that is to be asked. */
static void go_back(struct screen *s)
{
	size_t at = step_before(s, s->step);

	while (at < s->step) {
		size_t end = at + 1, begin = s->begins[at];
		char key = 0;

		while (end < s->step && s->begins[end] == begin)
			end++;
		fwrite(s->record + begin, 1, s->begins[end] - begin, stdout);
		if (end < s->step || s->begins[end] == s->size)
			key = ask_for_key(s, spoken("That was before. Enter goes on, b "
						    "and Enter go back "));
		at = key == 'b' ? step_before(s, at) : end;
	}
	fputs(s->record + s->begins[s->step], stdout);
}

void screen_ask(struct screen *s, const char *question)
{
	if (!s->asks || *question == '\0') {
		fputs(question, stdout);
		fflush(stdout);
		return;
	}
	while (ask_for_key(s, question) == 'b')
		go_back(s);
	if (s->column == 0 && s->size > 0 && s->record[s->size - 1] != '\n')
		keep(s, "\n"); /* that of Enter */
}
