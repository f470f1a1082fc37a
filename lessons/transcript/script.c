/*
 * script: a line of the file is read, then looked through, and then the file as a
 * whole is. Begin at script_open. What is wrong is told with what was probably meant.
 */
#include "transcript/script.h"
#include "wire/spool.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define WAIT_LIMIT 3600 /* seconds that an event may wait */

__attribute__((format(printf, 2, 3))) static int problem(
	struct script *s, const char *format, ...)
{
	va_list arguments;
	int n = snprintf(
		s->problem, sizeof s->problem, "%.200s:%lu: ", s->file_name, s->line);

	va_start(arguments, format);
	vsnprintf(s->problem + n, sizeof s->problem - (size_t)n, format, arguments);
	va_end(arguments);
	return EX_DATAERR;
}

/*
 * Reads a line without its end, LF or CRLF, into s->text. Returns 0, a status with
 * s->problem, or -1 at the end of the file.
 */
static int read_line(struct script *s)
{
	size_t n = 0;
	int c = getc(s->file);

	if (c == EOF)
		return -1;
	s->line++;
	for (; c != EOF && c != '\n'; c = getc(s->file)) {
		if (c == '\0')
			return problem(s, "a control character, NUL: this is no text, or "
					  "one that is not UTF-8");
		if (n == sizeof s->text - 1)
			return problem(s,
				"a line of over %zu octets: cut it into lines that end "
				"in \\c",
				n);
		s->text[n++] = (char)c;
	}
	if (n > 0 && s->text[n - 1] == '\r')
		n--;
	s->text[n] = '\0';
	if (s->line == 1 && strncmp(s->text, "\xef\xbb\xbf", 3) == 0)
		memmove(s->text, s->text + 3,
			n - 2); /* a byte order mark, and the NUL moves too */
	return 0;
}

/* A line that begins with ! is an event. */
static int read_event(struct script *s)
{
	const char *event = s->text + 1;
	bool of_side = *event == 'C' || *event == 'S';
	char *end;
	double seconds;

	s->who = *event;
	if (of_side && strcmp(event + 1, " closes") == 0) {
		s->step = STEP_CLOSES;
		return 0;
	}
	if (of_side && strcmp(event + 1, " resets") == 0) {
		s->step = STEP_RESETS;
		return 0;
	}
	if (strncmp(event, "wait ", 5) == 0) {
		seconds = strtod(event + 5, &end);
		if (end == event + 5 || *end != '\0' || seconds > WAIT_LIMIT ||
			strspn(event + 5, "0123456789.") != strlen(event + 5))
			return problem(
				s, "how long? !wait takes seconds, as in !wait 0.5");
		s->step = STEP_WAIT;
		s->milliseconds = (long)(seconds * 1000);
		return 0;
	}
	return problem(s, "no such event: there are !C closes, !S closes, !C resets, "
			  "!S resets and !wait SECONDS");
}

/* What a line that is none was probably meant to be. */
static int guess(struct script *s)
{
	static const char *const instead[][2] = {{";", "a semicolon"},
		{"\xef\xbc\x9a", "a full-width colon"},
		{"\xef\xbc\x9b", "a full-width semicolon"}, {" ", "a blank"}};
	const char *text = s->text;

	if (text[0] == '\0')
		return problem(s, "an empty line; an empty line that was said is C: or "
				  "S: alone");
	if (text[0] == ' ' || text[0] == '\t')
		return problem(s, "a blank before it; probably C: or S: was meant");
	if ((text[0] == 'c' || text[0] == 's') && text[1] == ':')
		return problem(s, "a small letter; probably C: or S: was meant");
	for (size_t i = 0; i < sizeof instead / sizeof *instead; i++)
		if ((text[0] == 'C' || text[0] == 'S') &&
			strncmp(text + 1, instead[i][0], strlen(instead[i][0])) == 0)
			return problem(
				s, "%s; probably %c: was meant", instead[i][1], text[0]);
	return problem(s, "neither C: nor S:, no # comment and no ! event");
}

/* Looks at a unit of a text, which is written at from; or is a character of UTF-8. */
static int check_unit(struct script *s, int unit, const char *from, bool character)
{
	if (unit == TEXT_LINES)
		return problem(s,
			"{lines} stands alone after the colon, for whole lines; "
			"within a line it is {any}");
	if (unit == TEXT_WRONG && *from == '{')
		return problem(s,
			"no such placeholder: a brace that was said is {{, else "
			"it is {any}, {lines} or {NAME} in capitals");
	if (unit == TEXT_WRONG)
		return problem(s, "no such escape: a backslash that was said is \\\\, "
				  "else it is \\xNN, \\r, or \\n or \\c at the end");
	if (unit == '\n')
		return problem(s, "an LF ends a line: end it in \\n, go on in the next");
	if (unit == TEXT_NAME && !placeholder_enter(&s->names, from))
		return problem(s, "more than %d different {NAME}s", PLACEHOLDER_NAMES);
	if (!character && (*from < ' ' || *from > '~'))
		return problem(s, "%s: an octet that has to stand as \\x%02x",
			*from & 0x80 ? "not UTF-8" : "a control character",
			(unsigned char)*from);
	return 0;
}

/* Looks at the end of a text of so many octets, of which last is the last unit. */
static int check_end_of_line(struct script *s, int end, int last, size_t octets)
{
	if (end == TEXT_LF && last == '\r')
		return problem(s, "\\r\\n is how every line ends: leave it out");
	if (end == TEXT_NO_END && octets == 0)
		return problem(s, "nothing at all was said: leave the line out");
	octets += end == TEXT_LF ? 1 : 0;
	octets += end == TEXT_CRLF ? 2 : 0;
	if (octets > TRANSCRIPT_LINE)
		return problem(s,
			"a line of over %d octets with its end: cut it into lines that "
			"end in \\c",
			TRANSCRIPT_LINE);
	return 0;
}

/* Nobody sees a blank at the end of a line. */
static int check_last_blank(struct script *s)
{
	size_t n = strlen(s->text);

	if (n == 0 || s->text[n - 1] != ' ')
		return 0;
	if (!s->to_compare || n + 4 > sizeof s->text)
		return problem(s, "a blank at the end of the line: \\x20 if it was said, "
				  "else nothing");
	memcpy(s->text + n - 1, "\\x20", 5);
	return 0;
}

/* What was said, after C: or S:, is looked through for what does not belong there. */
static int check_text(struct script *s)
{
	int last = TEXT_CRLF, status = check_last_blank(s);
	const char *p = s->text, *end = p + strlen(p);
	size_t octets = 0;

	s->step = strcmp(p, "{lines}") == 0 ? STEP_LINES : STEP_SAID;
	while (status == 0 && s->step == STEP_SAID) {
		const char *from = p;
		size_t character = transcript_utf8(p, (size_t)(end - p));
		int unit = transcript_unit(&p);

		if (transcript_is_end(unit))
			return check_end_of_line(s, unit, last, octets);
		status = check_unit(s, unit, from, character > 0);
		if (character > 0)
			p = from + character;
		octets += character > 0 ? character : 1;
		last = unit;
	}
	return status;
}

/* A comment; or what a program that listens prints above what was said. */
static bool is_remark(const struct script *s)
{
	return s->text[0] == '#' ||
	       (s->line == 1 && strncmp(s->text, "listening on ", 13) == 0);
}

/* Reads a step. Returns 0, or a status with s->problem. */
static int read_step(struct script *s)
{
	int status;

	do
		status = read_line(s);
	while (status == 0 && is_remark(s));
	if (status < 0)
		s->step = STEP_END;
	if (status != 0)
		return status < 0 ? 0 : status;
	if (s->text[0] == '!')
		return read_event(s);
	s->who = s->text[0];
	if ((s->who != 'C' && s->who != 'S') || s->text[1] != ':')
		return guess(s);
	memmove(s->text, s->text + 2, strlen(s->text) - 1);
	return check_text(s);
}

/* Whether C and S have closed; who has may say nothing more. */
static int check_end(struct script *s, bool closed[2])
{
	bool *own = &closed[s->who == 'S'];

	if (s->step == STEP_RESETS)
		closed[0] = closed[1] = true;
	*own = *own || s->step == STEP_CLOSES;
	if (*own && (s->step == STEP_SAID || s->step == STEP_LINES))
		return problem(s,
			"said after the end of %c: does another conversation begin here? "
			"Each has to be a file of its own",
			s->who);
	return 0;
}

/* Whether a reply is none of SMTP. */
static bool is_free(const char *text)
{
	return strncmp(text, "+OK", 3) == 0 || strncmp(text, "-ERR", 4) == 0 ||
	       strncmp(text, "HTTP/", 5) == 0;
}

int script_open(struct script *s, const char *name)
{
	unsigned long first = 0; /* the line of the first text */
	bool closed[2] = {false, false}, blanks = true;
	int status = 0;

	s->file_name = name;
	s->file = fopen(name, "rb");
	if (s->file != NULL)
		s->file = spool(s->file);
	while (s->file != NULL && status == 0 && s->step != STEP_END) {
		status = read_step(s);
		if (status == 0 && !s->to_compare)
			status = check_end(s, closed);
		if (s->step != STEP_SAID || s->text[0] == '\0')
			continue;
		if (s->who == 'S' && is_free(s->text))
			s->free_text = true;
		first = first != 0 ? first : s->line;
		blanks = blanks && s->text[0] == ' ';
	}
	if (s->file == NULL || ferror(s->file)) {
		snprintf(s->problem, sizeof s->problem, "%s: %s", name, strerror(errno));
		return EX_NOINPUT;
	}
	s->line = first;
	if (status == 0 && first != 0 && blanks)
		status = problem(s,
			"a blank after every colon: C:HELO, not C: HELO, was probably "
			"meant, for a blank is said too");
	script_rewind(s);
	return status;
}

void script_next(struct script *s)
{
	if (read_step(s) != 0)
		s->step = STEP_END; /* the file has changed since it was read through */
}

void script_rewind(struct script *s)
{
	rewind(s->file);
	s->line = 0;
	placeholder_forget(&s->names, 0);
}
