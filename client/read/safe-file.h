/*
 * safe-file: how what somebody else has named is saved (articles: B10, B14). A name out
 * of a message is a name, never a path (RFC 2183, 2.3), and no file of ours gives way to
 * it.
 */
#ifndef SAFE_FILE_H
#define SAFE_FILE_H

#include <stddef.h>
#include <stdio.h>

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

/*
 * A file that is being saved: it has a name of its own until it is whole. It is not moved
 * while it is open, for stream has its buffer here: a large file goes to disk in spans of
 * it.
 */
struct safe_file {
	FILE *stream;
	char buffer[32768];
	const char *folder;
	char temporary[SAFE_PATH];
	char name[SAFE_NAME_ROOM]; /* after safe_file_close: the name it got */
};

/*
 * Opens a new file in folder, which is made where it is missing. The caller writes to
 * stream, and then calls one of the next two. What fails here, or as it is closed, ends the
 * program with a line on standard error and status 74; no file is left.
 */
void safe_file_open(struct safe_file *file, const char *folder);

/*
 * Closes the file, and gives it this name, or where that is taken name-2 to name-10, before
 * the suffix, or one with any number.
 */
void safe_file_close(struct safe_file *file, const char *name);

/* Closes the file and removes it. */
void safe_file_drop(const struct safe_file *file);

#endif
