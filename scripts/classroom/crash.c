/*
 * crash: takes the one line that matters out of a sanitizer's report: what happened, in
 * which line of the student's own file, past the end of what. Begin at crash_words.
 */
#include "classroom/crash.h"

#include <ctype.h>
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
	char *function = work_text("%s", ""), *number;

	while (at != NULL && (at[strlen(name)] != ':' ||
				     (at > errors && isalnum((unsigned char)at[-1]))))
		at = strstr(at + 1, name);
	if (at == NULL)
		return function;
	number = crash_after(at, ":", ": )\n");
	line = at;
	while (line > errors && line[-1] != '\n')
		line--;
	in = strstr(strstr(line, " #") != NULL ? strstr(line, " #") : line, " in ");
	if (in != NULL)
		function = work_text(", in %.*s", (int)strcspn(in + 4, " \n"), in + 4);
	return work_text("%s:%s%s: ", name, number, function);
}

/* What a sanitizer calls it, in our words. */
static const char *kind_in_words(const char *kind)
{
	static const struct {
		const char *part, *words;
	} kinds[] = {{"stack-overflow", "a function that calls itself without end, or "
					"too large a variable"},
		{"overflow", "memory outside of what it has"},
		{"underflow", "memory outside of what it has"},
		{"use-after", "memory that was given back already"},
		{"double-free", "memory that was given back already"},
		{"SEGV", "a pointer that points nowhere"},
		{"BUS", "a pointer that points nowhere"},
		{"ABRT", "it was ended by abort or assert"}};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strstr(kind, kinds[i].part) != NULL)
			return kinds[i].words;
	return "a mistake with memory";
}

/* Past which variable, or piece of memory, it went: "; you wrote past line[]". */
static char *past_what(const char *errors, bool writes)
{
	const char *mark = strstr(errors, "flows this variable"), *name;
	const char *did = writes ? "wrote" : "read";
	char *size, *global = crash_after(errors, "global variable '", "'");

	for (name = mark; name != NULL && name > errors && name[-1] != '\n'; name--)
		;
	if (name != NULL && crash_after(name, "'", "'") != NULL)
		return work_text(";\nyou %s past %s[]", did, crash_after(name, "'", "'"));
	if (global != NULL)
		return work_text(";\nyou %s past %s[]", did, global);
	mark = strstr(errors, "-byte region");
	for (name = mark;
		name != NULL && name > errors && isdigit((unsigned char)name[-1]); name--)
		;
	size = name != NULL ? crash_after(name, "", "-") : NULL;
	return size == NULL
		       ? work_text("%s", "")
		       : work_text(";\nyou %s past a buffer of %s octets", did, size);
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
	return work_text(";\nchar is signed here: %ld is negative", n + 256);
}

/* The one line that matters of what the sanitizers report, or what the signal was. */
char *crash_words(const struct run *r)
{
	const char *errors = r->errors != NULL ? r->errors : "";
	char *place = place_of(errors, r->exercise->name), *size, *access;
	char *what = crash_after(errors, "runtime error: ", "\n");
	char *kind = crash_after(errors, "ERROR: AddressSanitizer: ", " :\n");
	bool writes = strstr(errors, "\nWRITE of size") != NULL;

	if (strstr(errors, "common_flags()->mmap_limit_mb") != NULL)
		return work_text("It crashed: it takes memory without end.");
	if (what != NULL)
		return work_text("It crashed. %s%s%s.", place, what, about_char(what));
	if (kind == NULL && r->row != NULL)
		return work_text("It crashed in %.*s: %s.",
			(int)strcspn(r->row->call, "("), r->row->call,
			WIFSIGNALED(r->status) ? strsignal(WTERMSIG(r->status))
					       : "it ended before it had returned");
	if (kind == NULL)
		return work_text(
			"It crashed. Which line it was is not known: it was ended by "
			"a signal (%s).",
			WIFSIGNALED(r->status) ? strsignal(WTERMSIG(r->status)) : "?");
	size = crash_after(errors, writes ? "\nWRITE of size " : "\nREAD of size ", " ");
	access = size == NULL || strstr(kind, "flow") == NULL
			 ? work_text("%s", "")
			 : work_text("%s %s octet%s of ", writes ? "writes" : "reads",
				   size, strcmp(size, "1") == 0 ? "" : "s");
	return work_text("It crashed. %s%s%s (%s)%s.", place, access, kind_in_words(kind),
		kind, strstr(kind, "flow") != NULL ? past_what(errors, writes) : "");
}
