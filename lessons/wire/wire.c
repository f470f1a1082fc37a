/*
 * wire: one conversation over a stream of octets (RFC 5321, 2.3.8). First what reads,
 * then what writes, then how it begins and ends. Begin with wire_next_line, which makes
 * lines of a stream; only fill, above it, waits. Compare read_line in
 * server/smtp-toy.c.
 */
#include "wire/wire.h"
#include "message/canonical.h"
#include "wire/clock.h"

#include <errno.h>
#include <limits.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LINGER 1000 /* milliseconds for a peer to close after us */

/* Waits for something to read: WIRE_GOT, WIRE_TIME_OUT or WIRE_STOP. */
static enum wire_got wait_for_peer(struct wire *w)
{
	struct pollfd fds[2] = {{w->in, POLLIN, 0}, {w->stop, POLLIN, 0}};

	for (;;) {
		long long left = w->deadline - clock_milliseconds();
		int ready = left < 0 ? 0 : poll(fds, 2, (int)left);

		if (ready < 0 && errno == EINTR)
			continue;
		if (ready < 0)
			return WIRE_END;
		if (fds[0].revents != 0)
			return WIRE_GOT; /* what has come goes before the end */
		return ready == 0 ? WIRE_TIME_OUT : WIRE_STOP;
	}
}

/*
 * A channel of 1982 carries ASCII, the eighth bit always zero (RFC 821, 4.5.2). What is
 * looked for comes after it: the octets 8d 8a ae 8d 8a are CR LF . CR LF then.
 */
static void clear_eighth_bits(char *octets, size_t n)
{
	for (size_t i = 0; i < n; i++)
		octets[i] &= 0x7f;
}

/* Reads what has come, once all that came before has been taken. */
static enum wire_got take_in(struct wire *w)
{
	char terminal[sizeof w->span / 2]; /* each octet of it may become two */
	char *to = w->lf_is_crlf ? terminal : w->span;
	size_t room = w->lf_is_crlf ? sizeof terminal : sizeof w->span;
	ssize_t n;

	do
		n = read(w->in, to, room);
	while (n < 0 && errno == EINTR);
	if (n <= 0) {
		w->reset = w->reset || n < 0;
		return WIRE_END;
	}
	w->start = 0;
	w->end = (size_t)n;
	w->came += w->end;
	if (w->seven_bits)
		clear_eighth_bits(to, w->end);
	if (w->lf_is_crlf)
		w->end = to_canonical(&w->cr, terminal, w->end, w->span);
	return WIRE_GOT;
}

/* Waits for what the peer sends, and reads it. */
static enum wire_got fill(struct wire *w)
{
	enum wire_got got;

	wire_flush(w); /* the peer may be waiting for it */
	got = w->deaf ? WIRE_TIME_OUT : wait_for_peer(w);
	return got == WIRE_GOT ? take_in(w) : got;
}

bool wire_has_come(struct wire *w)
{
	struct pollfd in = {w->in, POLLIN, 0};

	if (w->start == w->end && poll(&in, 1, 0) > 0)
		take_in(w);
	return w->start < w->end;
}

void wire_start_clock(struct wire *w)
{
	w->deadline = clock_milliseconds() + w->idle;
	w->came = 0;
}

enum wire_got wire_next_line(struct wire *w, char *line, size_t size, size_t *length)
{
	bool too_long = false, crlf;
	const char *lf = NULL;
	size_t n = 0;

	*length = 0;
	while (lf == NULL) {
		enum wire_got got = w->start == w->end ? fill(w) : WIRE_GOT;
		size_t came = w->end - w->start, fits;
		const char *from = w->span + w->start;

		if (got != WIRE_GOT)
			return got;
		lf = memchr(from, '\n', came);
		if (lf != NULL)
			came = (size_t)(lf + 1 - from);
		fits = came < size - n ? came : size - n;
		if (fits < came)
			too_long = true;
		memcpy(line + n, from, fits);
		n += fits;
		w->start += came;
	}
	if (too_long) {
		line[0] = '\0';
		return WIRE_TOO_LONG;
	}
	n--; /* the LF */
	crlf = n > 0 && line[n - 1] == '\r';
	if (crlf)
		n--;
	line[n] = '\0';
	*length = n;
	if (memchr(line, '\0', n) != NULL)
		return WIRE_NUL;
	return crlf ? WIRE_GOT : WIRE_BARE_LF;
}

enum wire_got wire_line(struct wire *w, char *line, size_t size, size_t *length)
{
	wire_start_clock(w);
	return wire_next_line(w, line, size, length);
}

const char *wire_why(enum wire_got got)
{
	static const char *const why[] = {[WIRE_GOT] = "a line",
		[WIRE_BARE_LF] = "end lines with CRLF",
		[WIRE_NUL] = "a NUL in the line",
		[WIRE_TOO_LONG] = "a line that is too long",
		[WIRE_END] = "the connection was lost",
		[WIRE_TIME_OUT] = "nothing came in time",
		[WIRE_STOP] = "told to end"};

	return why[got];
}

enum wire_got wire_next_span(struct wire *w, const char **octets, size_t *n)
{
	enum wire_got got = w->start == w->end ? fill(w) : WIRE_GOT;

	*octets = got == WIRE_GOT ? w->span + w->start : NULL;
	*n = got == WIRE_GOT ? w->end - w->start : 0;
	return got;
}

enum wire_got wire_span(struct wire *w, const char **octets, size_t *n)
{
	bool waits = w->start == w->end;
	enum wire_got got;

	if (waits && (w->came == 0 || w->came >= WIRE_LINE))
		wire_start_clock(w);
	got = wire_next_span(w, octets, n);
	if (waits && got == WIRE_GOT && memchr(*octets, '\n', *n) != NULL)
		w->came = 0;
	return got;
}

/* What has come since the limit on waiting began is a piece: it begins anew. */
static void end_piece(struct wire *w)
{
	if (w->start == w->end && w->came >= WIRE_LINE)
		wire_start_clock(w);
}

enum wire_got wire_piece_line(struct wire *w, char *line, size_t size, size_t *length)
{
	end_piece(w);
	return wire_next_line(w, line, size, length);
}

enum wire_got wire_piece(struct wire *w, const char **octets, size_t *n)
{
	end_piece(w);
	return wire_next_span(w, octets, n);
}

void wire_took(struct wire *w, size_t n)
{
	w->start += n;
}

/* Waits until the peer can take something: WIRE_GOT, WIRE_TIME_OUT, WIRE_STOP, WIRE_END. */
static enum wire_got wait_to_write(const struct wire *w, long long deadline)
{
	/*
	 * A stop that is readable keeps no reply back. A broken one does: nobody reads what
	 * this program prints.
	 */
	struct pollfd fds[2] = {{w->out, POLLOUT, 0}, {w->stop, 0, 0}};

	for (;;) {
		long long left = deadline - clock_milliseconds();
		int ready = left < 0 ? 0 : poll(fds, 2, (int)left);

		if (ready < 0 && errno == EINTR)
			continue;
		if (ready < 0)
			return WIRE_END;
		if (fds[1].revents != 0)
			return WIRE_STOP;
		return ready == 0 ? WIRE_TIME_OUT : WIRE_GOT;
	}
}

/* Writes as much as there is room for, without waiting: of a pipe a little at a time. */
static ssize_t write_some(const struct wire *w, const char *octets, size_t n)
{
	ssize_t written = send(w->out, octets, n, MSG_DONTWAIT);

	if (written < 0 && errno == ENOTSOCK)
		written = write(w->out, octets, n < PIPE_BUF ? n : PIPE_BUF);
	if (written < 0 && (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK))
		return 0;
	return written;
}

/*
 * Writes n octets, however little the peer takes at a time, within one limit on waiting; or
 * the conversation is broken.
 */
static void write_all(struct wire *w, const char *octets, size_t n)
{
	long long deadline = clock_milliseconds() + w->idle;

	while (n > 0 && !w->broken) {
		enum wire_got got = wait_to_write(w, deadline);
		ssize_t written = -1;

		if (got == WIRE_GOT)
			written = write_some(w, octets, n);
		if (written > 0) {
			octets += written;
			n -= (size_t)written;
		}
		w->broken = written < 0;
		w->deaf = w->deaf || got == WIRE_TIME_OUT;
	}
}

int wire_flush(struct wire *w)
{
	write_all(w, w->reply, w->held);
	w->held = 0;
	return w->broken ? -1 : 0;
}

int wire_put(struct wire *w, const char *octets, size_t n)
{
	/* A large piece need not be copied: it is written from where it is. */
	if (n >= sizeof w->reply)
		wire_flush(w); /* what was said before it goes first */
	while (n >= sizeof w->reply && !w->broken) {
		write_all(w, octets, sizeof w->reply);
		octets += sizeof w->reply;
		n -= sizeof w->reply;
	}
	while (n > 0 && !w->broken) {
		size_t room = sizeof w->reply - w->held, fits = n < room ? n : room;

		memcpy(w->reply + w->held, octets, fits);
		w->held += fits;
		octets += fits;
		n -= fits;
		if (w->held == sizeof w->reply)
			wire_flush(w);
	}
	return w->broken ? -1 : 0;
}

int wire_vsay(struct wire *w, const char *format, va_list arguments)
{
	char line[WIRE_SAID];
	int n = vsnprintf(line, sizeof line - 1, format, arguments);

	if (n < 0)
		return -1;
	if ((size_t)n > sizeof line - 2)
		n = sizeof line - 2;
	memcpy(line + n, "\r\n", 2);
	return wire_put(w, line, (size_t)n + 2);
}

int wire_say(struct wire *w, const char *format, ...)
{
	va_list arguments;
	int status;

	va_start(arguments, format);
	status = wire_vsay(w, format, arguments);
	va_end(arguments);
	return status;
}

/* One end of a connection as a number; text stays as it is where it has none. */
static void name_end(
	int end_of(int, struct sockaddr *, socklen_t *), int fd, char *text, size_t size)
{
	struct sockaddr_storage address;
	socklen_t length = sizeof address;

	if (end_of(fd, (struct sockaddr *)&address, &length) == 0)
		getnameinfo((struct sockaddr *)&address, length, text, (socklen_t)size,
			NULL, 0, NI_NUMERICHOST);
}

void wire_open(struct wire *w, int in, int out, int idle)
{
	int on = 1;

	/* Not the large buffers: memory that is never touched costs nothing. */
	memset(w, 0, offsetof(struct wire, span));
	w->in = in;
	w->out = out;
	w->stop = -1;
	w->idle = idle;
	w->lf_is_crlf = isatty(in);
	name_end(getpeername, in, w->peer, sizeof w->peer);
	name_end(getsockname, in, w->here, sizeof w->here);
	/* What is said is sent at once. */
	setsockopt(out, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

void wire_close(struct wire *w)
{
	wire_flush(w);
	w->deadline = clock_milliseconds() + LINGER;
	if (!w->broken && shutdown(w->out, SHUT_WR) == 0)
		while (clock_milliseconds() < w->deadline &&
			wait_for_peer(w) == WIRE_GOT &&
			read(w->in, w->span, sizeof w->span) > 0)
			continue;
	close(w->in);
	if (w->out != w->in)
		close(w->out);
}
