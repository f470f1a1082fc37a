/*
 * viewer: the command that shows a part which we cannot show ourselves (articles: B10,
 * B14), and the private copy of the part that it is run on: in a folder that nobody else
 * may enter, under a name in which nothing comes from the message.
 *
 *     viewer_find, then the person is asked about viewer.found.command; then
 *     viewer_open, the part is written to viewer.copy, and viewer_run or viewer_fail.
 */
#ifndef VIEWER_H
#define VIEWER_H

#include "read/mailcap.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>

struct viewer {
	struct mailcap found;
	char folder[MAILCAP_FOLDER];
	FILE *copy;
	sigset_t before;
};

/*
 * Finds the command for the type, see mailcap.h. The copy and its folder, under TMPDIR
 * or, where that is not set or not plain to the shell, under /tmp, have their names in
 * the command, but are not made yet. Returns false where there is none.
 */
bool viewer_find(struct viewer *viewer, const char *type);

/*
 * Makes the folder and opens the copy. From here until it is removed the signals that
 * would end us (HUP, INT, QUIT, TERM) wait: no one's mail is left behind. What fails, here
 * and below, ends the program with a line on standard error and status 74.
 */
void viewer_open(struct viewer *viewer);

/*
 * Closes the copy, runs the command on it, and removes
 * the copy and its folder once the command has ended, and also where a command has only
 * handed it to a program that still runs: such commands (xdg-open) need an option that
 * makes them wait. What the command has put beside the copy stays, and the folder with
 * it. The command has the terminal as its standard input, or the copy where it does not
 * name it; Ctrl-C is for it alone. Returns its exit status, 128 and the number of the
 * signal that ended it, or 127 where its input cannot be opened, or there is no such
 * command.
 */
int viewer_run(struct viewer *viewer);

/* The copy cannot be whole, as errno tells, for the sake of what is called name. */
_Noreturn void viewer_fail(const struct viewer *viewer, const char *name);

#endif
