/*
 * duration: how long something takes, as a person writes and reads it.
 */
#ifndef DURATION_H
#define DURATION_H

/*
 * A time as a person writes it: 100ms, 30 or 30s, 5m, 4h, 4d. Returns milliseconds, or
 * -1 for any other text, for zero, and for over 24 days.
 */
int duration_read(const char *text);

#define DURATION_TEXT 24 /* octets that duration_write needs, with a NUL */

/* Writes a time, 0 or more milliseconds, in the largest unit that divides it. */
void duration_write(char text[DURATION_TEXT], long long milliseconds);

#endif
