/*
 * stop: TERM or INT (Ctrl-C) tells a server to end, and it hears that wherever it waits.
 */
#ifndef STOP_H
#define STOP_H

/*
 * Catches both signals from here on, for the whole program: to be called once. INT that was
 * ignored when the program began stays so: whoever started it behind a shell has kept Ctrl-C
 * for what is typed there. Returns a
 * descriptor for poll(2), which is readable for ever once one of them has come. Where the
 * system has no pipe left, the program ends with a word on stderr and EX_OSERR.
 */
int stop_signal(void);

/*
 * The same for HUP, INT, QUIT, PIPE and TERM, but for those that were ignored when the program
 * began. The first octet to be read is the number of the one that came.
 */
int stop_any_signal(void);

#endif
