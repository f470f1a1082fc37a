/*
 * date: the time that is written into a message (RFC 5322, 3.3).
 */
#ifndef DATE_H
#define DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#define DATE_OCTETS 32 /* that date_put needs */

/*
 * The time to write into a message: now, or the time in SOURCE_DATE_EPOCH, in seconds,
 * if it is a number up to the end of the year 9999. With it the same command always
 * makes the same message.
 */
time_t date_now(void);

/* Whether SOURCE_DATE_EPOCH is set, so that dates and ids must not differ each time. */
bool date_is_fixed(void);

/*
 * Writes when as a date of RFC 5322, 3.3, `Sat, 21 Nov 2026 23:23:16 +0000`,
 * into text of size octets, DATE_OCTETS or more: in the local time zone, and
 * in UTC where SOURCE_DATE_EPOCH is set. Threads may call both at once, after
 * tzset(3), see program.h.
 */
void date_put(char *text, size_t size, time_t when);

#endif
