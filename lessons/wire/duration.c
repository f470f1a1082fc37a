/* duration: a number, and the unit after it. */
#include "wire/duration.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

int duration_read(const char *text)
{
	static const struct {
		const char *unit;
		long long milliseconds;
	} units[] = {{"ms", 1}, {"", 1000}, {"s", 1000}, {"m", 60000}, {"h", 3600000},
		{"d", 86400000}};
	char *unit;
	long long n;

	errno = 0;
	n = strtoll(text, &unit, 10);
	if (*text < '0' || *text > '9' || errno != 0 || n == 0 || n > INT_MAX)
		return -1; /* a blank or a sign, which strtoll takes, is no digit */
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strcmp(unit, units[i].unit) == 0 &&
			n <= INT_MAX / units[i].milliseconds)
			return (int)(n * units[i].milliseconds);
	return -1;
}
