/*
 * watch: what was started is ended in its time, and nothing of it stays. Threads wait each
 * for their own program; one looks after them all.
 */
#ifndef WATCH_H
#define WATCH_H

#include "classroom/limits.h"

/* Programs that were started belong to us, whatever becomes of who started them. */
void watch_begin(void);

/* Lets a program run for so many milliseconds from now on. */
void watch_until(pid_t group, int milliseconds);

/*
 * Waits until it ends, and ends all of its group. Returns its status, as waitpid has it;
 * *over says whether it had to be ended.
 */
int watch_end(pid_t group, bool *over);

/* Ends those whose time is over. To be called again and again. */
void watch_look(void);

/* Ends them all, and each that is started after it. */
void watch_stop(void);

/* When all have ended: ends whatever they have left that is ours. */
void watch_orphans(void);

#endif
