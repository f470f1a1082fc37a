/*
 * scene-look: what is there after a conversation: files in folders, and what was printed.
 */
#include "scene.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define FILES 100 /* in a folder */

/* The text without the lines that a mail host put before it. */
static struct text without_trace(struct text text)
{
	const char *by = strstr(text.octets, "\n\tby "), *at;

	if (strncmp(text.octets, "Return-Path:", 12) != 0 || by == NULL)
		return text;
	at = strchr(by + 1, '\n') + 1;
	if (strncmp(at, "\tfor ", 5) == 0)
		at = strchr(at, '\n') + 1;
	text.n -= (size_t)(at - text.octets);
	memmove(text.octets, at, text.n + 1);
	return text;
}

static int is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static bool is_in(struct text part, struct text text)
{
	for (size_t at = 0; at + part.n <= text.n; at++)
		if (memcmp(text.octets + at, part.octets, part.n) == 0)
			return true;
	return false;
}

/* Each file of a folder, or its name alone. Returns how many. */
static size_t read_folder(
	const char *folder, bool names_only, struct text *of, size_t room)
{
	struct dirent **names;
	char path[PATH_MAX];
	int n = scandir(folder, &names, is_shown, alphasort);
	size_t count = 0;

	for (int i = 0; i < n; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
		if (count < room && names_only)
			of[count++] = (struct text){
				strdup(names[i]->d_name), strlen(names[i]->d_name)};
		else if (count < room)
			of[count++] = read_file(path);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
	return count;
}

static int by_octets(const void *a, const void *b)
{
	const struct text *one = a, *other = b;
	int order =
		memcmp(one->octets, other->octets, one->n < other->n ? one->n : other->n);

	return order != 0 ? order : (one->n > other->n) - (one->n < other->n);
}

/* left and names: all that is in a folder; of a Maildir tmp has to be empty. */
void look_at_all(struct scene *s, const char *word, const char *line, const char *at)
{
	struct text folder = take_text(&at), wanted[FILES] = {{NULL, 0}}, got[FILES],
		    none = {NULL, 0};
	bool is_left = strcmp(word, "left") == 0;
	size_t n = read_folder(folder.octets, !is_left, got, FILES), count = 0;
	char *new = strstr(folder.octets, "/new");

	for (; at[strspn(at, " \t")] != '\0' && count < FILES; count++)
		wanted[count] = take_text(&at);
	for (size_t i = 0; i < n && is_left; i++)
		got[i] = without_trace(got[i]);
	qsort(got, n, sizeof *got, by_octets);
	qsort(wanted, count, sizeof *wanted, by_octets);
	for (size_t i = 0; i < n || i < count; i++) {
		const struct text *one = i < count ? &wanted[i] : &none;
		const struct text *other = i < n ? &got[i] : &none;

		if (one == &none || other == &none || by_octets(one, other) != 0)
			fail(s, line, one, other);
	}
	for (size_t i = 0; i < n; i++)
		forget(&got[i]);
	for (size_t i = 0; i < count; i++)
		forget(&wanted[i]);
	if (new != NULL && is_left) {
		memcpy(new, "/tmp", 4);
		if (read_folder(folder.octets, true, got, 1) > 0)
			fail(s, "something is left in tmp", NULL, &got[0]);
	}
	forget(&folder);
}

/* has and lacks: whether one of the files in a folder has this in it. */
void look_for(struct scene *s, const char *word, const char *line, const char *at)
{
	struct text folder = take_text(&at), part = take_text(&at), got[FILES];
	size_t n = read_folder(folder.octets, false, got, FILES);
	bool found = false;

	for (size_t i = 0; i < n; i++)
		found = found || is_in(part, got[i]);
	if (found != (strcmp(word, "has") == 0))
		fail(s, line, NULL, n > 0 ? &got[0] : NULL);
	for (size_t i = 0; i < n; i++)
		forget(&got[i]);
	forget(&part);
	forget(&folder);
}

/* The codes of the replies, a blank before each: of HTTP, or else of SMTP. */
static struct text codes_in(const struct text *said)
{
	bool is_http = said->n > 5 && memcmp(said->octets, "HTTP/", 5) == 0;
	struct text codes;
	FILE *to;

	open_text(&to, &codes);
	for (const char *at = said->octets; said->n > 0 && *at != '\0';
		at += *at == '\n') {
		if (is_http && strncmp(at, "HTTP/1.1 ", 9) == 0)
			fprintf(to, " %.3s", at + 9);
		else if (!is_http && strspn(at, "0123456789") == 3 && at[3] == ' ')
			fprintf(to, " %.3s", at);
		at += strcspn(at, "\n");
	}
	fclose(to);
	return codes;
}

/* What is compared of the last run, expected and got. */
void check(struct scene *s, const char *word, const char *line, const char *at)
{
	struct text expected, *got = &s->out, codes;
	char status[32];
	bool holds;

	if (strcmp(word, "codes") == 0) {
		codes = codes_in(got);
		if (strcmp(at, codes.octets + (codes.n > 0)) != 0)
			fail(s, line, NULL, &codes);
		forget(&codes);
		return;
	}
	expected = take_text(&at);
	if (strcmp(word, "ends") == 0) {
		snprintf(status, sizeof status, "%d", s->status);
		if (strcmp(expected.octets, status) != 0)
			fail(s, line, NULL, &(struct text){status, strlen(status)});
		s->status = 0;
	} else {
		if (strcmp(word, "tells") == 0)
			got = &s->errors;
		holds = strcmp(word, "out") == 0 ? by_octets(&expected, got) == 0
						 : is_in(expected, *got);
		if (holds == (strcmp(word, "silent") == 0))
			fail(s, line, &expected, got);
		if (got == &s->errors)
			forget(got);
	}
	forget(&expected);
}
