/* users: the file is read line by line; users_know compares. */
#include "mailbox/users.h"

#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* Fills a field with n octets of text, and with zeros behind them. */
static void fill(char field[USERS_TEXT], const char *text, size_t n)
{
	memset(field, 0, USERS_TEXT);
	memcpy(field, text, n < USERS_TEXT ? n : USERS_TEXT - 1);
}

static void lower(char *name)
{
	for (; *name != '\0'; name++)
		*name = (char)tolower((unsigned char)*name);
}

/* Reads a line of n octets into u. Returns NULL, or what is wrong with it. */
static const char *user_of(const char *line, size_t n, struct user *u)
{
	const char *colon = memchr(line, ':', n);
	size_t name;

	if (n >= USERS_TEXT)
		return "over 255 octets";
	if (memchr(line, '\0', n) != NULL)
		return "a NUL in the line";
	if (colon == NULL)
		return "no colon: user:password is wanted";
	name = (size_t)(colon - line);
	if (name == 0 || name + 1 == n)
		return "a user and a password are wanted";
	fill(u->name, line, name);
	fill(u->password, colon + 1, n - name - 1);
	lower(u->name);
	return NULL;
}

/* Adds the user of a line. Returns NULL, or what is wrong with it. */
static const char *add(struct users *users, const char *line, size_t n)
{
	struct user *more =
		realloc(users->table, (users->count + 1) * sizeof *users->table);
	const char *why;

	if (more == NULL)
		err(EX_OSERR, "memory");
	users->table = more;
	why = user_of(line, n, &more[users->count]);
	if (why != NULL)
		return why;
	for (size_t i = 0; i < users->count; i++)
		if (strcmp(more[i].name, more[users->count].name) == 0)
			return "this user stands here twice";
	users->count++;
	return NULL;
}

int users_read(struct users *users, const char *file)
{
	FILE *f = fopen(file, "r");
	const char *why = NULL;
	char *line = NULL;
	size_t room = 0, lines = 0;
	ssize_t n;
	int status = EX_OK;

	*users = (struct users){0};
	if (f == NULL) {
		warn("%s", file);
		return EX_NOINPUT;
	}
	while (why == NULL && (n = getline(&line, &room, f)) > 0) {
		if (line[n - 1] == '\n') {
			n--;
			if (n > 0 && line[n - 1] == '\r')
				n--;
		}
		lines++;
		why = add(users, line, (size_t)n);
	}
	if (why != NULL) {
		warnx("%s:%zu: %s", file, lines, why);
		status = EX_DATAERR;
	} else if (ferror(f)) {
		warn("%s", file);
		status = EX_NOINPUT;
	}
	free(line);
	fclose(f);
	return status;
}

bool users_know(const struct users *users, const char *name, const char *password)
{
	struct user given = {{0}, {0}};
	unsigned known = 0;

	fill(given.name, name, strlen(name));
	fill(given.password, password, strlen(password));
	lower(given.name);
	/* Every octet of every user is looked at, and nothing depends on what it is. */
	for (size_t i = 0; i < users->count; i++) {
		const struct user *u = &users->table[i];
		unsigned differs = 0;

		for (size_t j = 0; j < USERS_TEXT; j++)
			differs |= (unsigned char)(u->name[j] ^ given.name[j]) |
				   (unsigned char)(u->password[j] ^ given.password[j]);
		known |= differs == 0;
	}
	return known != 0 && strlen(name) < USERS_TEXT && strlen(password) < USERS_TEXT;
}
