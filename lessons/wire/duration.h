/*
 * duration: how long, as an option has it.
 */
#ifndef DURATION_H
#define DURATION_H

/*
 * A time as a person writes it: 100ms, 30 or 30s, 5m, 4h, 4d. Returns milliseconds, or
 * -1 for what is no time, or none at all, or over 24 days.
 */
int duration_read(const char *text);

#endif
