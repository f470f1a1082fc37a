/*
 * safe-file: saves a file whose name somebody else has chosen (articles: B10, B14). A
 * name from a message is used as a name, never as a path (RFC 2183, 2.3), and never
 * replaces a file of ours.
 */
#ifndef SAFE_FILE_H
#define SAFE_FILE_H

#include <stddef.h>
#include <stdio.h>

enum {
	SAFE_NAME = 200,      /* the longest name */
	SAFE_NAME_ROOM = 256, /* octets for a name, a number in it, and a NUL */
	SAFE_PATH = 4096      /* octets for a folder, a name, and a NUL */
};

/*
 * Makes a safe name out of wanted, the name in a message, into name, of SAFE_NAME_ROOM
 * octets. It takes what follows the last slash or backslash, drops dots at the
 * beginning, and writes `_` for control octets, marks that turn the direction of a
 * text, octets that are not UTF-8, and a dash at the beginning. A long name is cut and
 * keeps its suffix. If nothing is left, the name is otherwise.
 */
void safe_file_name(const char *wanted, const char *otherwise, char *name);

/*
 * A file that is being saved: it has a temporary name until it is whole. Do not move
 * the struct while the file is open: stream has its buffer here. A large file goes to
 * disk one full buffer at a time.
 */
struct safe_file {
	FILE *stream;
	char buffer[32768];
	const char *folder;
	char temporary[SAFE_PATH];
	char name[SAFE_NAME_ROOM]; /* after safe_file_close: the name it got */
};

/*
 * Opens a new file in folder, which is made if it is missing. The caller writes to
 * stream, and then calls one of the next two functions. If this or the closing fails,
 * the program removes the file, and ends with a line on standard error and status 74.
 */
void safe_file_open(struct safe_file *file, const char *folder);

/*
 * Closes the file, and gives it this name. If the name is taken, it adds -2 to -10
 * before the suffix, or else any other number.
 */
void safe_file_close(struct safe_file *file, const char *name);

/* Closes the file and removes it. */
void safe_file_drop(const struct safe_file *file);

#endif
