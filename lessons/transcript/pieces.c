/* pieces: how one is waited for is let_arrive; how octets are cut, pieces_put. */
#include "transcript/pieces.h"

#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

#define PIECE_PAUSE 2  /* milliseconds, where nobody knows whether one was read */
#define MOMENT	    20 /* microseconds between two looks whether it was */

/*
 * Waits until what was written has arrived alone. A peer in this system, on a socket without
 * a network, has read it once nothing is left on the way.
 */
static void let_arrive(const struct pieces *p)
{
	struct timespec moment = {0, MOMENT * 1000};
	struct sockaddr_storage here = {.ss_family = AF_UNSPEC};
	socklen_t size = sizeof here;
	struct timespec pause = {0, PIECE_PAUSE * 1000000};
	int unread = 1;

	getsockname(p->wire->out, (struct sockaddr *)&here, &size);
	if (here.ss_family != AF_UNIX || ioctl(p->wire->out, TIOCOUTQ, &unread) != 0) {
		nanosleep(&pause, NULL);
		return;
	}
	for (int waited = 0; unread > 0 && waited < p->limit * 1000 / MOMENT; waited++) {
		nanosleep(&moment, NULL);
		if (ioctl(p->wire->out, TIOCOUTQ, &unread) != 0)
			return;
	}
}

void pieces_put(struct pieces *p, const char *octets, size_t n)
{
	if (p->size == 0) {
		wire_put(p->wire, octets, n);
		return;
	}
	while (n > 0) {
		size_t fits = n < p->size - p->put ? n : p->size - p->put;

		wire_put(p->wire, octets, fits);
		octets += fits;
		n -= fits;
		p->put += fits;
		if (p->put == p->size) {
			wire_flush(p->wire);
			let_arrive(p);
			p->put = 0;
		}
	}
}
