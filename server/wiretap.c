/*
 * wiretap: stands between any client and any server, passes on what they say without
 * changing a byte, and writes the conversation down as a transcript while it happens
 * (articles: A10). What it writes, replay can perform.
 *
 *	$ wiretap -l localhost:2526 localhost:2525	and the client dials 2526
 */
#include "peer.h"
#include "serve.h"
#include "transcript.h"

#include "standard.h"
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>
#include <sys/socket.h>
#include <unistd.h>

/* What all conversations have in common. */
struct tap {
	const char *server; /* HOST:PORT */
	const char *folder; /* -o, NULL for standard output */
	bool mask;
	atomic_ulong *count; /* of conversations so far */
};

/* One conversation's record. */
struct record {
	FILE *file;    /* where it is written */
	bool waiting;  /* in a temporary file, until standard output is free */
	bool mask;     /* passwords are left out */
	bool password; /* the client's next line is one */
	char text[TRANSCRIPT_TEXT];
};

/* What goes from one side to the other. */
struct direction {
	char who; /* 'C' or 'S' says it */
	int from, to;
	bool closed;	   /* it says nothing more */
	size_t start, end; /* of span: what was heard and not yet passed on */
	struct transcript_said said;
	char span[WIRE_SPAN];
};

/* Standard output belongs to one conversation at a time, so that it stays whole. */
static pthread_mutex_t floor_of_output = PTHREAD_MUTEX_INITIALIZER;

static void take_floor(struct record *r)
{
	char octets[4096];
	size_t n;

	rewind(r->file);
	while ((n = fread(octets, 1, sizeof octets, r->file)) > 0)
		fwrite(octets, 1, n, stdout);
	fclose(r->file);
	r->file = stdout;
	r->waiting = false;
}

static bool begin_record(struct record *r, const struct tap *tap)
{
	unsigned long number = atomic_fetch_add(tap->count, 1) + 1;
	char path[PATH_MAX];

	r->mask = tap->mask;
	if (tap->folder == NULL) {
		r->file = tmpfile();
		r->waiting = r->file != NULL;
	}
	while (tap->folder != NULL && r->file == NULL) {
		snprintf(path, sizeof path, "%s/%lu.txt", tap->folder, number);
		r->file = fopen(path, "wx"); /* never over an older one */
		if (r->file == NULL && errno != EEXIST)
			break;
		if (r->file == NULL)
			number = atomic_fetch_add(tap->count, 1) + 1;
	}
	if (r->file == NULL)
		return false;
	fprintf(r->file, "# conversation %lu\n", number);
	return true;
}

static void end_record(struct record *r)
{
	if (r->waiting) {
		pthread_mutex_lock(&floor_of_output);
		take_floor(r);
	}
	fflush(r->file);
	if (r->file == stdout)
		pthread_mutex_unlock(&floor_of_output);
	else
		fclose(r->file);
}

/* The octets of a client's line that may be seen, where the rest is a password. */
static size_t seen_part(struct record *r, char who, const char *text)
{
	static const char *const verbs[] = {"PASS ", "APOP ", "AUTH "};
	bool answer = r->password && who == 'C';

	r->password = who == 'S' &&
		      (strncmp(text, "334", 3) == 0 || strncmp(text, "+ ", 2) == 0);
	for (size_t i = 0; who == 'C' && !answer && i < 3; i++)
		if (strncasecmp(text, verbs[i], 5) == 0)
			return 5;
	return answer ? 0 : strlen(text);
}

static void write_line(struct record *r, struct direction *d)
{
	size_t seen;

	if (d->said.n == 0)
		return;
	transcript_text(d->said.octets, d->said.n, r->text);
	d->said.n = 0;
	seen = r->mask ? seen_part(r, d->who, r->text) : strlen(r->text);
	fprintf(r->file, "%c:%.*s%s\n", d->who, (int)seen, r->text,
		r->text[seen] != '\0' ? "{any}" : "");
}

/* Writes down n octets that were heard; an unfinished line of the other side ends. */
static void hear(struct record *r, struct direction *d, struct direction *other, size_t n)
{
	if (r->waiting && pthread_mutex_trylock(&floor_of_output) == 0)
		take_floor(r);
	write_line(r, other);
	for (size_t i = 0; i < n;) {
		bool whole;

		i += transcript_take(&d->said, d->span + i, n - i, &whole);
		if (whole)
			write_line(r, d);
	}
	fflush(r->file);
}

static void note(struct record *r, struct direction *d, const char *event)
{
	write_line(r, d);
	fprintf(r->file, "!%c %s\n", d->who, event);
	fflush(r->file);
}

/* Moves what can be moved without waiting. Returns false where a side has reset. */
static bool pass_on(struct record *r, struct direction *d, struct direction *other)
{
	ssize_t n;

	if (d->start == d->end && !d->closed) {
		n = recv(d->from, d->span, sizeof d->span, MSG_DONTWAIT);
		if (n > 0) {
			d->start = 0;
			d->end = (size_t)n;
			hear(r, d, other, (size_t)n);
		} else if (n == 0) {
			d->closed = true;
			note(r, d, "closes");
			shutdown(d->to, SHUT_WR);
		} else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
			note(r, d, "resets");
			return false;
		}
	}
	if (d->start < d->end) {
		n = send(d->to, d->span + d->start, d->end - d->start, MSG_DONTWAIT);
		if (n > 0)
			d->start += (size_t)n;
		else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
			note(r, other, "resets");
			return false;
		}
	}
	return true;
}

/* Until both sides have closed, or one has reset, or we are told to end. */
static bool relay(struct record *r, struct direction *c, struct direction *s, int stop)
{
	struct direction *both[2] = {c, s};
	struct pollfd fds[3] = {{-1, 0, 0}, {-1, 0, 0}, {stop, POLLIN, 0}};
	bool whole = true;

	while (whole && fds[2].revents == 0 && !(c->closed && s->closed)) {
		for (int i = 0; i < 2; i++) {
			struct direction *in = both[i], *out = both[1 - i];

			fds[i].fd = in->from;
			fds[i].events = 0;
			if (!in->closed && in->start == in->end)
				fds[i].events |= POLLIN;
			if (out->start < out->end)
				fds[i].events |= POLLOUT;
			if (fds[i].events == 0)
				fds[i].fd = -1;
		}
		if (poll(fds, 3, -1) < 0)
			continue;
		whole = pass_on(r, c, s) && pass_on(r, s, c);
	}
	return whole;
}

static void session(struct wire *w, const void *context)
{
	const struct tap *tap = context;
	struct linger at_once = {1, 0};
	struct {
		struct record record;
		struct direction client, server;
	} *t = calloc(1, sizeof *t);
	const char *why = "out of memory";
	int fd = t != NULL ? peer_dial(tap->server, &why) : -1;

	if (fd < 0) {
		warnx("%s: %s", tap->server, why);
	} else if (begin_record(&t->record, tap)) {
		t->client.who = 'C';
		t->server.who = 'S';
		t->client.from = t->server.to = w->in;
		t->client.to = t->server.from = fd;
		if (!relay(&t->record, &t->client, &t->server, w->stop)) {
			setsockopt(
				w->in, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
			setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
			w->broken = true;
		}
		end_record(&t->record);
	} else {
		warn("%s", tap->folder != NULL ? tap->folder : "temporary file");
	}
	if (fd >= 0)
		close(fd);
	free(t);
}

static int usage(FILE *to, int status)
{
	fputs("usage: wiretap [-m] [-o DIR] -l HOST:PORT HOST:PORT\n"
	      "\t-l  where the clients dial; the other HOST:PORT is the server\n"
	      "\t-o  a file in DIR for each conversation, 1.txt, 2.txt, ...\n"
	      "\t-m  leave passwords out; replay can then not perform the record\n",
		to);
	return status;
}

int main(int argc, char **argv)
{
	static atomic_ulong count;
	static struct tap tap = {.count = &count};
	const char *where = NULL;
	int option;

	standard_hold();
	while ((option = getopt(argc, argv, "ml:o:h")) != -1)
		switch (option) {
		case 'm':
			tap.mask = true;
			break;
		case 'l':
			where = optarg;
			break;
		case 'o':
			tap.folder = optarg;
			break;
		case 'h':
			return usage(stdout, EX_OK);
		default:
			return usage(stderr, EX_USAGE);
		}
	if (optind + 1 != argc || where == NULL || !peer_named(where) ||
		!peer_named(argv[optind]))
		return usage(stderr, EX_USAGE);
	tap.server = argv[optind];
	if (tap.folder != NULL && access(tap.folder, W_OK) != 0)
		err(EX_IOERR, "%s", tap.folder);
	return serve(where, INT_MAX, "", session, &tap);
}
