#ifndef SAFE_FILE_H
#define SAFE_FILE_H

#include <stddef.h>
#include <stdio.h>

/*
 * Saving what somebody else named: a name out of a message is a name, never a
 * path (RFC 2183, 2.3), and no file of ours gives way to it.
 */

enum {
	SAFE_NAME = 200,      /* octets of a name at most */
	SAFE_NAME_ROOM = 256, /* octets for a name, a number in it, and a NUL */
	SAFE_PATH = 4096      /* octets for a folder, a name, and a NUL */
};

/*
 * Makes of what a message calls a file a name for it, into name of SAFE_NAME_ROOM
 * octets: what follows the last slash or backslash, with no dot first, and `_`
 * for control octets, marks that turn the direction of a text, what is not UTF-8, and a
 * dash at the beginning; a long one is cut and keeps its suffix. Where nothing is left:
 * otherwise.
 */
void safe_file_name(const char *wanted, const char *otherwise, char *name);

/* A file that is being saved: it has a name of its own until it is whole. */
struct safe_file {
	FILE *file;
	const char *folder;
	char temporary[SAFE_PATH];
	char name[SAFE_NAME_ROOM]; /* after safe_file_close: the name it got */
};

/*
 * Opens a new file in folder, which is made where it is missing. Returns 0, or -1
 * with errno. The caller writes to save->file, then calls one of the next two.
 */
int safe_file_open(struct safe_file *save, const char *folder);

/*
 * Closes the file and gives it this name, or where that is taken name-2 to name-10,
 * before the suffix, or one with any number. Returns 0, or -1 with errno and nothing left.
 */
int safe_file_close(struct safe_file *save, const char *name);

/* Closes the file and removes it. */
void safe_file_drop(struct safe_file *save);

#endif
