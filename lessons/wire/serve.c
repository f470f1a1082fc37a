/*
 * serve: from the new client to the thread that holds its conversation; serve itself is
 * at the end. Compare with main in smtp-toy.c, which does the same for one client at a
 * time.
 */
#include "wire/serve.h"
#include "wire/clock.h"
#include "wire/duration.h"
#include "wire/peer.h"
#include "wire/program.h"
#include "wire/stop.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <sys/socket.h>
#include <unistd.h>

#define GRACE	    10000  /* milliseconds for conversations to end after TERM */
#define BREATH	    50	   /* milliseconds until something is tried or looked at again */
#define DESCRIPTORS 4	   /* that a conversation may have open at once */
#define STACK	    262144 /* octets for each thread; PIECE, of HTTP, is the most on it */

/* What all conversations of a server have in common. */
struct server {
	atomic_uint open; /* of them */
	int stop;	  /* readable once the server is to end */
	int spare; /* a descriptor kept for turning a client away when all others are in use */
	struct service service;
};

struct conversation {
	struct server *server;
	struct wire wire;
};

static void *converse(void *argument)
{
	struct conversation *c = argument;
	struct server *server = c->server;

	server->service.session(&c->wire, server->service.context);
	wire_close(&c->wire);
	free(c);
	server->open--;
	return NULL;
}

/* Returns whether the system had room for one more thread. */
static bool start_thread(struct conversation *c)
{
	pthread_attr_t detached;
	pthread_t thread;
	int failed;

	pthread_attr_init(&detached);
	pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&detached, STACK);
	failed = pthread_create(&thread, &detached, converse, c);
	pthread_attr_destroy(&detached);
	return failed == 0;
}

/* Gives a new connection a thread. Returns whether there was room for one more. */
static bool begin(struct server *server, int fd)
{
	struct conversation *c;

	if (server->open == SERVE_CONVERSATIONS)
		return false;
	c = malloc(sizeof *c);
	if (c == NULL)
		return false;
	c->server = server;
	wire_open(&c->wire, fd, fd, server->service.idle);
	c->wire.stop = server->stop;
	server->open++;
	if (start_thread(c))
		return true;
	server->open--;
	free(c);
	return false;
}

/* One too many: told so, without waiting for anything, and closed. */
static void turn_away(int fd, const char *busy)
{
	char rest[WIRE_LINE];

	if (write(fd, busy, strlen(busy)) >= 0) {
		shutdown(fd, SHUT_WR);
		fcntl(fd, F_SETFL, O_NONBLOCK);
		/*
		 * If something is unread, close resets the connection; a client that
		 * says much has to bear it.
		 */
		for (int i = 0; i < 16 && read(fd, rest, sizeof rest) > 0; i++)
			;
	}
	close(fd);
}

/*
 * All descriptors are in use, and a new client would wait unheard: the spare one is
 * given up for as long as it takes to tell him.
 */
static void turn_away_at_the_door(struct server *server, int door)
{
	int fd;

	close(server->spare);
	fd = accept(door, NULL, NULL);
	if (fd >= 0)
		turn_away(fd, server->service.busy);
	else
		poll(NULL, 0, BREATH);
	server->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
}

/* Accepts the next client. */
static void let_in(struct server *server, int door)
{
	int fd = accept(door, NULL, NULL);

	if (fd >= 0) {
		fcntl(fd, F_SETFL, 0);
		if (!begin(server, fd))
			turn_away(fd, server->service.busy);
	} else if (errno == EMFILE || errno == ENFILE) {
		turn_away_at_the_door(server, door);
	} else if (errno == ENOBUFS || errno == ENOMEM) {
		poll(NULL, 0, BREATH);
	}
}

/* Waits for the conversations that are still held, but not for ever. */
static void wait_for_the_last(const struct server *server)
{
	long long limit = clock_milliseconds() + GRACE;

	while (server->open > 0 && clock_milliseconds() < limit)
		poll(NULL, 0, BREATH);
}

/* Returns what to exit with. */
static int one_session(const struct server *server)
{
	struct wire *w = malloc(sizeof *w);
	int status;

	if (w == NULL)
		err(EX_OSERR, "memory");
	wire_open(w, STDIN_FILENO, STDOUT_FILENO, server->service.idle);
	w->stop = server->stop;
	server->service.session(w, server->service.context);
	status = wire_flush(w) == 0 ? EX_OK : EX_IOERR;
	free(w);
	return status;
}

void serve_option(struct service *s, int option, const char *usage)
{
	if (option == 'l') {
		s->where = optarg;
		if (!peer_named(s->where))
			program_usage(usage);
	} else if (option == 'i') {
		s->idle = duration_read(optarg);
		if (s->idle < 0) {
			warnx("-i: not a time, as 90s or 5m");
			program_usage(usage);
		}
	}
}

int serve(const struct service *s)
{
	/* Not on the stack: a thread that outlives the grace still looks at it. */
	static struct server server;
	struct pollfd fds[2] = {{-1, POLLIN, 0}, {-1, POLLIN, 0}};
	const char *why;

	server.stop = stop_signal();
	server.service = *s;
	signal(SIGPIPE, SIG_IGN); /* a peer that is gone: write says so */
	if (s->where == NULL)
		return one_session(&server);
	program_descriptors(SERVE_CONVERSATIONS * DESCRIPTORS + 64);
	server.spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
	fds[0].fd = peer_listen(s->where, &why);
	fds[1].fd = server.stop;
	if (fds[0].fd < 0)
		errx(EX_UNAVAILABLE, "%s: %s", s->where, why);
	fcntl(fds[0].fd, F_SETFL, O_NONBLOCK); /* the client may be gone by now */
	while (fds[1].revents == 0)
		if (poll(fds, 2, -1) >= 0 && fds[1].revents == 0)
			let_in(&server, fds[0].fd);
	close(fds[0].fd);
	wait_for_the_last(&server);
	return EX_OK;
}
