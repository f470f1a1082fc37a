/*
 * users: the users who may read mail here, each with a password (articles: A3). A text
 * file has a line for each:
 *
 *	bob:I like pickles
 *
 * The first colon ends the name; the rest is the password, blanks and colons too. The
 * file has no comments. (Anybody who reads it knows every password: give it mode 600. A
 * host that is more than a lesson keeps only what crypt(3) makes of a password.)
 */
#ifndef USERS_H
#define USERS_H

#include <stdbool.h>
#include <stddef.h>

#define USERS_TEXT 256 /* octets of a name or a password, with a NUL */

/* The rest of each field is zero. */
struct user {
	char name[USERS_TEXT]; /* in lower case */
	char password[USERS_TEXT];
};

struct users {
	struct user *table;
	size_t count, room;
};

/*
 * Reads the file, or ends the program with the reason on stderr: EX_NOINPUT if it
 * cannot be read; EX_DATAERR, with file and line, for a line without a colon, with an
 * empty name or password, with a NUL, or over 255 octets, and for a name that comes
 * twice. The author of the file is here and can correct it, so one bad line ends the
 * program; a bad line in a list from a stranger is only skipped.
 */
void users_read(struct users *users, const char *file);

/*
 * Whether a user has this name, compared without case, and this password. It always
 * takes the same time. If it answered sooner for a known name, or for one more right
 * letter, a stranger could find out both by measuring.
 */
bool users_know(const struct users *users, const char *name, const char *password);

#endif
