/* users: the file is read line by line; users_know compares. */
#include "mailbox/users.h"
#include "mailbox/named.h"

#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static void lower(char *name)
{
	for (; *name != '\0'; name++)
		*name = (char)tolower((unsigned char)*name);
}

/* Adds the user of a line of n octets. Returns NULL, or what is wrong with it. */
static const char *add(struct users *users, const char *line, size_t n)
{
	const char *colon = memchr(line, ':', n);
	size_t name = colon != NULL ? (size_t)(colon - line) : 0;
	struct user *u;

	if (users->count == users->room) {
		users->room = 2 * users->room + 16;
		u = realloc(users->table, users->room * sizeof *u);
		if (u == NULL)
			err(EX_OSERR, "memory");
		users->table = u;
	}
	if (n >= USERS_TEXT)
		return "over 255 octets";
	if (memchr(line, '\0', n) != NULL)
		return "a NUL in the line";
	if (colon == NULL)
		return "no colon: user:password is wanted";
	if (name == 0 || name + 1 == n)
		return "a user and a password are wanted";
	u = &users->table[users->count];
	*u = (struct user){{0}, {0}};
	memcpy(u->name, line, name);
	memcpy(u->password, colon + 1, n - name - 1);
	lower(u->name);
	users->count++;
	return NULL;
}

/* Each line is a user, so that user i is on line i + 1. */
static void refuse_twice(const struct users *users, const char *file)
{
	struct named names = {0};
	size_t line;

	for (size_t i = 0; i < users->count; i++)
		if (named_add(&names, users->table[i].name, i + 1) < 0)
			err(EX_OSERR, "memory");
	line = named_repeated(&names);
	if (line != 0)
		errx(EX_DATAERR, "%s:%zu: this user is here twice", file, line);
	free(names.list);
}

void users_read(struct users *users, const char *file)
{
	FILE *f = fopen(file, "r");
	const char *why;
	char *line = NULL;
	size_t room = 0, lines = 0;
	ssize_t n;

	*users = (struct users){0};
	if (f == NULL)
		err(EX_NOINPUT, "%s", file);
	while ((n = getline(&line, &room, f)) > 0) {
		if (line[n - 1] == '\n') {
			n--;
			if (n > 0 && line[n - 1] == '\r')
				n--;
		}
		lines++;
		why = add(users, line, (size_t)n);
		if (why != NULL)
			errx(EX_DATAERR, "%s:%zu: %s", file, lines, why);
	}
	if (ferror(f))
		err(EX_NOINPUT, "%s", file);
	free(line);
	fclose(f);
	refuse_twice(users, file);
}

bool users_know(const struct users *users, const char *name, const char *password)
{
	struct user given = {{0}, {0}};
	unsigned known = 0;

	/* A line has at most 255 octets: what is cut short here is nobody's. */
	snprintf(given.name, sizeof given.name, "%s", name);
	snprintf(given.password, sizeof given.password, "%s", password);
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
	return known != 0;
}
