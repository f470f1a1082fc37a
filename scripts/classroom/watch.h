/*
 * watch: ends each program that was started when its time is over, with everything that
 * it started. Each thread waits for its own program; one thread ends those whose time
 * is over.
 */
#ifndef WATCH_H
#define WATCH_H

#include "classroom/limits.h"

/* From here on, programs whose parent has ended become ours. */
void watch_begin(void);

/* Lets a program run for so many milliseconds from now on. */
void watch_until(pid_t group, int milliseconds);

/*
 * Waits until it ends, and ends all of its group. Returns its status, as waitpid does;
 * *over says whether its time was over.
 */
int watch_end(pid_t group, bool *over);

/* Ends the programs whose time is over. To be called again and again. */
void watch_look(void);

/* Ends them all, and each that is started after it. */
void watch_stop(void);

/* To be called when all have ended: ends processes of ours that they have left. */
void watch_orphans(void);

#endif
