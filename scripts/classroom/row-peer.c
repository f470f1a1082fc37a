/*
 * row-peer: piece after piece is written into a socket that keeps them apart, by a thread once
 * there is no room for all of them; where
 * something else than a close comes after them, they are put into the wire itself.
 */
#include "classroom/row-peer.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#define PATIENCE 5000  /* milliseconds */
#define PACKET	 16384 /* octets that a read of wire takes in one */

const char *const row_ends[] = {"closes", "resets", "silent", "stops", NULL};

/*
 * Says the octets of the first argument from p->said on, piece by piece, and closes. Returns
 * false where one would have to wait.
 */
static bool say_on(struct row_peer *p, int flags)
{
	const struct row_argument *said = row_octets(p->row, 0);
	ssize_t n = 1;

	while (p->said < said->length && n > 0) {
		size_t piece = row_piece(p->row, p->said);

		n = send(p->far, said->octets + p->said, piece < PACKET ? piece : PACKET,
			flags);
		p->said += n > 0 ? (size_t)n : 0;
	}
	if (n < 0 && (errno == EAGAIN || errno == ENOBUFS))
		return false;
	shutdown(p->far, SHUT_WR);
	return true;
}

static void *speak(void *argument)
{
	say_on(argument, 0);
	return NULL;
}

static int open_end(const char *path)
{
	int fd = open(path, O_RDONLY);

	if (fd < 0)
		err(EX_OSERR, "%s", path);
	return fd;
}

/*
 * A pair of sockets: of packets, so that two pieces are never read as one, but on macOS.
 */
static void make_pair(int pair[2])
{
	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) < 0 &&
		socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
		err(EX_OSERR, "socketpair");
}

/* The octets have come; a directory cannot be read, and /dev/null can always be. */
static void have_said(struct wire *w, const struct row_argument *said, enum row_end end)
{
	int pair[2];

	make_pair(pair);
	if (end == ROW_RESETS) {
		close(pair[0]);
		pair[0] = open_end("/");
	}
	wire_open(w, pair[0], pair[1], end == ROW_SILENT ? 1 : PATIENCE);
	if (end == ROW_STOPS)
		w->stop = open_end("/dev/null");
	if (said->length > sizeof w->span)
		errx(EX_DATAERR, "more octets than come at once");
	memcpy(w->span, said->octets, said->length);
	w->end = said->length;
}

void row_peer_open(
	struct row_peer *p, struct wire *w, const struct row *r, enum row_end end)
{
	int pair[2];

	*p = (struct row_peer){.row = r, .end = end};
	if (end != ROW_CLOSES) {
		have_said(w, row_octets(r, 0), end);
		return;
	}
	make_pair(pair);
	wire_open(w, pair[0], pair[0], PATIENCE);
	p->far = pair[1];
	p->threaded = !say_on(p, MSG_DONTWAIT);
	if (p->threaded && pthread_create(&p->thread, NULL, speak, p) != 0)
		errx(EX_OSERR, "no thread");
}

void row_peer_say_left(const struct row_peer *p, const struct wire *w)
{
	char *left = row_buffer(2 * sizeof w->span);
	size_t n = w->end - w->start;
	ssize_t more = 0;

	if (w->start > w->end || n > sizeof w->span) {
		fputs("more than had come", p->row->answer);
		return;
	}
	memcpy(left, w->span + w->start, n);
	do {
		n += (size_t)more;
		if (p->end == ROW_CLOSES)
			more = read(w->in, left + n, 2 * sizeof w->span - n);
	} while (more > 0);
	row_say_octets(p->row, left, n);
}

void row_peer_close(struct row_peer *p, struct wire *w)
{
	close(w->in);
	if (w->out != w->in)
		close(w->out);
	if (w->stop >= 0)
		close(w->stop);
	if (p->end != ROW_CLOSES)
		return;
	if (p->threaded)
		pthread_join(p->thread, NULL);
	close(p->far);
}
