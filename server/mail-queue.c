/*
 * mail-queue: takes messages out of a queue to the hosts of their recipients, tries again
 * where that cannot be done yet, and tells the sender where it cannot be done at all
 * (articles: A4, A5, A8; RFC 5321, 4.5.4.1). It lets smtp-send do the talking.
 *
 *	$ echo 'hamburger.edu localhost:2525' >routes
 *	$ mail-queue -n crepes.fr -m routes queue
 */
#include "queue/scheduler.h"
#include "queue/dispatch.h"
#include "smtp/envelope.h"
#include "queue/queue.h"
#include "queue/remains.h"
#include "queue/routes.h"
#include "wire/clock.h"
#include "wire/startup.h"
#include "wire/stop.h"
#include "wire/wire.h"

#include <err.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

/* Each connection takes two descriptors, and an entry that is changed a few more. */
#define DESCRIPTORS (4 * DISPATCH_ERRANDS)

#define GRACE 10000 /* milliseconds for what is under way after TERM */

struct options {
	struct terms terms;
	const char *map; /* the file of routes */
	const char *queue;
	bool once;
};

/* smtp-send is in the same folder as we are; where we were found in PATH, so is it. */
static const char *beside(const char *me)
{
	static char path[2 * PATH_MAX];
	const char *slash = strrchr(me, '/');
	size_t n = 0;

	if (slash == NULL)
		return "smtp-send";
	if (me[0] != '/' && getcwd(path, PATH_MAX) == NULL)
		err(EX_OSERR, "the working folder");
	n = strlen(path);
	snprintf(path + n, sizeof path - n, "%s%.*s/smtp-send", n > 0 ? "/" : "",
		(int)(slash - me), me);
	return path;
}

/* A queue that is ours alone, and what a crash left in it is put in order. */
static void take_queue(const char *queue)
{
	if (queue_make(queue) < 0 || chdir(queue) < 0)
		err(EX_IOERR, "%s", queue);
	if (queue_lock(".") < 0) {
		if (errno == EWOULDBLOCK)
			errx(EX_TEMPFAIL, "%s: another mail-queue serves it", queue);
		err(EX_IOERR, "%s/lock", queue);
	}
	remains_settle();
}

/* Serves the queue until there is nothing left to do, with -1, or a signal comes. */
static void serve_queue(struct dispatch *d, int trigger, int stop)
{
	struct pollfd fds[2 + DISPATCH_ERRANDS] = {
		{trigger, POLLIN, 0}, {stop, POLLIN, 0}};
	char octets[512];

	while (fds[1].revents == 0) {
		scheduler_scan(d->agenda);
		dispatch_begin(d);
		if (d->agenda->once && d->agenda->held == 0 &&
			scheduler_timeout(d->agenda) < 0)
			return;
		dispatch_reports(d, fds + 2);
		int ready = poll(fds, 2 + DISPATCH_ERRANDS,
			dispatch_is_busy(d) ? 0 : scheduler_timeout(d->agenda));
		if (ready < 0 && errno != EINTR)
			err(EX_OSERR, "poll");
		if (ready <= 0)
			continue;
		if (fds[0].revents != 0) {
			while (read(trigger, octets, sizeof octets) > 0)
				;
			d->agenda->wanted |= !d->agenda->once;
		}
		dispatch_hear(d, fds + 2);
	}
}

/* Nothing new is begun: what is under way may come to its end, but not for ever. */
static void end(struct dispatch *d)
{
	struct pollfd fds[DISPATCH_ERRANDS];
	long long now, limit = 0;
	bool stopped = false;

	while (d->under_way > 0) {
		now = clock_milliseconds();
		limit = limit == 0 ? now + GRACE : limit;
		if (now >= limit && !stopped) {
			dispatch_stop(d);
			stopped = true;
		}
		dispatch_reports(d, fds);
		if (poll(fds, DISPATCH_ERRANDS, stopped ? -1 : (int)(limit - now)) > 0)
			dispatch_hear(d, fds);
	}
}

static int usage(FILE *to, int status)
{
	fputs("usage: mail-queue [-1] [-n NAME] [-r RETRY] [-g GIVE-UP] -m ROUTES QUEUE\n"
	      "\t-m  which host takes the mail of which domain: hamburger.edu "
	      "localhost:2525\n"
	      "\t-n  our own host name (localhost)\n"
	      "\t-r  how long an entry waits until it is tried again (30m)\n"
	      "\t-g  how long it is tried before its sender is told (4d); 0: once\n"
	      "\t-1  try what is due, once, and exit; only then -r may be 0\n"
	      "smtp-server -q QUEUE puts messages there.\n",
		to);
	return status;
}

/* Seconds of a time as a person writes it; 0 is one too. -1 for what is none. */
static long long seconds_of(const char *text)
{
	int milliseconds = strcmp(text, "0") == 0 ? 0 : wire_time(text);

	return milliseconds < 0 ? -1 : milliseconds / 1000;
}

/* Reads the command line. Returns -1, or a status to exit with. */
static int read_options(struct options *o, int argc, char **argv)
{
	int option;

	startup();
	while ((option = getopt(argc, argv, "1n:r:g:m:h")) != -1)
		switch (option) {
		case '1':
			o->once = true;
			break;
		case 'n':
			o->terms.name = optarg;
			break;
		case 'r':
			o->terms.retry = seconds_of(optarg);
			break;
		case 'g':
			o->terms.give_up = seconds_of(optarg);
			o->terms.give_up_said = optarg;
			break;
		case 'm':
			o->map = optarg;
			break;
		case 'h':
			return usage(stdout, EX_OK);
		default:
			return usage(stderr, EX_USAGE);
		}
	o->queue = argv[optind];
	if (o->terms.retry < !o->once)
		warnx("-r: not a time, as 90s or 30m");
	else if (o->terms.give_up < 0)
		warnx("-g: not a time, as 4h or 4d");
	else if (!domain_is(o->terms.name))
		warnx("-n: not the name of a host");
	else if (optind + 1 == argc && o->map != NULL)
		return -1;
	return usage(stderr, EX_USAGE);
}

int main(int argc, char **argv)
{
	static struct options o = {.terms = {.name = "localhost",
					   .retry = 30 * 60,
					   .give_up = 4 * 86400,
					   .give_up_said = "4d"}};
	static struct dispatch d;
	static struct routes routes;
	static struct scheduler agenda;
	unsigned long allowed;
	int status, trigger, stop;

	setvbuf(stderr, NULL, _IOLBF, BUFSIZ); /* each line of the log in one piece */
	status = read_options(&o, argc, argv);
	if (status >= 0)
		return status;
	status = routes_read(&routes, o.map);
	if (status != EX_OK)
		return status;
	o.terms.smtp_send = beside(argv[0]);
	umask(077);
	signal(SIGPIPE, SIG_IGN); /* nobody reads the log */
	stop = stop_signal();
	allowed = startup_descriptors(DESCRIPTORS);
	if (allowed < DESCRIPTORS)
		errx(EX_OSERR, "%d descriptors are needed, and %lu allowed", DESCRIPTORS,
			allowed);
	take_queue(o.queue);
	trigger = queue_trigger(".");
	d.terms = &o.terms;
	d.agenda = &agenda;
	if (trigger < 0 || scheduler_open(&agenda, &routes, o.terms.retry, o.once) < 0)
		err(EX_OSERR, "%s", o.queue);
	if (!o.once)
		warnx("%s: begun", o.queue);
	serve_queue(&d, trigger, stop);
	end(&d);
	if (!o.once)
		warnx("%s: ended", o.queue);
	return EX_OK;
}
