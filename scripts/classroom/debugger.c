/*
 * debugger: gdb, or else lldb, stops where a function of the student's begins. A row is
 * called as the check has called it; a filter gets its input; a server listens, or a
 * client calls, while the other side is played in another window. Begin at
 * debugger_command.
 */
#include "classroom/debugger.h"
#include "classroom/places.h"
#include "wire/spoken.h"

#include <stdlib.h>
#include <string.h>

#define PORT  "localhost:2525"
#define WIDTH 78 /* columns, before a blank and a backslash */

static bool is_lldb(void)
{
	return places_folder_of("gdb") == NULL && places_folder_of("lldb") != NULL;
}

/* A text as one word of the shell. */
static char *quoted(const char *text)
{
	char *word = work_text("%s", ""), *rest = work_text("%s", text), *part;

	while ((part = work_word(&rest, '\'')) != NULL)
		word = work_text("%s%s%s", word, part, rest != NULL ? "'\\''" : "");
	return work_text("'%s'", word);
}

/* The words in lines, each of which but the last goes on after a backslash. */
static char *lines_of(const struct work_command *c)
{
	char *lines = work_text("  %s", c->argv[0]);
	size_t column = strlen(lines);

	for (size_t i = 1; i < c->n; i++) {
		size_t n = strlen(c->argv[i]);

		if (column + 1 + n > WIDTH) {
			lines = work_text("%s \\\n      %s", lines, c->argv[i]);
			column = 6 + n;
		} else {
			lines = work_text("%s %s", lines, c->argv[i]);
			column += 1 + n;
		}
	}
	return work_text("%s\n", lines);
}

/* The debugger with its options: where it stops, and how the program runs. */
static void add_debugger(struct work_command *c, const struct run *r, const char *run)
{
	const char *option = is_lldb() ? "-o" : "-ex", *function;

	work_add(c, is_lldb() ? "lldb" : "gdb");
	for (size_t i = 0; (function = exercise_says(r->exercise, "function", i)) != NULL;
		i++)
		work_add(c, work_text("%s 'break %s'", option, function));
	work_add(c, work_text("%s %s", option, run));
	work_add(c, is_lldb() ? "--" : "--args");
}

static void add_row(struct work_command *c, const struct run *r)
{
	add_debugger(c, r, "run");
	work_add(c, "rows");
	if (strcmp(r->cut, "whole") != 0)
		work_add(c, r->cut);
	work_add(c, quoted(r->row->call));
}

/* A filter, its arguments and its input. */
static void add_filter(struct work_command *c, const struct run *r)
{
	char *words = run_words(r->exercise, r->of);
	char *arguments = words + strcspn(words, " ");
	const char *run = is_lldb() ? "process launch -i case.in --" : "run";

	arguments += strspn(arguments, " ");
	add_debugger(c, r,
		quoted(work_text("%s%s%s%s", run, *arguments != '\0' ? " " : "",
			arguments, is_lldb() ? "" : " <case.in")));
	work_add(c, r->exercise->program);
}

/* A word in which HOST:PORT, if it is in it, is where we meet. */
static char *with_port(const char *word)
{
	const char *at = strstr(word, "HOST:PORT");

	if (at == NULL)
		return work_text("%s", word);
	return work_text(
		"%.*s" PORT "%s", (int)(at - word), word, at + strlen("HOST:PORT"));
}

/* A server that listens, or a client that calls. */
static void add_conversation(struct work_command *c, const struct run *r, bool calls)
{
	char *words = run_words(r->exercise, r->of), *word;

	words[strcspn(words, ">")] = '\0';
	add_debugger(c, r, "run");
	work_add(c, work_word(&words, ' '));
	if (!calls)
		work_add(c, "-l " PORT);
	while ((word = work_word(&words, ' ')) != NULL)
		if (*word != '\0')
			work_add(c, with_port(word));
}

/* The other side of the conversation. */
static char *other_side(const struct run *r, bool calls)
{
	struct work_command c = {0};

	work_add(&c, calls ? "replay -l" : "replay");
	work_add(&c, PORT);
	work_add(&c, work_text("%s/%s.txt", r->exercise->cases, r->of->name));
	return work_text(
		calls ? spoken("and before that, in another window with lab shell "
			       "%s:\n%s")
		      : spoken("and after that, in another window with lab shell "
			       "%s:\n%s"),
		r->exercise->number, lines_of(&c));
}

char *debugger_command(const struct run *r, const char *lab)
{
	struct work_command c = {0};
	bool filter = exercise_is_filter(r->exercise, r->of), calls;

	work_add(&c, work_text("%s try %s", lab, r->exercise->number));
	if (r->row != NULL) {
		add_row(&c, r);
		return lines_of(&c);
	}
	work_add(&c, work_text("-c %s", r->of->name));
	if (filter) {
		add_filter(&c, r);
		return lines_of(&c);
	}
	calls = strstr(run_words(r->exercise, r->of), "HOST:PORT") != NULL;
	add_conversation(&c, r, calls);
	return work_text("%s%s", lines_of(&c), other_side(r, calls));
}
