#ifndef SAVE_H
#define SAVE_H

#include <stddef.h>
#include <stdio.h>

/*
 * Saving what somebody else named: a name out of a message is a name, never a
 * path (RFC 2183, 2.3), and no file of ours gives way to it.
 */

enum {
	SAVE_NAME = 200, /* octets of a name at most */
	SAVE_ROOM = 256, /* octets for a name, a number in it, and a NUL */
	SAVE_PATH = 4096 /* octets for a folder, a name, and a NUL */
};

/*
 * Makes of what a message calls a file a name for it, into name of SAVE_ROOM
 * octets: what follows the last slash or backslash, with no dot first, and `_`
 * for control octets, marks that turn the direction of a text, what is not UTF-8, and a
 * dash at the beginning; a long one is cut and keeps its suffix. Where nothing is left:
 * otherwise.
 */
void save_name(const char *wanted, const char *otherwise, char *name);

/* A file that is being saved: it has a name of its own until it is whole. */
struct save {
	FILE *file;
	const char *folder;
	char temporary[SAVE_PATH];
	char name[SAVE_ROOM]; /* after save_close: the name it got */
};

/*
 * Opens a new file in folder, which is made where it is missing. Returns 0, or -1
 * with errno. The caller writes to save->file, then calls one of the next two.
 */
int save_open(struct save *save, const char *folder);

/*
 * Closes the file and gives it this name, or where that is taken name-2 to name-10,
 * before the suffix, or one with any number. Returns 0, or -1 with errno and nothing left.
 */
int save_close(struct save *save, const char *name);

/* Closes the file and removes it. */
void save_drop(struct save *save);

#endif
