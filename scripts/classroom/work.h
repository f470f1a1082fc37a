/*
 * work: the files of a check, and texts made of words. Texts that are made once are kept
 * until the end.
 */
#ifndef WORK_H
#define WORK_H

#include <stdbool.h>
#include <stddef.h>

/*
 * All *n octets of a file, with a NUL after them; the caller frees them. NULL if it is
 * not a regular file, or has more than 16 MB.
 */
char *work_read(const char *path, size_t *n);

/* The absolute path of a file, without links, or NULL. */
char *work_path(const char *path);

/* Makes room for n octets in memory; ends the program if memory is short. */
char *work_room(char *memory, size_t n);

/*
 * Makes a folder in TMPDIR whose name begins with name; returns its absolute path,
 * without links.
 */
char *work_begin(const char *name);

/*
 * What a shell command prints, with a NUL. Puts its exit status, or EX_OSERR if it did
 * not exit, into *status, if that is not NULL. The command must be our own words only:
 * texts from elsewhere are passed in the environment.
 */
char *work_output(const char *command, int *status);

/* Writes a file, and makes the folders above it. Ends the program if it cannot. */
void work_write(const char *path, const char *octets, size_t n);

/* Makes a folder, and those above it. */
void work_make(const char *path);

/* Removes a folder with everything in it, whatever its modes are. */
void work_remove(const char *path);

/* A text as printf makes it; the caller frees it. */
char *work_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Takes the next line out of a text, and changes the text; NULL after the last. */
char *work_line(char **at);

/* Takes the text before the character, or all of it; NULL if nothing is left. */
char *work_word(char **at, char end);

/* The *n texts in a text, each with that character at its end; then NULL. */
char **work_texts(char *text, char end, size_t *n);

/* The words of a command, and a NULL after the last. Begin with all zero. */
struct work_command {
	char *argv[96];
	size_t n;
};

/* Adds one word, or each of those with blanks between them; they are copied. */
void work_add(struct work_command *c, const char *word);
void work_add_all(struct work_command *c, const char *words);

#endif
