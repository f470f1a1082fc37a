/*
 * duration: how long something takes, as a person writes and reads it.
 */
#ifndef DURATION_H
#define DURATION_H

/*
 * A time as a person writes it: 100ms, 30 or 30s, 5m, 4h, 4d. Returns milliseconds, or
 * -1 for what is no time, or none at all, or over 24 days.
 */
int duration_read(const char *text);

#define DURATION_TEXT 24 /* octets of a time as duration_write has it, with a NUL */

/* Writes a time, 0 or more milliseconds, in the largest unit that it is a multiple of. */
void duration_write(char text[DURATION_TEXT], long long milliseconds);

#endif
