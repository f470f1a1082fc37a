/*
 * maildir: a mailbox, and how a message gets into it for good (articles: A2).
 *
 * Every user has three folders: tmp, where a message is written; new, where it is
 * once it is whole and on disk; cur, for a reader who has seen it. A file only ever
 * changes its folder by rename(2), which happens at once or not at all: so a reader
 * never meets half a message and nobody needs a lock.
 */
#ifndef MAILDIR_H
#define MAILDIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define MAILDIR_USER 65	 /* octets of a user's name, with its NUL */
#define MAILDIR_NAME 256 /* of a message's file name */

/* A message on its way into the mailboxes of users. The fields are maildir's own. */
struct maildir {
	const char *mail;
	char (*users)[MAILDIR_USER];
	size_t count;
	char name[MAILDIR_NAME];
	FILE *file;
};

/*
 * Whether there is a mailbox under mail for a local part, compared without case.
 * Writes its name to user; a local part that is no name but a path, ../x, is nobody.
 */
bool maildir_user(const char *mail, const char *local, char user[MAILDIR_USER]);

/*
 * Makes what is missing of a user's mailbox. Returns 0, or -1 with errno where a message
 * could not be put into it now.
 */
int maildir_ready(const char *mail, const char *user);

/*
 * Removes what a crash has left in tmp of each mailbox: files of which nobody has written
 * anything for 36 hours. For the beginning of a server.
 */
void maildir_clean(const char *mail);

/*
 * Makes a name for a message that no other has, here or elsewhere: when it was born, in
 * seconds, is the number that it begins with. Of host it holds 128 octets at most.
 */
void maildir_name(char name[MAILDIR_NAME], const char *host);

/*
 * Begins a message for count users, in tmp of the first; missing folders are made.
 * mail and users must last until maildir_deliver or maildir_abandon. host becomes
 * part of the file's name. Returns 0, or -1 with errno. Where count is 0 nothing is done
 * and nothing fails, here and below.
 */
int maildir_begin(struct maildir *m, const char *mail, char (*users)[MAILDIR_USER],
	size_t count, const char *host);

/* Adds n octets, whose lines end in LF. Returns 0, or -1 with errno. */
int maildir_write(struct maildir *m, const char *octets, size_t n);

/*
 * Delivers: returns 0 once the message is on disk, in new of every user, and so are
 * the folders' entries for it. Returns -1 with errno, and then it is in none.
 */
int maildir_deliver(struct maildir *m);

/* Gives the message up. */
void maildir_abandon(struct maildir *m);

#endif
