/*
 * wiretap: stands between any client and any server, passes on what they say without
 * changing a byte, and writes the conversation down as a transcript while it happens
 * (articles: A10). What it writes, replay can perform.
 *
 *	$ wiretap -l localhost:2526 localhost:2525	and the client dials 2526
 */
#include "wire/peer.h"
#include "wire/serve.h"
#include "wire/program.h"
#include "wiretap/record.h"
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
	struct records *records;
};

/* What goes from one side to the other. */
struct direction {
	char who; /* 'C' or 'S' says it */
	int from, to;
	bool closed;	   /* it says nothing more */
	bool reset;	   /* it hears nothing more either */
	size_t start, end; /* of span: what was heard and not yet passed on */
	char span[WIRE_SPAN];
};

struct conversation {
	struct record record;
	struct direction client, server;
};

static bool only_not_yet(void)
{
	return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

static void hear(struct record *r, struct direction *d)
{
	ssize_t n = recv(d->from, d->span, sizeof d->span, MSG_DONTWAIT);

	if (n < 0 && only_not_yet())
		return;
	if (n > 0) {
		d->start = 0;
		d->end = (size_t)n;
		record_said(r, d->who, d->span, d->end);
		return;
	}
	d->closed = true;
	d->reset = d->reset || n < 0;
	record_event(r, d->who, d->reset ? "resets" : "closes");
	if (!d->reset)
		shutdown(d->to, SHUT_WR);
}

/* Passes on what one side said. The other one may have reset, which sending tells. */
static void pass_on(struct record *r, struct direction *d, struct direction *other)
{
	ssize_t n = send(d->to, d->span + d->start, d->end - d->start, MSG_DONTWAIT);

	if (n < 0 && only_not_yet())
		return;
	if (n >= 0) {
		d->start += (size_t)n;
		return;
	}
	d->start = d->end;
	other->reset = true; /* its last words, such as 421, are still to be heard */
	if (other->closed)
		record_event(r, other->who, "resets");
}

/* Whether both sides have closed, or one has reset and all that it said was heard. */
static bool is_over(const struct direction *c, const struct direction *s)
{
	return (c->closed && (s->closed || c->reset)) || (s->closed && s->reset);
}

/* Until the conversation is over, or we are told to end. */
static void relay(struct record *r, struct direction *c, struct direction *s, int stop)
{
	struct direction *both[2] = {c, s};
	struct pollfd fds[3] = {{-1, 0, 0}, {-1, 0, 0}, {stop, POLLIN, 0}};

	while (fds[2].revents == 0 && !is_over(c, s)) {
		for (int i = 0; i < 2; i++) {
			struct direction *in = both[i], *out = both[1 - i];

			fds[i].events = 0;
			if (!in->closed && in->start == in->end && !out->reset)
				fds[i].events |= POLLIN;
			if (out->start < out->end)
				fds[i].events |= POLLOUT;
			fds[i].fd = fds[i].events != 0 ? in->from : -1;
		}
		if (poll(fds, 3, -1) < 0)
			continue;
		for (int i = 0; i < 2; i++) {
			struct direction *in = both[i], *out = both[1 - i];

			if (!in->closed && in->start == in->end && !out->reset)
				hear(r, in);
			if (in->start < in->end)
				pass_on(r, in, out);
		}
	}
}

static void session(struct wire *w, const void *context)
{
	const struct tap *tap = context;
	struct linger at_once = {1, 0};
	struct conversation *c = calloc(1, sizeof *c);
	const char *why = "out of memory";
	int on = 1, fd = c != NULL ? peer_dial(tap->server, w->stop, &why) : -1;

	/* A client that dials where nobody listens meets a reset, and so it does here. */
	w->broken = fd < 0;
	if (fd < 0) {
		log_say("%s: %s", tap->server, why);
	} else {
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
		record_begin(&c->record, tap->records);
		c->client.who = 'C';
		c->server.who = 'S';
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
	"usage: wiretap [-m] [-o DIR] -l HOST:PORT HOST:PORT\n"
	"\t-l  where the clients dial; the other HOST:PORT is the server\n"
	"\t-o  a file in DIR for each conversation, 1.txt, 2.txt, ...\n"
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
	while ((option = program_option(argc, argv, "ml:o:h", usage)) != -1)
		switch (option) {
		case 'm':
			records.redacts = true;
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
