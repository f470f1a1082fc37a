/*
 * inbox: a folder on Bob's own machine in which a message is once it has been fetched,
 * for good (articles: A3; RFC 1939, 5 and 7). The server may delete its copy then, so the
 * order is all: the octets are written to a file of a temporary name, then to disk; the
 * file gets its name; the folder is written to disk; and only then it is said that the
 * message is here. Killed at any moment, the program leaves no half of a message under a
 * name. Compare with maildir.h, which does the same on the server.
 */
#ifndef INBOX_H
#define INBOX_H

#include "wire/sha256.h"

#include <stdint.h>
#include <stdio.h>

#define INBOX_NAME 256 /* octets of a file's name, with its NUL */

struct inbox {
	int folder;
	FILE *file; /* of the message in hand */
	struct sha256 content;
	uintmax_t octets;      /* of the file */
	char name[INBOX_NAME]; /* after inbox_commit */
};

/*
 * Opens the folder, which is made, mode 700, where it is missing, and locks it: a second
 * program in it gets -1 with EWOULDBLOCK. It stays open, and locked, until the program
 * ends. What is in it is on disk then. Returns 0, or -1 with errno.
 */
int inbox_open(struct inbox *s, const char *folder);

/*
 * The name of the file for a unique-id of the server's choice, which is a name, never a
 * path, whatever it is: a-z 0-9 , _ = and after the first octet . and - stand for
 * themselves; a capital is + and its small letter, since some file systems do not tell
 * one from the other; all else is %NN. One over the 70 octets of RFC 1939 becomes
 * long-uidl- and its SHA-256. No two unique-ids give one name.
 */
void inbox_name(const char *uidl, char name[INBOX_NAME]);

/* Whether a message is here under a name: 1, 0, or -1 with errno if something else is. */
int inbox_has(const struct inbox *s, const char *name);

/*
 * Begins a message, adds n octets to it, whose lines end in LF, and commits it: with 0 it
 * is here for good. With name NULL it is called content- and the SHA-256 of the file, and
 * where it is here already one is enough. Each returns 0, or -1 with errno: then
 * inbox_abandon leaves nothing of it, as at any time before the commit.
 */
int inbox_begin(struct inbox *s);
int inbox_write(struct inbox *s, const char *octets, size_t n);
int inbox_commit(struct inbox *s, const char *name);
void inbox_abandon(struct inbox *s);

#endif
