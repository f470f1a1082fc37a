#ifndef SHELL_H
#define SHELL_H

#include <signal.h>
#include <stdbool.h>

/*
 * Commands that a person wrote for the shell, run as system(3) runs them. Nothing of a
 * message is ever part of one, but what shell_is_plain lets pass.
 */

/* Whether a shell takes text as it stands: ASCII letters, digits, and ./+-_ alone. */
bool shell_is_plain(const char *text);

/*
 * Runs the command by /bin/sh and waits for it: with the file input as its standard
 * input, and its standard output and error to the file output, or, where that is NULL,
 * to ours. The command gets the signal mask, where one is given, else it has ours.
 * Returns its exit status, 128 and the number of the signal that ended it, or -1 with
 * errno where there is no new process; 127 where a file cannot be opened.
 */
int shell_run(
	const char *command, const char *input, const char *output, const sigset_t *mask);

#endif
