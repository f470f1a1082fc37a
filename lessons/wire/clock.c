/* clock: POSIX calls the clock that nobody sets CLOCK_MONOTONIC. */
#include "wire/clock.h"

#include <time.h>

long long clock_milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}
