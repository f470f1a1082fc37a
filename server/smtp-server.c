/*
 * smtp-server: hamburger.edu's side of SMTP, complete (articles: A2, A5, A6, A9-A12,
 * B2, B3; RFC 5321). Compare with smtp-toy, which is its shortest form, and with
 * smtp-send, the other side of it.
 *
 *	$ mkdir -p mail/bob && smtp-server -l localhost:2525 -n hamburger.edu mail
 *	$ smtp-server -l localhost:2526 -n crepes.fr -q queue mail	and run mail-queue
 *	$ printf 'HELO x\r\nQUIT\r\n' | smtp-server mail
 */
#include "queue/queue.h"
#include "smtp/smtp-session.h"
#include "wire/durable.h"
#include "wire/serve.h"
#include "wire/program.h"

#include <err.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <sysexits.h>
#include <sys/stat.h>
#include <unistd.h>

/* A size as a person writes it: 1000, 64k, 10M, 2G octets. 0 for anything else. */
static uintmax_t size_of(const char *text)
{
	char *unit;
	uintmax_t n = strtoumax(text, &unit, 10);
	int shift = 0;

	if (*unit == 'k')
		shift = 10;
	else if (*unit == 'M')
		shift = 20;
	else if (*unit == 'G')
		shift = 30;
	if (shift > 0)
		unit++;
	if (text[0] < '0' || text[0] > '9' || *unit != '\0' ||
		n > UINTMAX_MAX >> (shift + 1))
		return 0;
	return n << shift;
}

/* The folder, and in it postmaster, whom every mail host has (RFC 5321, 4.5.1). */
static void make_mail(const char *mail)
{
	char path[PATH_MAX];

	if (file_path(path, sizeof path, "%s/postmaster", mail) < 0)
		err(EX_IOERR, "%s", mail);
	if (durable_make_folder(mail) < 0)
		err(EX_IOERR, "%s", mail);
	if (durable_make_folder(path) < 0)
		err(EX_IOERR, "%s", path);
}

static const char usage[] =
	"usage: smtp-server [-l HOST:PORT] [-n NAME] [-q QUEUE] [-s SIZE] [-i IDLE]\n"
	"                   [-7] [-b] MAIL\n"
	"\t-l  listen; without it, one conversation on standard input and "
	"output\n"
	"\t-n  our name, and the domain whose mail MAIL holds (localhost)\n"
	"\t-q  where mail of this machine for other domains waits for mail-queue\n"
	"\t-s  octets of the largest message (64M)\n"
	"\t-i  how long to wait for a line (5m)\n"
	"\t-7  a channel of 1982: seven bits of each octet; CR, LF, NUL are data\n"
	"\t-b  a bare LF ends a line as CRLF does: unsafe, to be tried and seen\n"
	"Delivers to MAIL/user, a folder for each user:\n"
	"\tmkdir -p mail/bob\n"
	"\tsmtp-server -l localhost:2525 -n hamburger.edu mail\n";

int main(int argc, char **argv)
{
	static struct config config = {.name = "localhost", .size = 64 << 20};
	static char busy[WIRE_LINE];
	static struct service service = {.idle = 300000,
		.busy = busy,
		.session = smtp_session,
		.context = &config};
	int option;

	program_begin();
	while ((option = program_option(argc, argv, "l:n:q:s:i:7bh", usage)) != -1)
		switch (option) {
		case 'n':
			config.name = optarg;
			break;
		case 'q':
			config.queue = optarg;
			break;
		case 's':
			config.size = size_of(optarg);
			break;
		case '7':
			config.seven_bits = true;
			break;
		case 'b':
			config.lf_is_crlf = true;
			break;
		default:
			serve_option(&service, option, usage);
		}
	if (config.size == 0)
		warnx("-s: not a size, as 1000, 64k, 10M or 2G");
	else if (!domain_is(config.name))
		warnx("-n: not the name of a host");
	if (optind + 1 != argc || config.size == 0 || !domain_is(config.name))
		program_usage(usage);
	config.mail = argv[optind];
	if (config.lf_is_crlf)
		warnx("-b: a bare LF ends a line: unsafe, a message can be two");
	umask(077);
	make_mail(config.mail);
	maildir_clean(config.mail);
	if (config.queue != NULL && queue_make(config.queue) < 0)
		err(EX_IOERR, "%s", config.queue);
	snprintf(busy, sizeof busy, "421 %s too many conversations, try again later\r\n",
		config.name);
	return serve(&service);
}
