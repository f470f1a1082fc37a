/*
 * lab-pieces: a read that never gives more than PIECE octets, however many have come. TCP cuts a
 * stream where it likes (RFC 9293, 2.2: it carries octets, not messages), but seldom where
 * that would show a mistake. lab-check links this before the C library, so each cut is made,
 * and every time the same:
 *
 *	PIECE=1 programs/smtp-server mail
 */
#include <stdlib.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

ssize_t read(int fd, void *octets, size_t n)
{
	const char *piece = getenv("PIECE");
	size_t most = piece != NULL ? strtoul(piece, NULL, 10) : 0;
	struct iovec place = {octets, most > 0 && most < n ? most : n};

	return readv(fd, &place, 1);
}
