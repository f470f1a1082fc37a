/*
 * mail-queue: sends the messages in a queue to the hosts of their recipients, tries
 * again what fails for now, and informs the sender of what fails for good (articles:
 * A4, A5, A8; RFC 5321, 4.5.4.1). smtp-send does the talking.
 *
 *	$ echo 'hamburger.edu localhost:2525' >routes
 *	$ mail-queue -n crepes.fr -m routes queue
 *
 * The way of an entry, which is a file (queue/queue.h); the loop is serve_queue, below:
 *
 *	smtp/enqueue	   smtp-server -q puts it into the folder new, and wakes us
 *	    |
 *	queue/scheduler    its time has come: it is in the list of its host, which
 *	    |		   queue/routes knows; until then it costs nothing
 *	queue/transport    smtp-send takes it there, with up to 99 others, and reports
 *	    |		   the reply for each recipient
 *	queue/decide	   which recipients have it, failed, or wait
 *	    |
 *	queue/settle	   does so: the entry is removed; or it stays in new for those that
 *			   wait, and is due again in half an hour; and for those that failed
 *			   a bounce (queue/bounce) begins the same way
 */
#include "queue/queue.h"
#include "queue/routes.h"
#include "queue/scheduler.h"
#include "queue/settle.h"
#include "queue/transport.h"
#include "smtp/envelope.h"
#include "wire/clock.h"
#include "wire/duration.h"
#include "wire/durable.h"
#include "wire/log.h"
#include "wire/program.h"
#include "wire/stop.h"
#include "wire/wire.h"

#include <err.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#define CONNECTIONS 20	  /* at once, each to another host */
#define GRACE	    10000 /* milliseconds for what is under way after TERM */

/* Each connection takes two, and an entry that is changed a few more. */
#define DESCRIPTORS (4 * CONNECTIONS)

struct mail_queue {
	struct terms terms;
	const char *map; /* the file of routes */
	bool once;
	struct routes routes;
	struct scheduler scheduler;
	struct transport connections[CONNECTIONS];
	char smtp_send[PATH_MAX];
	int trigger, stop; /* readable once somebody wakes us, or ends us */
};

/* Connects to those hosts that something is due for, as long as there is a free place. */
static void connect_hosts(struct mail_queue *q)
{
	for (size_t i = 0; i < CONNECTIONS; i++) {
		struct transport *t = &q->connections[i];

		while (t->to == NULL) {
			struct destination *to = scheduler_next(&q->scheduler);

			if (to == NULL)
				return;
			transport_begin(t, &q->scheduler, to, q->smtp_send);
		}
	}
}

/*
 * What waits for a host that was just found down, or has no route, is not sent, but
 * settled at once: one entry of each at a call, so that reports need not wait for all.
 * Returns whether there was any.
 */
static bool settle_closed(struct mail_queue *q)
{
	struct scheduler *s = &q->scheduler;
	bool any = false;

	for (size_t i = 0; i < s->count; i++) {
		struct destination *to = &s->destinations[i];

		if (to->at != CLOSED || to->first == NULL)
			continue;
		scheduler_at(s, settle_untried(&q->terms, &s->unwritten, to->first->name,
					&to->why));
		scheduler_drop(s, to, &to->first);
		if (to->first == NULL && to->where != NULL)
			to->at = OPEN;
		any = true;
	}
	return any;
}

/* Where reports come from, for poll(2). Returns how many connections there are. */
static size_t watch(const struct mail_queue *q, struct pollfd fds[CONNECTIONS])
{
	size_t count = 0;

	for (size_t i = 0; i < CONNECTIONS; i++) {
		const struct transport *t = &q->connections[i];

		fds[i] = (struct pollfd){.fd = -1, .events = POLLIN};
		if (t->to != NULL) {
			fds[i].fd = t->report;
			count++;
		}
	}
	return count;
}

static void hear(struct mail_queue *q, const struct pollfd fds[CONNECTIONS])
{
	for (size_t i = 0; i < CONNECTIONS; i++)
		if (q->connections[i].to != NULL && fds[i].revents != 0)
			transport_hear(&q->connections[i]);
}

/* Serves the queue until there is nothing left to do, with -1, or a signal comes. */
static void serve_queue(struct mail_queue *q)
{
	struct pollfd fds[CONNECTIONS + 2];
	struct pollfd *trigger = &fds[CONNECTIONS], *stop = &fds[CONNECTIONS + 1];
	char octets[512];

	*trigger = (struct pollfd){q->trigger, POLLIN, 0};
	*stop = (struct pollfd){q->stop, POLLIN, 0};
	while (stop->revents == 0) {
		bool settled;
		int ready;

		scheduler_scan(&q->scheduler);
		connect_hosts(q);
		settled = settle_closed(q);
		if (scheduler_is_done(&q->scheduler))
			return;
		watch(q, fds);
		ready = poll(fds, CONNECTIONS + 2,
			settled ? 0 : scheduler_timeout(&q->scheduler));
		if (ready < 0 && errno != EINTR)
			err(EX_OSERR, "poll");
		if (ready <= 0)
			continue;
		if (trigger->revents != 0) {
			while (read(q->trigger, octets, sizeof octets) > 0)
				;
			scheduler_wake(&q->scheduler);
		}
		hear(q, fds);
	}
}

/* Nothing new is begun: what is under way may come to its end, but not for ever. */
static void end(struct mail_queue *q)
{
	long long limit = clock_milliseconds() + GRACE;
	struct pollfd fds[CONNECTIONS];

	while (watch(q, fds) > 0) {
		long long left = limit - clock_milliseconds();

		for (size_t i = 0; left <= 0 && i < CONNECTIONS; i++)
			transport_stop(&q->connections[i]);
		if (poll(fds, CONNECTIONS, left > 0 ? (int)left : -1) > 0)
			hear(q, fds);
	}
}

/* smtp-send is in the same folder as we are; where we were found in PATH, so is it. */
static void find_smtp_send(const char *me, char *path, size_t size)
{
	const char *slash = strrchr(me, '/');
	int n = slash != NULL ? (int)(slash + 1 - me) : 0;

	if (file_path(path, size, "%.*ssmtp-send", n, me) < 0)
		err(EX_OSERR, "%s", me);
}

/* A queue that is ours alone, and what a crash left in it is put in order. */
static void take_queue(struct mail_queue *q)
{
	const char *queue = q->terms.queue;

	if (queue_make(queue) < 0)
		err(EX_IOERR, "%s", queue);
	if (queue_lock(queue) < 0) {
		if (errno == EWOULDBLOCK)
			errx(EX_TEMPFAIL, "%s: another mail-queue serves it", queue);
		err(EX_IOERR, "%s/lock", queue);
	}
	q->trigger = queue_trigger(queue);
	if (q->trigger < 0 ||
		scheduler_open(&q->scheduler, &q->terms, &q->routes, q->once) < 0)
		err(EX_OSERR, "%s", queue);
	settle_remains(&q->terms, &q->scheduler.unwritten);
}

static const char usage[] =
	"usage: mail-queue [-1] [-n NAME] [-r RETRY] [-g GIVE-UP] -m ROUTES QUEUE\n"
	"\t-m  the host for each domain, in lines: hamburger.edu localhost:2525\n"
	"\t-n  our own host name (localhost)\n"
	"\t-r  how long an entry waits until it is tried again (30m)\n"
	"\t-g  how long it is tried until its sender gets a bounce (4d); 0: once\n"
	"\t-1  try once the entries that are due, and exit; only then -r may be 0\n"
	"smtp-server -q QUEUE puts messages there.\n";

/* Seconds of a time as a person writes it; 0 is one too. -1 for another time, or none. */
static long long seconds_of(const char *text)
{
	int milliseconds = strcmp(text, "0") == 0 ? 0 : duration_read(text);

	return milliseconds % 1000 == 0 ? milliseconds / 1000 : -1;
}

/* Reads the command line; what is wrong with it ends the program. */
static void read_options(struct mail_queue *q, int argc, char **argv)
{
	int option;

	while ((option = program_option(argc, argv, "1n:r:g:m:h", usage)) != -1)
		switch (option) {
		case '1':
			q->once = true;
			break;
		case 'n':
			q->terms.name = optarg;
			break;
		case 'r':
			q->terms.retry = seconds_of(optarg);
			break;
		case 'g':
			q->terms.give_up = seconds_of(optarg);
			q->terms.give_up_said = optarg;
			break;
		case 'm':
			q->map = optarg;
			break;
		}
	q->terms.queue = argv[optind];
	if (q->terms.retry < 0 || (q->terms.retry == 0 && !q->once))
		warnx("-r: not a time, as 90s or 30m");
	else if (q->terms.give_up < 0)
		warnx("-g: not a time, as 4h or 4d");
	else if (!domain_is(q->terms.name))
		warnx("-n: not the name of a host");
	else if (optind + 1 == argc && q->map != NULL)
		return;
	program_usage(usage);
}

int main(int argc, char **argv)
{
	static struct mail_queue q = {.terms = {.name = "localhost",
					      .retry = 30 * 60,
					      .give_up = 4 * 86400,
					      .give_up_said = "4d"}};
	unsigned long allowed;

	program_begin();
	log_begin("mail-queue");
	read_options(&q, argc, argv);
	routes_read(&q.routes, q.map);
	find_smtp_send(argv[0], q.smtp_send, sizeof q.smtp_send);
	umask(077);
	signal(SIGPIPE, SIG_IGN); /* nobody reads the log */
	q.stop = stop_signal();
	allowed = program_descriptors(DESCRIPTORS);
	if (allowed < DESCRIPTORS)
		errx(EX_OSERR, "%d descriptors are needed, and %lu allowed", DESCRIPTORS,
			allowed);
	take_queue(&q);
	if (!q.once)
		log_say("%s: begun", q.terms.queue);
	serve_queue(&q);
	end(&q);
	if (!q.once)
		log_say("%s: ended", q.terms.queue);
	return EX_OK;
}
