#ifndef ASK_H
#define ASK_H

#include <stdbool.h>
#include <stdio.h>

/*
 * A question to the person at the terminal, before something is done that a
 * stranger's message asks for (passage B14). The answer is never read from standard
 * input, which may be the message.
 */

/*
 * Whether there is somebody to ask: a terminal that this process belongs to, and that
 * standard output or standard error is shown on. in is what strangers' words are read
 * from: where that is a terminal, their next line would be the answer, and nobody can
 * be asked.
 */
bool ask_can(FILE *in);

/*
 * Shows the question, one line of UTF-8 in which control octets become \xNN, and
 * ` [y/N] ` behind it, and reads a line. What was typed before the question was shown
 * does not count. Returns true for `y` or `yes`, in any case, with blanks around it;
 * false for all else, at the end of the input, and where there is no terminal.
 */
bool ask(const char *question);

#endif
