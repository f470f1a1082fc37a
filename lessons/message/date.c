/*
 * date: the time of the clock, or one that is set, in the form of the Date field.
 *
 *     echo hi | SOURCE_DATE_EPOCH=0 build/mime-encode
 */
#include "message/date.h"

#include <stdlib.h>
#include <string.h>

/* The moment SOURCE_DATE_EPOCH names, or -1. */
static long long fixed_time(void)
{
	const long long end_of_9999 = 253402300799;
	const char *text = getenv("SOURCE_DATE_EPOCH");

	if (text == NULL || text[0] == '\0' || text[strspn(text, "0123456789")] != '\0')
		return -1;
	long long seconds = strtoll(text, NULL, 10);
	return seconds > end_of_9999 ? -1 : seconds;
}

time_t date_now(void)
{
	long long fixed = fixed_time();

	return fixed >= 0 ? (time_t)fixed : time(NULL);
}

bool date_is_fixed(void)
{
	return fixed_time() >= 0;
}

void date_put(char *text, size_t size, time_t when)
{
	struct tm parts;
	bool known = date_is_fixed() ? gmtime_r(&when, &parts) != NULL
				     : localtime_r(&when, &parts) != NULL;

	if (!known || strftime(text, size, "%a, %d %b %Y %H:%M:%S %z", &parts) == 0)
		text[0] = '\0';
}
