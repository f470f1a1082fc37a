/*
 * A yes or a no. Passage B14: what a user agent starts on the word of a message, it
 * starts only when Bob wants it.
 *
 *     echo 'image/jpeg; cksum' >build/mailcap
 *     MAILCAPS=build/mailcap build/mime-decode -a lessons/07-base64/picture.eml
 */
#include "read/ask.h"

#include "wire/utf8.h"

#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <termios.h>
#include <unistd.h>

static const char terminal_path[] = "/dev/tty";

bool ask_can(FILE *in)
{
	if (isatty(fileno(in)))
		return false;
	if (!isatty(STDOUT_FILENO) && !isatty(STDERR_FILENO))
		return false;
	int terminal = open(terminal_path, O_RDWR | O_NOCTTY);
	if (terminal < 0)
		return false;
	close(terminal);
	return true;
}

/* A terminal gives a line at a time; a `y` without Enter is no answer. */
static bool is_yes(const char *line)
{
	static const char blanks[] = " \t";
	const char *word = line + strspn(line, blanks);
	size_t length = strcspn(word, " \t\n");
	const char *rest = word + length;
	rest += strspn(rest, blanks);
	return *rest == '\n' && (length == 1 || length == 3) &&
	       strncasecmp(word, "yes", length) == 0;
}

bool ask(const char *question)
{
	char line[64];
	FILE *terminal = fopen(terminal_path, "r+");
	if (terminal == NULL)
		return false;
	fflush(stdout);
	/* A part shown before may have made the terminal itself type an answer. */
	tcflush(fileno(terminal), TCIFLUSH);
	utf8_show_line(terminal, question, strlen(question));
	fputs(" [y/N] ", terminal);
	ssize_t length = -1;
	if (fflush(terminal) == 0)
		length = read(fileno(terminal), line, sizeof line - 1);
	if (length <= 0)
		fputc('\n', terminal); /* no Enter has ended the line on the screen */
	fclose(terminal);
	line[length > 0 ? length : 0] = '\0';
	return is_yes(line);
}
