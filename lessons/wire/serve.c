/* serve: see serve.h. Compare with main in smtp-toy.c. */
#include "wire/serve.h"
#include "wire/peer.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define GRACE	    10	   /* seconds for conversations to end after TERM */
#define BREATH	    50	   /* milliseconds to wait where there is no descriptor left */
#define DESCRIPTORS 4	   /* that a conversation may have open at once */
#define STACK	    262144 /* octets for each thread: what is large is on the heap */

/* What all conversations of a server have in common. */
struct server {
	pthread_mutex_t lock; /* of open */
	pthread_cond_t ended; /* one of them has */
	unsigned open;
	int spare; /* a descriptor kept for turning away who comes when there is no other */
	int idle;
	serve_session *session;
	const void *context;
};

struct conversation {
	struct server *server;
	struct wire wire;
};

/*
 * A signal writes one byte into this pipe, and nobody takes it out: from then on
 * every poll that looks at it sees that the server is to end.
 */
static int stopping[2] = {-1, -1};

static void stop(int signal_number)
{
	int saved = errno;

	(void)signal_number;
	if (write(stopping[1], "", 1) < 0) { /* it was full of the same message */
	}
	errno = saved;
}

static void catch_signals(void)
{
	struct sigaction ends = {.sa_handler = stop}, ignored = {.sa_handler = SIG_IGN};

	if (pipe(stopping) < 0)
		err(EX_OSERR, "pipe");
	fcntl(stopping[1], F_SETFL, O_NONBLOCK);
	sigaction(SIGTERM, &ends, NULL);
	sigaction(SIGINT, &ends, NULL);
	sigaction(SIGPIPE, &ignored, NULL); /* a peer that is gone: write says so */
	sigaction(SIGXFSZ, &ignored, NULL); /* a file over the limit: write says so */
}

/* Has this process open as many descriptors as all conversations may need. */
static void raise_descriptors(void)
{
	struct rlimit limit;
	rlim_t wanted = SERVE_CONVERSATIONS * DESCRIPTORS + 64;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < wanted) {
		limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

static void *converse(void *argument)
{
	struct conversation *c = argument;
	struct server *server = c->server;

	server->session(&c->wire, server->context);
	wire_close(&c->wire);
	free(c);
	pthread_mutex_lock(&server->lock);
	server->open--;
	pthread_cond_signal(&server->ended);
	pthread_mutex_unlock(&server->lock);
	return NULL;
}

/* Gives a new connection a thread. Returns whether there was room for one more. */
static bool begin(struct server *server, int fd)
{
	struct conversation *c = NULL;
	pthread_attr_t detached;
	pthread_t thread;
	bool room;

	pthread_mutex_lock(&server->lock);
	room = server->open < SERVE_CONVERSATIONS && (c = malloc(sizeof *c)) != NULL;
	server->open += room;
	pthread_mutex_unlock(&server->lock);
	if (!room)
		return false;
	c->server = server;
	wire_open(&c->wire, fd, fd, server->idle);
	c->wire.stop = stopping[0];
	pthread_attr_init(&detached);
	pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&detached, STACK);
	room = pthread_create(&thread, &detached, converse, c) == 0;
	pthread_attr_destroy(&detached);
	if (!room) {
		free(c);
		pthread_mutex_lock(&server->lock);
		server->open--;
		pthread_mutex_unlock(&server->lock);
	}
	return room;
}

/* One too many: told so, without waiting for anything, and closed. */
static void turn_away(int fd, const char *busy)
{
	char rest[WIRE_LINE];

	if (write(fd, busy, strlen(busy)) >= 0) {
		shutdown(fd, SHUT_WR);
		fcntl(fd, F_SETFL, O_NONBLOCK);
		/* Closed with something unread it is reset; who says much has to bear it. */
		for (int i = 0; i < 16 && read(fd, rest, sizeof rest) > 0; i++)
			;
	}
	close(fd);
}

/*
 * Takes in who is at the door. Where all descriptors are in use he would wait there unheard:
 * the spare one is given up for as long as it takes to tell him.
 */
static void let_in(struct server *server, int door, const char *busy)
{
	int fd = accept(door, NULL, NULL);
	bool full = fd < 0 && (errno == EMFILE || errno == ENFILE);

	if (full) {
		close(server->spare);
		fd = accept(door, NULL, NULL);
	}
	if (fd >= 0) {
		fcntl(fd, F_SETFL, 0);
		if (full || !begin(server, fd))
			turn_away(fd, busy);
	} else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS ||
		   errno == ENOMEM) {
		poll(NULL, 0, BREATH);
	}
	if (full)
		server->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
}

/* Waits for the conversations that are still held, but not for ever. */
static void wait_for_the_last(struct server *server)
{
	struct timespec limit;

	clock_gettime(CLOCK_REALTIME, &limit);
	limit.tv_sec += GRACE;
	pthread_mutex_lock(&server->lock);
	while (server->open > 0 &&
		pthread_cond_timedwait(&server->ended, &server->lock, &limit) == 0)
		;
	pthread_mutex_unlock(&server->lock);
}

static int one_session(int idle, serve_session *session, const void *context)
{
	struct wire *w = malloc(sizeof *w);
	int status;

	if (w == NULL)
		err(EX_OSERR, "memory");
	wire_open(w, STDIN_FILENO, STDOUT_FILENO, idle);
	w->stop = stopping[0];
	session(w, context);
	status = wire_flush(w) == 0 ? EX_OK : EX_IOERR;
	free(w);
	return status;
}

int serve(const char *where, int idle, const char *busy, serve_session *session,
	const void *context)
{
	/* Not on the stack: a thread that outlives the grace still looks at it. */
	static struct server server = {
		.lock = PTHREAD_MUTEX_INITIALIZER, .ended = PTHREAD_COND_INITIALIZER};
	struct pollfd fds[2] = {{-1, POLLIN, 0}, {-1, POLLIN, 0}};
	const char *why;

	catch_signals();
	if (where == NULL)
		return one_session(idle, session, context);
	raise_descriptors();
	server.idle = idle;
	server.session = session;
	server.context = context;
	server.spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
	fds[0].fd = peer_listen(where, &why);
	fds[1].fd = stopping[0];
	if (fds[0].fd < 0) {
		warnx("%s: %s", where, why);
		return EX_UNAVAILABLE;
	}
	fcntl(fds[0].fd, F_SETFL, O_NONBLOCK); /* who asked may be gone by now */
	while (fds[1].revents == 0)
		if (poll(fds, 2, -1) >= 0 && fds[1].revents == 0)
			let_in(&server, fds[0].fd, busy);
	close(fds[0].fd);
	wait_for_the_last(&server);
	return EX_OK;
}
