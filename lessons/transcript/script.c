/*
 * script: reads a line of the file, checks it, and then does so for the whole file.
 * Begin at script_open. A mistake ends the program, with a message that says what was
 * probably meant.
 */
#include "transcript/script.h"
#include "wire/spool.h"
#include "wire/utf8.h"

#include <err.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define WAIT_LIMIT 3600 /* seconds that an event may wait */

/* Ends the program, for the file is no transcript. */
__attribute__((format(printf, 2, 3))) static _Noreturn void refuse(
	const struct script *s, const char *format, ...)
{
	char why[256];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(why, sizeof why, format, arguments);
	va_end(arguments);
	errx(s->to_compare ? EX_NOINPUT : EX_DATAERR, "%s:%lu: %s", s->file_name, s->line,
		why);
}

/*
 * Reads a line without its end, LF or CRLF, into s->text; false at the end of the file.
 */
static bool read_line(struct script *s)
{
	size_t n = 0;
	int c = getc(s->file);

	if (c == EOF)
		return false;
	s->line++;
	for (; c != EOF && c != '\n'; c = getc(s->file)) {
		if (c == '\0')
			refuse(s,
				"a control character, NUL: this is no text, or one that "
				"is not UTF-8");
		if (n == sizeof s->text - 1)
			refuse(s,
				"a line of over %zu octets: cut it into lines that end "
				"in \\c",
				n);
		s->text[n++] = (char)c;
	}
	if (n > 0 && s->text[n - 1] == '\r')
		n--;
	s->text[n] = '\0';
	if (s->line == 1 && strncmp(s->text, "\xef\xbb\xbf", 3) == 0)
		memmove(s->text, s->text + 3, n - 2); /* a byte order mark */
	return true;
}

/* Whether a text is a number such as 2 or 0.5. */
static bool is_decimal(const char *text)
{
	size_t whole = strspn(text, "0123456789"), part;

	if (whole == 0 || text[whole] != '.')
		return whole > 0 && text[whole] == '\0';
	part = strspn(text + whole + 1, "0123456789");
	return part > 0 && text[whole + 1 + part] == '\0';
}

/* A line that begins with ! is an event. */
static void read_event(struct script *s)
{
	const char *event = s->text + 1, *seconds = event + strlen("wait ");
	bool of_side = *event == 'C' || *event == 'S';
	double wait;

	s->who = *event;
	if (of_side && strcmp(event + 1, " closes") == 0) {
		s->step = STEP_CLOSES;
	} else if (of_side && strcmp(event + 1, " resets") == 0) {
		s->step = STEP_RESETS;
	} else if (strncmp(event, "wait ", 5) == 0) {
		wait = strtod(seconds, NULL);
		if (!is_decimal(seconds) || wait > WAIT_LIMIT)
			refuse(s, "how long? !wait takes seconds, as in !wait 0.5");
		s->step = STEP_WAIT;
		s->milliseconds = (long)(wait * 1000);
	} else {
		refuse(s, "no such event: there are !C closes, !S closes, !C resets, "
			  "!S resets and !wait SECONDS");
	}
}

/* What a line that breaks the format was probably meant to be. */
static _Noreturn void guess(const struct script *s)
{
	static const char *const instead[][2] = {{";", "a semicolon"},
		{"\xef\xbc\x9a", "a full-width colon"},
		{"\xef\xbc\x9b", "a full-width semicolon"}, {" ", "a blank"}};
	const char *text = s->text;

	if (text[0] == '\0')
		refuse(s, "an empty line; an empty line that was said is C: or "
			  "S: alone");
	if (text[0] == ' ' || text[0] == '\t')
		refuse(s, "a blank before it; probably C: or S: was meant");
	if ((text[0] == 'c' || text[0] == 's') && text[1] == ':')
		refuse(s, "a small letter; probably C: or S: was meant");
	for (size_t i = 0; i < sizeof instead / sizeof *instead; i++)
		if ((text[0] == 'C' || text[0] == 'S') &&
			strncmp(text + 1, instead[i][0], strlen(instead[i][0])) == 0)
			refuse(s, "%s; probably %c: was meant", instead[i][1], text[0]);
	refuse(s, "neither C: nor S:, no # comment and no ! event");
}

/* Looks at a unit of a text, which is written at from; or is a character of UTF-8. */
static void check_unit(struct script *s, int unit, const char *from, bool character)
{
	if (unit == TEXT_LINES)
		refuse(s, "{lines} is alone after the colon, for whole lines; "
			  "within a line it is {any}");
	if (unit == TEXT_WRONG && *from == '{')
		refuse(s, "no such placeholder: a brace that was said is {{, else "
			  "it is {any}, {lines} or {NAME} in capitals");
	if (unit == TEXT_WRONG)
		refuse(s, "no such escape: a backslash that was said is \\\\, "
			  "else it is \\xNN, \\r, or \\n or \\c at the end");
	if (unit == '\n')
		refuse(s, "an LF ends a line: end it in \\n, go on in the next");
	if (unit == TEXT_NAME && !placeholder_enter(&s->names, from))
		refuse(s, "more than %d different {NAME}s", PLACEHOLDER_NAMES);
	if (!character && (*from < ' ' || *from > '~'))
		refuse(s, "%s: an octet that has to be written as \\x%02x",
			*from & 0x80 ? "not UTF-8" : "a control character",
			(unsigned char)*from);
}

/* Looks at the end of a text of so many octets, of which last is the last unit. */
static void check_end_of_line(const struct script *s, int end, int last, size_t octets)
{
	if (end == TEXT_LF && last == '\r')
		refuse(s, "\\r\\n is how every line ends: leave it out");
	if (end == TEXT_NO_END && octets == 0)
		refuse(s, "nothing at all was said: leave the line out");
	octets += end == TEXT_LF ? 1 : 0;
	octets += end == TEXT_CRLF ? 2 : 0;
	if (octets > TRANSCRIPT_LINE)
		refuse(s,
			"a line of over %d octets with its end: cut it into lines that "
			"end in \\c",
			TRANSCRIPT_LINE);
}

/* Nobody sees a blank at the end of a line: it is shown. */
static void show_last_blank(struct script *s)
{
	size_t n = strlen(s->text);

	if (n > 0 && s->text[n - 1] == ' ' && n + 4 <= sizeof s->text)
		memcpy(s->text + n - 1, "\\x20", 5);
}

/* What was said, after C: or S:, is looked through for what does not belong there. */
static void check_text(struct script *s)
{
	const char *p = s->text, *from = p, *end = p + strlen(p);
	int last = TEXT_CRLF, unit = transcript_unit(&p);
	size_t octets = 0;

	while (!transcript_is_end(unit)) {
		size_t character = transcript_utf8(from, (size_t)(end - from));

		check_unit(s, unit, from, character > 0);
		if (character > 0)
			p = from + character;
		octets += character > 0 ? character : 1;
		last = unit;
		from = p;
		unit = transcript_unit(&p);
	}
	check_end_of_line(s, unit, last, octets);
}

/* A comment; or what a program that listens prints above what was said. */
static bool is_remark(const struct script *s)
{
	return s->text[0] == '#' ||
	       (s->line == 1 && strncmp(s->text, "listening on ", 13) == 0);
}

/* Records of one program are parted by # conversation N. */
static bool begins_another(const struct script *s)
{
	static const char begins[] = "# conversation ";
	const char *number = s->text + strlen(begins);

	return strncmp(s->text, begins, strlen(begins)) == 0 && *number != '\0' &&
	       number[strspn(number, "0123456789")] == '\0';
}

void script_next(struct script *s)
{
	bool more;

	s->another = false;
	do {
		more = read_line(s);
		s->another = s->another || (more && begins_another(s));
	} while (more && is_remark(s));
	s->step = more ? STEP_SAID : STEP_END;
	if (!more)
		return;
	if (s->text[0] == '!') {
		read_event(s);
		return;
	}
	s->who = s->text[0];
	if ((s->who != 'C' && s->who != 'S') || s->text[1] != ':')
		guess(s);
	memmove(s->text, s->text + 2, strlen(s->text) - 1);
	show_last_blank(s);
	if (strcmp(s->text, "{lines}") == 0)
		s->step = STEP_LINES;
	else
		check_text(s);
}

/*
 * Whether C and S have closed; a side that has closed may say nothing more before
 * another conversation begins. Another conversation is only for comparing and drawing.
 */
static void check_end(struct script *s, bool closed[2])
{
	bool *own = &closed[s->who == 'S'];

	if (s->another && s->to_compare)
		closed[0] = closed[1] = false;
	if (s->step == STEP_RESETS)
		closed[0] = closed[1] = true;
	*own = *own || s->step == STEP_CLOSES;
	if (*own && (s->step == STEP_SAID || s->step == STEP_LINES))
		refuse(s,
			"said after the end of %c: does another conversation begin here? "
			"Each has to be a file of its own",
			s->who);
}

/* Whether a reply does not belong to SMTP. */
static bool is_free(const char *text)
{
	return strncmp(text, "+OK", 3) == 0 || strncmp(text, "-ERR", 4) == 0 ||
	       strncmp(text, "HTTP/", 5) == 0;
}

void script_open(struct script *s, const char *name)
{
	unsigned long first = 0; /* the line of the first text */
	bool closed[2] = {false, false}, blanks = true;

	utf8_harmless(name, s->file_name, sizeof s->file_name);
	s->file = fopen(name, "rb");
	if (s->file != NULL)
		s->file = spool(s->file);
	if (s->file == NULL)
		err(EX_NOINPUT, "%s", name);
	for (script_next(s); s->step != STEP_END; script_next(s)) {
		check_end(s, closed);
		if (s->step != STEP_SAID || s->text[0] == '\0')
			continue;
		if (s->who == 'S' && is_free(s->text))
			s->free_text = true;
		first = first != 0 ? first : s->line;
		blanks = blanks && s->text[0] == ' ';
	}
	if (ferror(s->file))
		err(EX_NOINPUT, "%s", name);
	s->line = first;
	if (first != 0 && blanks)
		refuse(s, "a blank after every colon: C:HELO, not C: HELO, was probably "
			  "meant, for a blank is said too");
	script_rewind(s);
}

void script_rewind(struct script *s)
{
	rewind(s->file);
	s->line = 0;
	placeholder_forget(&s->names, 0);
}
