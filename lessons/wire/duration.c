/* duration: a number, and the unit after it. */
#include "wire/duration.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *unit;
	long long milliseconds;
} units[] = {{"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}, {"d", 86400000}};

int duration_read(const char *text)
{
	const char *unit;
	char *end;
	long long n;

	errno = 0;
	n = strtoll(text, &end, 10);
	if (*text < '0' || *text > '9' || errno != 0 || n == 0 || n > INT_MAX)
		return -1; /* a blank or a sign, which strtoll takes, is no digit */
	unit = *end == '\0' ? "s" : end;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strcmp(unit, units[i].unit) == 0 &&
			n <= INT_MAX / units[i].milliseconds)
			return (int)(n * units[i].milliseconds);
	return -1;
}

void duration_write(char text[DURATION_TEXT], long long milliseconds)
{
	size_t i = sizeof units / sizeof *units - 1;

	if (milliseconds == 0)
		i = 1;
	while (milliseconds % units[i].milliseconds != 0)
		i--;
	snprintf(text, DURATION_TEXT, "%lld%s", milliseconds / units[i].milliseconds,
		units[i].unit);
}
