/*
 * A command of the person's own, run by the shell. Passage B14; RFC 1524, appendix A:
 * what mailcap holds are commands for the shell, and a message could smuggle in words.
 *
 *     echo 'image/jpeg; cksum' >build/mailcap
 *     MAILCAPS=build/mailcap build/mime-decode -a lessons/07-base64/picture.eml
 */
#include "read/shell.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_STARTED = 127 }; /* the status of a shell that finds no such command */

bool shell_is_plain(const char *text)
{
	return text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				 "0123456789./+-_")] == '\0';
}

static bool put_at(const char *path, int flags, int descriptor)
{
	int opened = open(path, flags);
	if (opened < 0 || opened == descriptor)
		return opened >= 0;
	bool is_put = dup2(opened, descriptor) >= 0;
	close(opened);
	return is_put;
}

static void become(const char *command, const char *input, const char *output)
{
	if (!put_at(input, O_RDONLY, STDIN_FILENO))
		return;
	if (output != NULL && (!put_at(output, O_WRONLY, STDOUT_FILENO) ||
				      !put_at(output, O_WRONLY, STDERR_FILENO)))
		return;
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
}

int shell_run(
	const char *command, const char *input, const char *output, const sigset_t *mask)
{
	int status;
	pid_t child = fork();
	if (child < 0)
		return -1;
	if (child == 0) {
		if (mask != NULL)
			sigprocmask(SIG_SETMASK, mask, NULL);
		become(command, input, output);
		_exit(NOT_STARTED);
	}
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
