/*
 * clock: how long something takes. The time of day jumps when somebody sets it, and a
 * limit on waiting must not. So limits are measured by a clock that only goes forward.
 */
#ifndef CLOCK_H
#define CLOCK_H

/*
 * Milliseconds since some moment in the past, the same one for as long as a program runs.
 */
long long clock_milliseconds(void);

#endif
