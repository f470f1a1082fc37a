/*
 * mailcap: which command the person at the computer wants for a media type: Word is
 * started on application/msword (articles: B10, B14; RFC 1524, whose appendix A tells
 * how a message could smuggle in words for the shell). Begin with take_entry.
 *
 *     echo 'image; cksum' >build/mailcap
 *     MAILCAPS=build/mailcap build/mime-decode -a lessons/07-base64/picture.eml
 */
#include "read/mailcap.h"

#include "message/media-type.h"
#include "wire/durable.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char blanks[] = " \t";

bool mailcap_is_plain(const char *text)
{
	return text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				 "0123456789./+-_")] == '\0';
}

/*
 * Reads a line and those that continue it: each but the last ends in a backslash. The
 * line of MAILCAP_ENTRY + 1 octets comes out without its end, and empty where it is too
 * long or has a NUL. Returns false at the end of the file.
 */
static bool read_line(FILE *in, char *line)
{
	size_t length = 0;
	bool is_quoted = false, fits = true;
	int c;

	while ((c = getc(in)) != EOF) {
		bool is_comment = length > 0 && line[0] == '#';

		if (c == '\n' && (!is_quoted || is_comment))
			break;
		if (c == '\r')
			continue;
		if (c == '\n' && fits)
			length--; /* the backslash */
		else if (c == '\0' || length == MAILCAP_ENTRY)
			fits = false;
		else if (c != '\n' && fits)
			line[length++] = (char)c;
		is_quoted = c == '\\' && !is_quoted;
	}
	line[fits ? length : 0] = '\0';
	return c != EOF || length > 0;
}

/*
 * Takes the next field of an entry out of *at, with no blanks around it. A backslash
 * takes away the meaning of what follows it. NULL after the last field.
 */
static char *next_field(char **at)
{
	char *field = *at, *end = field;

	if (field == NULL)
		return NULL;
	for (; *end != '\0' && *end != ';'; end++)
		if (*end == '\\' && end[1] != '\0')
			end++;
	*at = *end == ';' ? end + 1 : NULL;
	field += strspn(field, blanks);
	while (end > field && strchr(blanks, end[-1]) != NULL)
		end--;
	*end = '\0';
	return field;
}

/* Where a field is `name=value` with this name, that is the value. */
static void take_value(const char *field, const char *name, const char **value)
{
	size_t length = strlen(name);

	if (strncasecmp(field, name, length) != 0)
		return;
	field += length;
	field += strspn(field, blanks);
	if (*field == '=')
		*value = field + 1 + strspn(field + 1, blanks);
}

/* A pattern is a type, or a top-level type: `image`, or with a star for its subtype. */
static bool is_for(const char *pattern, const char *type)
{
	size_t top = strcspn(pattern, "/");

	if (pattern[0] == '#') /* a comment; and such a type can be in a message */
		return false;
	if (pattern[top] == '\0' || strcmp(pattern + top, "/*") == 0)
		return strcspn(type, "/") == top && strncasecmp(pattern, type, top) == 0;
	return strcasecmp(pattern, type) == 0;
}

/* The type, if a shell, or a path that it is made part of, takes it as it is. */
static const char *plain_type(const char *type)
{
	bool is_plain = mailcap_is_plain(type) && type[0] != '-' && type[0] != '/' &&
			strstr(type, "..") == NULL;

	return is_plain ? type : NULL;
}

/*
 * Writes a field with what its %s and %t ask for. False where that is not given, NULL, and
 * where it does not fit.
 */
static bool fill_in(
	const char *field, const char *path, const char *type, char *text, size_t size)
{
	size_t used = 0;

	for (; *field != '\0'; field++) {
		char octet[2] = {*field, '\0'};
		const char *piece = octet;

		if ((*field == '\\' && field[1] != '\0') ||
			strncmp(field, "%%", 2) == 0) {
			field++;
			octet[0] = *field;
		} else if (strncmp(field, "%s", 2) == 0) {
			field++;
			piece = path;
		} else if (strncmp(field, "%t", 2) == 0) {
			field++;
			piece = type;
		} else if (*field == '%') {
			piece = NULL;
		}
		if (piece == NULL || strlen(piece) >= size - used)
			return false;
		memcpy(text + used, piece, strlen(piece));
		used += strlen(piece);
	}
	text[used] = '\0';
	return true;
}

/*
 * Runs the command of test= by the shell, as RFC 1524 has it. The words of the message that
 * fill_in puts into it are quoted.
 */
static bool succeeds(const char *test, const char *type)
{
	static const char silence[] = "exec </dev/null >/dev/null 2>&1\n";
	char command[sizeof silence + MAILCAP_COMMAND];
	char *rest = stpcpy(command, silence);

	return fill_in(test, NULL, plain_type(type), rest, MAILCAP_COMMAND) &&
	       system(command) == 0;
}

/* Names the copy: by the nametemplate= of the entry, or by a suffix for the type. */
static void name_copy(
	struct mailcap *found, const char *folder, const char *template, const char *type)
{
	char name[MAILCAP_NAME];
	bool is_name = template != NULL &&
		       fill_in(template, "part", NULL, name, sizeof name) &&
		       mailcap_is_plain(name) && strchr(name, '/') == NULL &&
		       name[0] != '.' && name[0] != '\0';

	if (!is_name)
		snprintf(name, sizeof name, "part.%s", media_type_suffix(type));
	snprintf(found->path, sizeof found->path, "%s/%s", folder, name);
}

static bool take_entry(
	struct mailcap *found, char *line, const char *type, const char *folder)
{
	const char *test = NULL, *template = NULL, *field;
	const char *pattern = next_field(&line);
	const char *command = next_field(&line);

	if (!is_for(pattern, type) || command == NULL || command[0] == '\0')
		return false;
	while ((field = next_field(&line)) != NULL) {
		take_value(field, "test", &test);
		take_value(field, "nametemplate", &template);
	}
	name_copy(found, folder, template, type);
	const char *plain = plain_type(type);
	size_t size = sizeof found->command;
	found->has_path = !fill_in(command, NULL, plain, found->command, size);
	if (found->has_path &&
		!fill_in(command, found->path, plain, found->command, size))
		return false;
	return test == NULL || succeeds(test, type);
}

static bool find_in_file(
	struct mailcap *found, const char *type, const char *folder, const char *path)
{
	char line[MAILCAP_ENTRY + 1];
	bool is_found = false;
	FILE *in = fopen(path, "r");

	if (in == NULL)
		return false;
	while (!is_found && read_line(in, line))
		is_found = take_entry(found, line, type, folder);
	fclose(in);
	return is_found;
}

bool mailcap_find(struct mailcap *found, const char *type, const char *folder)
{
	static const char of_system[] =
		"/etc/mailcap:/usr/etc/mailcap:/usr/local/etc/mailcap";
	char path[4096], list[sizeof path + sizeof of_system];
	const char *files = getenv("MAILCAPS"), *home = getenv("HOME");

	if (files == NULL) {
		files = of_system;
		if (home != NULL && home[0] == '/' &&
			file_path(list, sizeof list, "%s/.mailcap:%s", home, files) == 0)
			files = list;
	}
	while (*files != '\0') {
		size_t length = strcspn(files, ":");

		snprintf(path, sizeof path, "%.*s", (int)length, files);
		if (length < sizeof path && find_in_file(found, type, folder, path))
			return true;
		files += length;
		files += strspn(files, ":");
	}
	return false;
}
