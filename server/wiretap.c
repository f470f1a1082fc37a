/*
 * wiretap: sits between any client and any server, passes on what they say without
 * changing a byte, and writes the conversation down as a transcript while it happens
 * (articles: A10). What it writes, replay can perform.
 *
 *	$ wiretap -l localhost:2526 localhost:2525	and the client dials 2526
 */
#include "wire/clock.h"
#include "wire/duration.h"
#include "wire/peer.h"
#include "wire/serve.h"
#include "wire/program.h"
#include "wiretap/record.h"
#include "wiretap/way.h"
#include "wire/log.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <sys/socket.h>
#include <unistd.h>

/* What all conversations have in common. */
struct tap {
	const char *server; /* HOST:PORT */
	int delay;	    /* of either direction, in milliseconds */
	struct records *records;
};

/* What goes from one side to the other. */
struct direction {
	char who; /* 'C' or 'S' says it */
	int from, to;
	bool closed;   /* it says nothing more */
	bool reset;    /* it hears nothing more either */
	bool ended;    /* all that it said has arrived, and that it closed */
	long long due; /* when its close arrives */
	struct way way;
};

struct conversation {
	struct record record;
	struct direction client, server;
};

static bool only_not_yet(void)
{
	return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

static void hear(struct record *r, struct direction *d, long long now)
{
	size_t room;
	char *span = way_room(&d->way, &room);
	ssize_t n;

	if (room == 0)
		return;
	n = recv(d->from, span, room, MSG_DONTWAIT);
	if (n < 0 && only_not_yet())
		return;
	if (n > 0) {
		way_sets_out(&d->way, (size_t)n, now);
		record_said(r, d->who, span, (size_t)n);
		return;
	}
	d->closed = true;
	d->due = now + d->way.delay;
	d->reset = d->reset || n < 0;
	record_event(r, d->who, d->reset ? "resets" : "closes");
}

/* Passes on what has arrived. The other one may have reset, which sending tells. */
static void pass_on(
	struct record *r, struct direction *d, struct direction *other, size_t arrived)
{
	ssize_t n = send(d->to, d->way.span + d->way.start, arrived, MSG_DONTWAIT);

	if (n < 0 && only_not_yet())
		return;
	if (n >= 0) {
		way_given(&d->way, (size_t)n);
		return;
	}
	way_clear(&d->way);
	other->reset = true; /* its last words, such as 421, are still to be heard */
	if (other->closed)
		record_event(r, other->who, "resets");
}

/* Passes on what has arrived, and after it the close. */
static void arrive(
	struct record *r, struct direction *d, struct direction *other, long long now)
{
	size_t arrived = way_arrived(&d->way, now);

	if (arrived > 0)
		pass_on(r, d, other, arrived);
	if (!d->closed || d->ended || d->due > now || way_due(&d->way) >= 0)
		return;
	d->ended = true;
	if (!d->reset)
		shutdown(d->to, SHUT_WR);
}

/* Whether to listen to it: it may still speak, the other side hears, and there is room. */
static bool is_heard(const struct direction *in, const struct direction *out)
{
	return !in->closed && !out->reset && in->way.pieces < WAY_PIECES &&
	       in->way.end - in->way.start < sizeof in->way.span;
}

/* Whether both sides have closed, or one has reset and all that it said was heard. */
static bool is_over(const struct direction *c, const struct direction *s)
{
	return (c->ended && (s->ended || c->reset)) || (s->ended && s->reset);
}

/*
 * Lowers *wait, the milliseconds that poll may wait (-1: for ever), to when the next octets
 * of a direction or its close arrive. What was due by now has been tried already: what is
 * left of it waits for room, which poll sees.
 */
static void wait_for(const struct direction *d, long long now, int *wait)
{
	long long due = way_due(&d->way), left;

	if (due < 0 && d->closed && !d->ended)
		due = d->due;
	if (due <= now) /* nothing is on its way, or it waits for room */
		return;
	left = due - clock_milliseconds(); /* what was heard since now took its time */
	if (left < 0)
		left = 0;
	if (*wait < 0 || left < *wait)
		*wait = (int)left;
}

/* Until the conversation is over, or we are told to end. */
static void relay(struct record *r, struct direction *c, struct direction *s, int stop)
{
	struct direction *both[2] = {c, s};
	struct pollfd fds[3] = {{-1, 0, 0}, {-1, 0, 0}, {stop, POLLIN, 0}};
	long long now = clock_milliseconds();

	while (fds[2].revents == 0 && !is_over(c, s)) {
		int wait = -1;

		for (int i = 0; i < 2; i++) {
			struct direction *in = both[i], *out = both[1 - i];

			fds[i].events = 0;
			if (is_heard(in, out))
				fds[i].events |= POLLIN;
			if (way_arrived(&out->way, now) > 0)
				fds[i].events |= POLLOUT;
			fds[i].fd = fds[i].events != 0 ? in->from : -1;
			wait_for(in, now, &wait);
		}
		if (poll(fds, 3, wait) < 0)
			continue;
		/* The same now until the next poll: or what becomes due meanwhile is forgotten. */
		now = clock_milliseconds();
		for (int i = 0; i < 2; i++) {
			struct direction *in = both[i], *out = both[1 - i];

			if (is_heard(in, out))
				hear(r, in, now);
			arrive(r, in, out, now);
		}
	}
}

/*
 * TCP's handshake: on a long way the client waits a round trip for it. Here it connects to us
 * at once, so it is the server that is dialled later. Returns false if we are told to end.
 */
static bool shake_hands(int delay, int stop)
{
	struct pollfd fd = {stop, POLLIN, 0};
	long long now = clock_milliseconds(), until = now + 2LL * delay;

	while (fd.revents == 0 && now < until) {
		poll(&fd, 1, until - now < INT_MAX ? (int)(until - now) : INT_MAX);
		now = clock_milliseconds();
	}
	return fd.revents == 0;
}

static void session(struct wire *w, const void *context)
{
	const struct tap *tap = context;
	struct linger at_once = {1, 0};
	struct conversation *c = calloc(1, sizeof *c);
	const char *why = "out of memory";
	int on = 1, fd = -1;

	if (!shake_hands(tap->delay, w->stop)) {
		free(c);
		return;
	}
	if (c != NULL)
		fd = peer_dial(tap->server, w->stop, &why);
	/* A client that dials where nobody listens meets a reset, and so it does here. */
	w->broken = fd < 0;
	if (fd < 0) {
		log_say("%s: %s", tap->server, why);
	} else {
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
		record_begin(&c->record, tap->records);
		c->client.who = 'C';
		c->server.who = 'S';
		c->client.way.delay = tap->delay;
		c->server.way.delay = tap->delay;
		c->client.from = w->in;
		c->client.to = fd;
		c->server.from = fd;
		c->server.to = w->in;
		relay(&c->record, &c->client, &c->server, w->stop);
		record_end(&c->record);
		w->broken = c->client.reset || c->server.reset;
	}
	if (w->broken) {
		setsockopt(w->in, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
	}
	if (fd >= 0)
		close(fd);
	free(c);
}

static const char usage[] =
	"usage: wiretap [-m] [-d DELAY] [-o DIR] -l HOST:PORT HOST:PORT\n"
	"\t-l  where the clients dial; the other HOST:PORT is the server\n"
	"\t-o  a file in DIR for each conversation, 1.txt, 2.txt, ...\n"
	"\t-d  a long way: what either side says arrives so much later, as 100ms\n"
	"\t-m  leave passwords and cookies out; replay cannot perform such a "
	"record\n"
	"Example: wiretap -o . -l localhost:2526 localhost:2525\n";

int main(int argc, char **argv)
{
	static struct records records = {.folder = -1,
		.output = {.fd = STDOUT_FILENO, .before = "# "},
		.lock = PTHREAD_MUTEX_INITIALIZER};
	static struct tap tap = {.records = &records};
	static struct service service = {
		.idle = INT_MAX, .busy = "", .session = session, .context = &tap};
	const char *folder = NULL;
	int option, status;

	program_begin();
	log_begin("wiretap");
	while ((option = program_option(argc, argv, "md:l:o:h", usage)) != -1)
		switch (option) {
		case 'm':
			records.redacts = true;
			break;
		case 'd':
			tap.delay = duration_read(optarg);
			if (tap.delay < 0) {
				warnx("-d: not a time, as 100ms or 1s");
				program_usage(usage);
			}
			break;
		case 'o':
			folder = optarg;
			break;
		default:
			serve_option(&service, option, usage);
		}
	if (optind + 1 != argc || service.where == NULL || !peer_named(argv[optind]))
		program_usage(usage);
	tap.server = argv[optind];
	if (strcmp(service.where, tap.server) == 0)
		errx(EX_USAGE, "%s: it cannot be its own server", service.where);
	if (folder != NULL) {
		records.folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (records.folder < 0 || faccessat(records.folder, ".", W_OK, 0) != 0)
			err(EX_IOERR, "%s", folder);
	}
	status = serve(&service);
	if (records.failed) /* which was told when it happened */
		return EX_IOERR;
	if (log_end(&records.output) < 0)
		err(EX_IOERR, "standard output");
	return program_end(status);
}
