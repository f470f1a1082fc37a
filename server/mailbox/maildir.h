/*
 * maildir: a mailbox, and how a message gets into it for good (articles: A2).
 *
 * Every user has three folders: tmp, where a message is written; new, where it goes
 * once it is whole and on disk; cur, for messages that a mail reader has seen. A file
 * moves from one folder to another only by rename(2), which happens at once or not at
 * all. So a mail reader never finds half a message, and nobody needs a lock.
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
 * Whether a mailbox under mail has this local part as its name, compared without case.
 * Writes that name to user. A local part that is a path, as ../x, has no mailbox.
 */
bool maildir_user(const char *mail, const char *local, char user[MAILDIR_USER]);

/*
 * Makes the missing folders of a user's mailbox. Returns 0, or -1 with errno if a
 * message could not be put into it now.
 */
int maildir_ready(const char *mail, const char *user);

/*
 * Removes what a crash has left in tmp of each mailbox: files that nobody has written
 * to for 36 hours. A server calls it when it begins.
 */
void maildir_clean(const char *mail);

/*
 * Makes a name that no other message has, here or elsewhere. It begins with the time of
 * its birth, in seconds, and has at most 128 octets of host.
 */
void maildir_name(char name[MAILDIR_NAME], const char *host);

/*
 * Begins a message for count users, in tmp of the first; missing folders are made. mail
 * and users must last until maildir_deliver or maildir_abandon. host becomes part of
 * the file's name. Returns 0, or -1 with errno. If count is 0, this and the functions
 * below do nothing and succeed.
 */
int maildir_begin(struct maildir *m, const char *mail, char (*users)[MAILDIR_USER],
	size_t count, const char *host);

/* Adds n octets, whose lines end in LF. Returns 0, or -1 with errno. */
int maildir_write(struct maildir *m, const char *octets, size_t n);

/*
 * Delivers the message. Returns 0 once it is in new of every user, and the file and the
 * names in the folders are on disk; or -1 with errno, and then it is in none of them.
 */
int maildir_deliver(struct maildir *m);

/* Gives the message up. */
void maildir_abandon(struct maildir *m);

#endif
