/*
 * crash: takes the one line that matters out of a sanitizer's report: what happened, in
 * which line of the student's own file, past or before what. Begin at crash_words.
 */
#include "classroom/crash.h"
#include "wire/spoken.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* What comes after a mark in a text, up to one of these; NULL where the mark is not there. */
char *crash_after(const char *text, const char *mark, const char *end)
{
	const char *found = text != NULL ? strstr(text, mark) : NULL;

	if (found == NULL)
		return NULL;
	found += strlen(mark);
	return work_text("%.*s", (int)strcspn(found, end), found);
}

/* Where in the student's own file it was, of all places that are named: "wire.c:12, in f: ". */
static char *place_of(const char *errors, const char *name)
{
	const char *at = strstr(errors, name), *line, *in;
	char *number;

	while (at != NULL && (at[strlen(name)] != ':' ||
				     (at > errors && isalnum((unsigned char)at[-1]))))
		at = strstr(at + 1, name);
	if (at == NULL)
		return work_text("%s", "");
	number = crash_after(at, ":", ": )\n");
	line = at;
	while (line > errors && line[-1] != '\n')
		line--;
	in = strstr(strstr(line, " #") != NULL ? strstr(line, " #") : line, " in ");
	if (in != NULL)
		return work_text(spoken("%s:%s, in %.*s: "), name, number,
			(int)strcspn(in + 4, " \n"), in + 4);
	return work_text(spoken("%s:%s: "), name, number);
}

/* What a sanitizer calls it, in our words. */
static const char *kind_in_words(const char *kind)
{
	static const struct {
		const char *part, *words;
	} kinds[] = {
		{"stack-overflow", SPOKEN("a function that calls itself without end, "
					  "or too large a variable")},
		{"overflow", SPOKEN("memory outside of what it has")},
		{"underflow", SPOKEN("memory outside of what it has")},
		{"use-after", SPOKEN("memory that was given back already")},
		{"double-free", SPOKEN("memory that was given back already")},
		{"SEGV", SPOKEN("a pointer that points nowhere")},
		{"BUS", SPOKEN("a pointer that points nowhere")},
		{"ABRT", SPOKEN("it was ended by abort or assert")}};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strstr(kind, kinds[i].part) != NULL)
			return spoken(kinds[i].words);
	return spoken("a mistake with memory");
}

/* The same, with how many octets it writes or reads where it has none. */
static const char *what_in_words(const char *kind, const char *size, bool writes)
{
	if (size == NULL || strstr(kind, "flow") == NULL)
		return kind_in_words(kind);
	if (strcmp(size, "1") == 0)
		return writes ? spoken("writes 1 octet of memory outside of what it has")
			      : spoken("reads 1 octet of memory outside of what it has");
	return work_text(writes ? spoken("writes %s octets of memory outside of what it "
					 "has")
				: spoken("reads %s octets of memory outside of what it "
					 "has"),
		size);
}

/* The line of a text in which that is. */
static char *line_of(const char *text, const char *at)
{
	while (at > text && at[-1] != '\n')
		at--;
	return work_text("%.*s", (int)strcspn(at, "\n"), at);
}

/* The variable, or piece of memory, that is named in this line; NULL for none. */
static char *named_in(const char *line)
{
	const char *region = strstr(line, "-byte region"), *size = region;
	char *name = crash_after(line, "global variable '", "'");

	if (name == NULL && strstr(line, "flows this variable") != NULL)
		name = crash_after(line, "'", "'");
	if (name != NULL)
		return work_text("%s[]", name);
	while (size != NULL && size > line && isdigit((unsigned char)size[-1]))
		size--;
	if (size == region)
		return NULL;
	if (region - size == 1 && *size == '1')
		return work_text(spoken("a buffer of 1 octet"));
	return work_text(spoken("a buffer of %.*s octets"), (int)(region - size), size);
}

/* The line about a global variable; where there are several, the one about the nearest. */
static char *line_of_global(const char *errors)
{
	static const char mark[] = "global variable '";
	long nearest = LONG_MAX;
	char *line = NULL;

	for (const char *at = strstr(errors, mark); at != NULL;
		at = strstr(at + 1, mark)) {
		char *one = line_of(errors, at);
		char *bytes = crash_after(one, "is located ", " ");
		long n = bytes != NULL ? strtol(bytes, NULL, 10) : 0;

		if (n < nearest) {
			nearest = n;
			line = one;
		}
	}
	return line;
}

/* Past or before what it went: "; you wrote past line[]". */
static char *past_what(const char *errors, bool writes)
{
	const char *variable = strstr(errors, "flows this variable");
	const char *region = strstr(errors, "-byte region");
	char *line = line_of_global(errors), *what;

	if (variable != NULL)
		line = line_of(errors, variable);
	else if (line == NULL && region != NULL)
		line = line_of(errors, region);
	what = line != NULL ? named_in(line) : NULL;
	if (what == NULL)
		return work_text("%s", "");
	if (strstr(line, "underflows ") != NULL ||
		strstr(line, " to the left ") != NULL ||
		strstr(line, " bytes before ") != NULL)
		return work_text(writes ? spoken(";\nyou wrote before %s")
					: spoken(";\nyou read before %s"),
			what);
	return work_text(
		writes ? spoken(";\nyou wrote past %s") : spoken(";\nyou read past %s"),
		what);
}

/* A char that is negative counts as 256 less than the octet that it is. */
static char *about_char(const char *what)
{
	const char *mark = strstr(what, "negative value -");
	long n = mark != NULL ? strtol(mark + strlen("negative value "), NULL, 10) : 0;

	if (strstr(what, "index -") != NULL)
		n = strtol(strstr(what, "index -") + strlen("index "), NULL, 10);
	if (n >= 0 || n < -128)
		return work_text("%s", "");
	return work_text(spoken(";\nchar is signed here: %ld is negative"), n + 256);
}

/* By which signal it was ended, where no sanitizer has reported anything. */
static char *signal_in_words(const struct run *r)
{
	const char *call = r->row != NULL ? r->row->call : NULL;
	const char *name = "?";

	if (WIFSIGNALED(r->status))
		name = strsignal(WTERMSIG(r->status));
	if (call == NULL)
		return work_text(spoken("It crashed. Which line it was is not known: it "
					"was ended by a signal (%s)."),
			name);
	if (WIFSIGNALED(r->status))
		return work_text(spoken("It crashed in %.*s: %s."),
			(int)strcspn(call, "("), call, name);
	return work_text(spoken("It crashed in %.*s: it ended before it had returned."),
		(int)strcspn(call, "("), call);
}

/* The one line that matters of what the sanitizers report, or what the signal was. */
char *crash_words(const struct run *r)
{
	const char *errors = r->errors != NULL ? r->errors : "";
	char *place = place_of(errors, r->exercise->name), *size;
	char *what = crash_after(errors, "runtime error: ", "\n");
	char *kind = crash_after(errors, "ERROR: AddressSanitizer: ", " :\n");
	bool writes = strstr(errors, "\nWRITE of size") != NULL;

	if (strstr(errors, "common_flags()->mmap_limit_mb") != NULL)
		return work_text(spoken("It crashed: it takes memory without end."));
	if (what != NULL)
		return work_text(
			spoken("It crashed. %s%s%s."), place, what, about_char(what));
	if (kind == NULL)
		return signal_in_words(r);
	size = crash_after(errors, writes ? "\nWRITE of size " : "\nREAD of size ", " ");
	return work_text(spoken("It crashed. %s%s (%s)%s."), place,
		what_in_words(kind, size, writes), kind,
		strstr(kind, "flow") != NULL ? past_what(errors, writes) : "");
}
