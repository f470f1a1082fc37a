/*
 * spoken: a table of English texts and what they are in another language, read once, from
 * the file that MAIL_LAB_WORDS names.
 */
#include "wire/spoken.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
	char *english, *theirs;
} * table;
static size_t lines;

/* What \n, \t and the like are, in place. */
static void unescape(char *text)
{
	char *to = text;

	for (; *text != '\0'; text++) {
		if (*text == '\\' && text[1] != '\0') {
			text++;
			*to++ = *text == 'n' ? '\n' : *text == 't' ? '\t' : *text;
		} else {
			*to++ = *text;
		}
	}
	*to = '\0';
}

static void keep_line(char *line)
{
	char *tab = strchr(line, '\t');
	void *larger;

	if (*line == '#' || tab == NULL)
		return;
	line[strcspn(line, "\n")] = '\0';
	*tab = '\0';
	larger = realloc(table, (lines + 1) * sizeof *table);
	if (larger == NULL)
		return;
	table = larger;
	table[lines].english = strdup(line);
	table[lines].theirs = strdup(tab + 1);
	if (table[lines].english == NULL || table[lines].theirs == NULL)
		return;
	unescape(table[lines].english);
	unescape(table[lines].theirs);
	lines++;
}

static void read_table(void)
{
	const char *name = getenv("MAIL_LAB_WORDS");
	FILE *file = name != NULL && *name != '\0' ? fopen(name, "r") : NULL;
	char *line = NULL;
	size_t size = 0;

	if (file == NULL)
		return;
	while (getline(&line, &size, file) > 0)
		keep_line(line);
	free(line);
	fclose(file);
}

const char *spoken(const char *english)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, read_table);
	for (size_t i = 0; i < lines; i++)
		if (strcmp(table[i].english, english) == 0)
			return table[i].theirs;
	return english;
}

const char *spoken_suffix(void)
{
	const char *name = getenv("MAIL_LAB_WORDS"), *dot;

	dot = name != NULL ? strrchr(name, '.') : NULL;
	return dot != NULL && strchr(dot, '/') == NULL ? dot : "";
}
