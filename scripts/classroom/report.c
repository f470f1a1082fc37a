/*
 * report: prints a line for each case, or only its mark, as soon as the result is
 * known. story.c explains what happened.
 */
#include "classroom/report.h"
#include "classroom/excerpt.h"
#include "wire/program.h"
#include "wire/spoken.h"
#include "wire/utf8.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

void report_begin(struct examination *e)
{
	const char *set = getenv("LC_ALL");
	int lines = 0;

	if (set == NULL || *set == '\0')
		set = getenv("LC_CTYPE");
	if (set == NULL || *set == '\0')
		set = getenv("LANG");
	e->width = 80;
	program_terminal(&e->width, &lines);
	e->width = e->width < 40 ? 80 : e->width > 95 ? 95 : e->width;
	e->tick = "+";
	e->cross = "-";
	if (set != NULL && (strstr(set, "UTF") != NULL || strstr(set, "utf") != NULL)) {
		e->tick = "\342\234\223";
		e->cross = "\342\234\227";
	}
	e->bold = e->plain = e->red = e->green = "";
	if (!program_has_colours())
		return;
	e->bold = "\033[1m";
	e->plain = "\033[0m";
	e->red = "\033[31m";
	e->green = "\033[32m";
}

void report_words(const char *words)
{
	const char *end = words;

	for (int lines = 0; lines < 20 && *end != '\0'; lines++)
		end += strcspn(end, "\n") + 1;
	printf("%.*s", (int)(end - words), words);
}

/* Whether the name at p is called or declared there: a ( comes after it. */
static bool is_function(const char *text, const char *p, size_t n)
{
	const char *line = p;

	if (p > text && (isalnum((unsigned char)p[-1]) || p[-1] == '_'))
		return false;
	while (line > text && line[-1] != '\n')
		line--;
	p += n + strspn(p + n, " \t");
	return *p == '(' && *line != ' ' && *line != '\t';
}

/* A line for each function that the exercise names and the file lacks. */
static char *missing(const struct exercise *e, const char *file)
{
	size_t n;
	const char *text = work_read(file, &n), *name;
	char *words = work_text("%s", "");

	for (size_t i = 0; (name = exercise_says(e, "function", i)) != NULL; i++) {
		const char *p = text != NULL ? text : "";
		bool found = false;

		while (!found && (p = strstr(p, name)) != NULL) {
			found = is_function(text, p, strlen(name)) &&
				p[strcspn(p, "{;")] == '{';
			p += strlen(name);
		}
		if (!found)
			words = work_text(spoken("%s%s is missing: %s has to have a "
						 "function of that name.\n"),
				words, name, e->name);
	}
	return words;
}

int report_does_not_compile(const struct examination *e)
{
	const struct exercise *x = &e->exercise;

	for (size_t i = 0; e->record != NULL && i < x->count; i++)
		fprintf(e->record, "failed\t%s\tdoes not compile\n", x->of[i].name);
	if (e->machine)
		return 1;
	printf(spoken("%s%s does not compile. In the compiler's words:\n\n"),
		missing(x, e->file), x->name);
	report_words(e->tools.words);
	return 1;
}

/* As wide as the longest name of a case, and 16 at the least. */
static int name_columns(const struct exercise *x)
{
	int widest = 16;

	for (size_t i = 0; i < x->count; i++) {
		const char *name = x->of[i].name;
		int columns = utf8_width(name, strlen(name));

		widest = columns > widest ? columns : widest;
	}
	return widest;
}

void report_case(
	struct examination *e, const struct exercise_case *c, const struct result *r)
{
	const char *colour = r->failed ? e->red : e->green;
	const char *mark = r->failed ? e->cross : e->tick;
	int columns = name_columns(&e->exercise);

	if (e->record != NULL && r->failed)
		fprintf(e->record, "failed\t%s\t%s\n", c->name, r->words);
	else if (e->record != NULL)
		fprintf(e->record, "passed\t%s\n", c->name);
	if (e->brief) {
		printf("%s%s%s", colour, mark, e->plain);
	} else if (!e->machine) {
		printf("  %s%s%s ", colour, mark, e->plain);
		utf8_padded(stdout, c->name, columns);
		putchar(' ');
		excerpt_wrap(stdout, c->sentence, e->width, 5 + columns);
	}
	if (fflush(stdout) != 0 && e->unshown == 0)
		e->unshown = errno;
}
