/*
 * stop: TERM or INT (Ctrl-C) tells a server to end, and the server notices wherever it
 * waits.
 */
#ifndef STOP_H
#define STOP_H

/*
 * Catches both signals from here on, for the whole program: to be called once. If INT
 * was ignored when the program began, it stays ignored: a program in the background
 * leaves Ctrl-C to the one in the foreground. Returns a descriptor for poll(2), which
 * is readable for ever once one of the signals has come. If the system has no pipe
 * left, the program ends with a line on stderr and EX_OSERR.
 */
int stop_signal(void);

/*
 * The same for HUP, INT, QUIT, PIPE and TERM, except those that were ignored when the
 * program began. The first octet to be read is the number of the signal that came.
 */
int stop_any_signal(void);

#endif
