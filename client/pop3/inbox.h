/*
 * inbox: the folder on Bob's own machine that keeps the messages he fetched (articles:
 * A3; RFC 1939, 5 and 7). Once a message is here, the server may delete its copy, so
 * the order matters: the octets are written to a file with a temporary name; the file
 * is put on disk; it gets its own name; the folder is put on disk; and only then does
 * the program report the message as here. If it is killed at any moment, it leaves no
 * half message under a name. Compare with maildir.h, which does the same on the server.
 */
#ifndef INBOX_H
#define INBOX_H

#include "wire/sha256.h"

#include <stdint.h>
#include <stdio.h>

#define INBOX_NAME 256 /* octets of a file's name, with its NUL */

struct inbox {
	int folder;
	FILE *file; /* of the present message */
	struct sha256 content;
	uintmax_t octets;      /* of the file */
	char name[INBOX_NAME]; /* after inbox_commit */
};

/*
 * Opens the folder and locks it; makes it, mode 700, if it is missing. It stays open
 * and locked until the program ends: a second program gets -1 with EWOULDBLOCK. On
 * return everything in it is on disk. Returns 0, or -1 with errno.
 */
int inbox_open(struct inbox *s, const char *folder);

/*
 * The name of the file for a unique-id. The server chooses the unique-id, so whatever
 * it is, the result is a name and never a path: a-z 0-9 , _ = stay as they are, and so
 * do . and - after the first octet; a capital is + and its small letter, because some
 * file systems do not distinguish the two; any other octet is %NN. A unique-id over the
 * 70 octets of RFC 1939 becomes long-uidl- and its SHA-256. Two unique-ids never have
 * the same name.
 */
void inbox_name(const char *uidl, char name[INBOX_NAME]);

/* Whether a message is here under a name: 1, 0, or -1 with errno if something else is. */
int inbox_has(const struct inbox *s, const char *name);

/*
 * inbox_begin begins a message, inbox_write adds n octets with LF line ends,
 * inbox_commit gives it its name: once it returns 0, the message is here for good. With
 * name NULL it is named content- and the SHA-256 of the file; a second copy of the same
 * message is dropped. Each returns 0, or -1 with errno. inbox_abandon removes the
 * message, at any time before the commit or after an error.
 */
int inbox_begin(struct inbox *s);
int inbox_write(struct inbox *s, const char *octets, size_t n);
int inbox_commit(struct inbox *s, const char *name);
void inbox_abandon(struct inbox *s);

#endif
