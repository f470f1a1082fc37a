/*
 * exercise: header lines "name: words" up to the first "== section"; under "== cases" a
 * line for each case, with tabs between its name, its sentence and its rule. A line
 * that begins with ! is hidden: in a student's handout it is missing. A file beside it,
 * exercise.zh, has the same for a person in another language: see read_theirs.
 */
#include "classroom/exercise.h"
#include "classroom/work.h"
#include "wire/spoken.h"

#include <err.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* The next field of a line; any number of tabs may be between two. */
static char *field(char **at)
{
	char *word = work_word(at, '\t');

	while (word != NULL && *word == '\0' && *at != NULL)
		word = work_word(at, '\t');
	return word;
}

static void read_case(struct exercise *e, char *line)
{
	struct exercise_case *c = &e->of[e->count];

	c->hidden = *line == '!';
	line += c->hidden ? 1 : 0;
	c->name = field(&line);
	c->sentence = field(&line);
	c->rule = field(&line);
	if (c->rule != NULL && e->count + 1 < EXERCISE_CASES)
		e->count++;
}

static struct exercise_case *case_of(struct exercise *e, const char *name)
{
	for (size_t i = 0; i < e->count; i++)
		if (strcmp(e->of[i].name, name) == 0)
			return &e->of[i];
	return NULL;
}

static void read_row(struct exercise_case *c, char *line)
{
	struct exercise_row row;

	row.hidden = *line == '!';
	line += row.hidden ? 1 : 0;
	row.sentence = field(&line);
	row.call = field(&line);
	row.expected = field(&line);
	if (row.expected == NULL || *row.sentence == '#')
		return;
	c->rows = realloc(c->rows, (c->row_count + 1) * sizeof row);
	if (c->rows == NULL)
		err(EX_OSERR, "memory");
	c->rows[c->row_count++] = row;
}

/* The header line with that name takes the place of the one that says it in English. */
static void take_header(struct exercise *e, char *line, const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < e->header_count && strncmp(line, name, length) == 0; i++)
		if (strncmp(e->header[i], name, length) == 0)
			e->header[i] = line;
}

/* The sentence and the rule of a case that is there in English. */
static void take_case(struct exercise *e, char *line)
{
	char *name, *sentence, *rule;
	struct exercise_case *c;

	line += *line == '!' ? 1 : 0;
	name = field(&line);
	sentence = field(&line);
	rule = field(&line);
	c = name != NULL ? case_of(e, name) : NULL;
	if (c == NULL || rule == NULL)
		return;
	c->sentence = sentence;
	c->rule = rule;
}

/* What the exercise says in the language of the student, as far as the file has it. */
static void read_theirs(struct exercise *e, char *text)
{
	const char *section = "";
	char *line;

	while ((line = work_line(&text)) != NULL) {
		if (strncmp(line, "== ", 3) == 0) {
			section = line;
		} else if (strcmp(section, "== cases") == 0) {
			take_case(e, line);
		} else if (*section == '\0') {
			take_header(e, line, "unit:");
		}
	}
}

static void read_rows(struct exercise *e, char *text)
{
	struct exercise_case *c = NULL;
	char *line;

	e->rows_are_whole = text != NULL && strncmp(text, "# whole", 7) == 0;
	while ((line = work_line(&text)) != NULL)
		if (strncmp(line, "== ", 3) == 0)
			c = case_of(e, line + 3);
		else if (c != NULL)
			read_row(c, line);
}

static void read_lines(struct exercise *e, char *text)
{
	const char *section = "";
	char *line;

	while ((line = work_line(&text)) != NULL)
		if (strncmp(line, "== ", 3) == 0)
			section = line;
		else if (*section == '\0' && e->header_count < EXERCISE_CASES)
			e->header[e->header_count++] = line;
		else if (strcmp(section, "== cases") == 0)
			read_case(e, line);
}

static char *read_beside(const struct exercise *e, const char *name)
{
	char *path = work_text("%s/%s", e->lesson, name);
	size_t n;
	char *text = work_read(path, &n);

	free(path);
	return text;
}

void exercise_read(struct exercise *e, const char *lesson, const char *cases)
{
	char *text;

	e->lesson = work_path(lesson);
	if (e->lesson == NULL || (text = read_beside(e, "exercise")) == NULL)
		errx(EX_NOINPUT, "%s: there is no exercise in it", lesson);
	e->cases = cases != NULL ? work_path(cases) : work_text("%s/cases", e->lesson);
	if (e->cases == NULL)
		err(EX_NOINPUT, "%s", cases);
	e->number = work_text("%ld", strtol(strrchr(e->lesson, '/') + 1, NULL, 10));
	read_lines(e, text);
	if (*spoken_suffix() != '\0')
		read_theirs(e, read_beside(e, work_text("exercise%s", spoken_suffix())));
	read_rows(e, read_beside(e, "rows"));
	e->file = exercise_says(e, "file", 0);
	e->program = exercise_says(e, "program", 0);
	if (e->file == NULL || strchr(e->file, '/') == NULL)
		errx(EX_DATAERR, "%s/exercise: the line file: is missing", lesson);
	e->name = strrchr(e->file, '/') + 1;
}

const char *exercise_says(const struct exercise *e, const char *name, size_t n)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < e->header_count; i++) {
		const char *line = e->header[i];

		if (strncmp(line, name, length) != 0 || line[length] != ':')
			continue;
		if (n == 0)
			return line + length + 1 + strspn(line + length + 1, " \t");
		n--;
	}
	return NULL;
}

char *exercise_file(const struct exercise *e, const struct exercise_case *c,
	const char *kind, size_t *n)
{
	char *path = work_text("%s/%s.%s", e->cases, c->name, kind);
	char *text = work_read(path, n);

	free(path);
	return text;
}

bool exercise_is_filter(const struct exercise *e, const struct exercise_case *c)
{
	return access(work_text("%s/%s.in", e->cases, c->name), R_OK) == 0;
}

bool exercise_is_run(const struct exercise *e, const struct exercise_case *c)
{
	return exercise_is_filter(e, c) ||
	       access(work_text("%s/%s.txt", e->cases, c->name), R_OK) == 0;
}
