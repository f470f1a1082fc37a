/*
 * work: files are read and written whole, since those of a check are small; a program
 * that is tried may have left anything in its folder, so links are not followed.
 */
#define _XOPEN_SOURCE 700 /* nftw, realpath */
#include "classroom/work.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#define MOST 16000000 /* octets of a file */

/* Texts that are made once are kept until the end: to the leak sanitizer that is no leak. */
const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
	return "detect_leaks=0";
}

char *work_read(const char *path, size_t *n)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat is;
	char *text = NULL;
	ssize_t got = 1;

	*n = 0;
	if (fd >= 0 && fstat(fd, &is) == 0 && S_ISREG(is.st_mode) && is.st_size < MOST)
		text = malloc((size_t)is.st_size + 1);
	while (text != NULL && got > 0 && *n < (size_t)is.st_size) {
		got = read(fd, text + *n, (size_t)is.st_size - *n);
		*n += got > 0 ? (size_t)got : 0;
	}
	if (text != NULL)
		text[*n] = '\0';
	close(fd);
	return text;
}

char *work_path(const char *path)
{
	return realpath(path, NULL);
}

char *work_room(char *memory, size_t n)
{
	memory = realloc(memory, n);
	if (memory == NULL)
		err(EX_OSERR, "memory");
	return memory;
}

char *work_begin(const char *name)
{
	const char *tmp = getenv("TMPDIR");
	char *path = work_text(
		"%s/%s.XXXXXX", tmp != NULL && *tmp != '\0' ? tmp : "/tmp", name);

	if (mkdtemp(path) == NULL)
		err(EX_IOERR, "%s", path);
	return work_path(path);
}

char *work_output(const char *command, int *status)
{
	FILE *from = popen(command, "r");
	char *text = NULL;
	size_t room = 0;
	int ended;

	if (from == NULL)
		err(EX_OSERR, "sh");
	if (getdelim(&text, &room, '\0', from) < 0)
		text = work_text("%s", "");
	ended = pclose(from);
	if (status != NULL)
		*status = WIFEXITED(ended) ? WEXITSTATUS(ended) : EX_OSERR;
	return text;
}

void work_make(const char *path)
{
	char *whole = work_text("%s", path);

	for (char *p = whole + 1; *p != '\0'; p++)
		if (*p == '/') {
			*p = '\0';
			mkdir(whole, 0700);
			*p = '/';
		}
	if (mkdir(whole, 0700) != 0 && errno != EEXIST)
		err(EX_IOERR, "%s", path);
	free(whole);
}

void work_write(const char *path, const char *octets, size_t n)
{
	const char *slash = strrchr(path, '/');
	char *folder;
	FILE *file;

	if (slash != NULL && slash > path) {
		folder = work_text("%.*s", (int)(slash - path), path);
		work_make(folder);
		free(folder);
	}
	file = fopen(path, "w");
	if (file == NULL || fwrite(octets, 1, n, file) < n || fclose(file) != 0)
		err(EX_IOERR, "%s", path);
}

static int remove_one(const char *path, const struct stat *is, int kind, struct FTW *at)
{
	(void)is;
	(void)at;
	if (kind != FTW_D && kind != FTW_DNR)
		return kind == FTW_DP ? rmdir(path) : unlink(path);
	return chmod(path, 0700);
}

void work_remove(const char *path)
{
	for (int depth = 0; depth < 100 && access(path, F_OK) == 0; depth++) {
		nftw(path, remove_one, 32, FTW_PHYS); /* may be entered, from here on */
		nftw(path, remove_one, 32, FTW_PHYS | FTW_DEPTH);
	}
}

char *work_text(const char *format, ...)
{
	va_list arguments;
	char *text;
	int n;

	va_start(arguments, format);
	n = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	text = malloc((size_t)n + 1);
	if (text == NULL)
		err(EX_OSERR, "memory");
	va_start(arguments, format);
	vsnprintf(text, (size_t)n + 1, format, arguments);
	va_end(arguments);
	return text;
}

char *work_word(char **at, char end)
{
	char *word = *at, *found;

	if (word == NULL)
		return NULL;
	found = strchr(word, end);
	*at = found != NULL ? found + 1 : NULL;
	if (found != NULL)
		*found = '\0';
	return word;
}

char *work_line(char **at)
{
	char *line = work_word(at, '\n');

	return line != NULL && *line == '\0' && *at == NULL ? NULL : line;
}

char **work_texts(char *text, char end, size_t *n)
{
	char **texts, *at = text;
	size_t count = 0;

	for (const char *p = text; (p = strchr(p, end)) != NULL; p++)
		count++;
	texts = calloc(count + 1, sizeof *texts);
	if (texts == NULL)
		err(EX_OSERR, "memory");
	for (*n = 0; *n < count; ++*n)
		texts[*n] = work_word(&at, end);
	return texts;
}

void work_add(struct work_command *c, const char *word)
{
	if (c->n + 1 < sizeof c->argv / sizeof *c->argv)
		c->argv[c->n++] = work_text("%s", word);
}

void work_add_all(struct work_command *c, const char *words)
{
	char *copy = work_text("%s", words), *at = copy, *word;

	while ((word = work_word(&at, ' ')) != NULL)
		if (*word != '\0')
			work_add(c, word);
	free(copy);
}
