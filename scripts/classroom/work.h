/*
 * work: the files of a check, and texts made of words. Texts that are made once are kept
 * until the end.
 */
#ifndef WORK_H
#define WORK_H

#include <stdbool.h>
#include <stddef.h>

/*
 * All of a file, with a NUL after it, which the caller frees; *n octets. NULL where there
 * is no regular file of that name, or it has more than 16 MB.
 */
char *work_read(const char *path, size_t *n);

/* Where a file really is, from the root on; NULL where there is none. */
char *work_path(const char *path);

/* The memory with room for n octets; ends the program where there is none. */
char *work_room(char *memory, size_t n);

/* Makes a folder in TMPDIR, whose name begins with that; returns where it really is. */
char *work_begin(const char *name);

/*
 * What a command of the shell prints, with a NUL; its exit status to *status, if that is not
 * NULL, or EX_OSERR where it was ended otherwise. All of the command is our own words: what
 * comes from elsewhere is given to it in the environment.
 */
char *work_output(const char *command, int *status);

/* Writes a file, with the folders in which it is to be. Ends the program where it cannot. */
void work_write(const char *path, const char *octets, size_t n);

/* Makes a folder, and those in which it is to be. */
void work_make(const char *path);

/* Removes a folder and all that is in it, whatever has been done to it. */
void work_remove(const char *path);

/* A text as printf makes it, which the caller frees. */
char *work_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Takes the next line out of a text, which is changed; NULL after the last. */
char *work_line(char **at);

/* Takes what comes before the character, or all; NULL where nothing is left. */
char *work_word(char **at, char end);

/* The texts in a text, each with that character at its end; after *n of them comes NULL. */
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
