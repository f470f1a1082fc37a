/*
 * smtp-server: hamburger.edu's side of SMTP, complete (articles: A2, A5, A6, A9-A12, B2,
 * B3; RFC 5321). Compare with smtp-toy, which has the same conversation in its shortest
 * form, and with smtp-send, the other side of it.
 *
 *	$ mkdir -p mail/bob && smtp-server -l localhost:2525 -n hamburger.edu mail
 *	$ smtp-server -l localhost:2526 -n crepes.fr -q queue mail	and run mail-queue
 *	$ printf 'HELO x\r\nQUIT\r\n' | smtp-server mail
 */
#include "wire/peer.h"
#include "queue/queue.h"
#include "wire/serve.h"
#include "smtp/smtp-session.h"
#include "wire/startup.h"

#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <sys/stat.h>
#include <unistd.h>

/* A size as a person writes it: 1000, 64k, 10M, 2G octets. 0 for what is none. */
static uintmax_t size_of(const char *text)
{
	static const char units[] = "kMG";
	char *unit;
	uintmax_t n = strtoumax(text, &unit, 10);
	const char *at = *unit != '\0' ? strchr(units, *unit) : NULL;
	int shift = at != NULL ? 10 * (int)(at - units + 1) : 0;

	if (text[0] < '0' || text[0] > '9' || unit[at != NULL] != '\0' ||
		n > UINTMAX_MAX >> (shift + 1))
		return 0;
	return n << shift;
}

/* The folder, and in it postmaster, whom every mail host has (RFC 5321, 4.5.1). */
static void make_mail(const char *mail)
{
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s/postmaster", mail);
	if (mkdir(mail, 0700) != 0 && errno != EEXIST)
		err(EX_IOERR, "%s", mail);
	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		err(EX_IOERR, "%s", path);
}

static int usage(FILE *to, int status)
{
	fputs("usage: smtp-server [-l HOST:PORT] [-n NAME] [-q QUEUE] [-s SIZE] "
	      "[-i IDLE] [-7] [-b] MAIL\n"
	      "\t-l  listen; without it, one conversation on standard input and "
	      "output\n"
	      "\t-n  our name, and the domain whose mail MAIL holds (localhost)\n"
	      "\t-q  where mail that this machine sends to other domains waits for "
	      "mail-queue\n"
	      "\t-s  octets of the largest message (64M)\n"
	      "\t-i  how long to wait for a line (5m)\n"
	      "\t-7  a channel of 1982: seven bits of each octet; bare CR, LF and NUL "
	      "are data\n"
	      "\t-b  a bare LF ends a line as CRLF does: unsafe, to be tried and seen\n"
	      "Delivers to MAIL/user, a folder for each user:\n"
	      "\tmkdir -p mail/bob\n"
	      "\tsmtp-server -l localhost:2525 -n hamburger.edu mail\n",
		to);
	return status;
}

int main(int argc, char **argv)
{
	static struct config config = {.name = "localhost", .size = 64 << 20};
	const char *where = NULL;
	char busy[WIRE_LINE];
	int option, idle = 300000;

	startup();
	while ((option = getopt(argc, argv, "l:n:q:s:i:7bh")) != -1)
		switch (option) {
		case 'l':
			where = optarg;
			break;
		case 'n':
			config.name = optarg;
			break;
		case 'q':
			config.queue = optarg;
			break;
		case 's':
			config.size = size_of(optarg);
			break;
		case 'i':
			idle = wire_time(optarg);
			break;
		case '7':
			config.seven_bits = true;
			break;
		case 'b':
			config.lf_is_crlf = true;
			break;
		case 'h':
			return usage(stdout, EX_OK);
		default:
			return usage(stderr, EX_USAGE);
		}
	if (config.size == 0)
		warnx("-s: not a size, as 1000, 64k, 10M or 2G");
	if (idle < 0)
		warnx("-i: not a time, as 90s or 5m");
	if (!domain_is(config.name))
		warnx("-n: not the name of a host");
	if (optind + 1 != argc || !domain_is(config.name) || config.size == 0 ||
		idle < 0 || (where != NULL && !peer_named(where)))
		return usage(stderr, EX_USAGE);
	if (config.lf_is_crlf)
		warnx("-b: a bare LF ends a line: unsafe, a message can be two");
	config.mail = argv[optind];
	umask(077);
	make_mail(config.mail);
	if (config.queue != NULL && queue_make(config.queue) < 0)
		err(EX_IOERR, "%s", config.queue);
	snprintf(busy, sizeof busy, "421 %s too many conversations, try again later\r\n",
		config.name);
	return serve(where, idle, busy, smtp_session, &config);
}
