/*
 * lab-pieces: the world of a program that is tried is the same every time. lab-check
 * links this before the C library. First, a read that never gives more than PIECE octets,
 * however many have come. TCP cuts a stream where it likes (RFC 9293, 2.2: it carries
 * octets, not messages), but seldom where that would show a mistake. Here each cut is
 * made:
 *
 *	PIECE=1 programs/smtp-server mail
 *
 * Then, a clock that stands still at NOW, so many seconds since 1970. What is done in the
 * very second in which a time is over cannot be tried with one that goes on.
 */
#include <stdlib.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

ssize_t read(int fd, void *octets, size_t n)
{
	const char *piece = getenv("PIECE");
	size_t most = piece != NULL ? strtoul(piece, NULL, 10) : 0;
	struct iovec place = {octets, most > 0 && most < n ? most : n};

	return readv(fd, &place, 1);
}

time_t time(time_t *place)
{
	const char *still = getenv("NOW");
	struct timespec t = {0};

	if (still != NULL)
		t.tv_sec = (time_t)strtoll(still, NULL, 10);
	else
		clock_gettime(CLOCK_REALTIME, &t);
	if (place != NULL)
		*place = t.tv_sec;
	return t.tv_sec;
}
