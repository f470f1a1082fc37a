/*
 * users: who may read mail here, and the password by which each proves who he is
 * (articles: A3). They are kept in a text file, a line for each:
 *
 *	bob:I like pickles
 *
 * The first colon ends the name; all behind it is the password, blanks and colons too.
 * There are no comments. (Who reads this file knows every password: give it mode 600. A
 * host that is more than a lesson keeps what crypt(3) makes of them.)
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
 * Reads the file, or ends the program with the reason on stderr: EX_NOINPUT where it
 * cannot be read; EX_DATAERR, with file and line, for a line without a colon, with an
 * empty name or password, with a NUL, or over 255 octets, and for a name that stands
 * twice. Whoever wrote the line is at hand, and nobody has been turned away yet: so one
 * bad line is told at once, where one in the list of a stranger is passed over.
 */
void users_read(struct users *users, const char *file);

/*
 * Whether there is a user of this name, compared without case, with this password. It
 * takes as long for one answer as for the other, whatever was right: who is answered
 * sooner where a name is known, or a letter more is right, could find out both.
 */
bool users_know(const struct users *users, const char *name, const char *password);

#endif
