/*
 * pop3-server: Bob proves who he is before he reads his mail (articles: A3, which names
 * no protocol for it; RFC 1939, RFC 2449). Compare with smtp-server, which fills the
 * mailboxes that are read here, and with pop3-fetch, the other side of it.
 *
 *	$ echo 'bob:I like pickles' >users && mkdir -p mail/bob
 *	$ pop3-server -l localhost:1110 -n hamburger.edu -u users mail
 *	$ printf 'USER bob\r\nPASS I like pickles\r\nSTAT\r\n' | pop3-server -u users mail
 *
 * The password crosses the net as it was typed. (APOP of RFC 1939 hid it, by an MD5
 * that hides nothing today; today the whole conversation is within TLS, RFC 8314, and
 * fetchmail insists on that, unless it is told: sslproto ''.)
 */
#include "smtp/envelope.h"
#include "pop3/pop3-states.h"
#include "wire/serve.h"
#include "wire/program.h"

#include <err.h>
#include <stdio.h>
#include <sysexits.h>
#include <sys/stat.h>
#include <unistd.h>

static const char usage[] =
	"usage: pop3-server [-l HOST:PORT] [-n NAME] [-i IDLE] -u USERS MAIL\n"
	"\t-l  listen; without it, one conversation on standard input and "
	"output\n"
	"\t-n  our name (localhost)\n"
	"\t-i  how long to wait for a line (10m)\n"
	"\t-u  the users and their passwords, a line for each: user:password\n"
	"Lets each user read MAIL/user, which smtp-server fills:\n"
	"\techo 'bob:I like pickles' >users\n"
	"\tpop3-server -l localhost:1110 -n hamburger.edu -u users mail\n";

int main(int argc, char **argv)
{
	static struct pop3_config config = {.name = "localhost"};
	static char busy[WIRE_LINE];
	static struct service service = {.idle = 600000,
		.busy = busy,
		.session = pop3_session,
		.context = &config};
	const char *users = NULL;
	struct stat mail;
	int option;

	program_begin();
	while ((option = program_option(argc, argv, "l:n:i:u:h", usage)) != -1)
		switch (option) {
		case 'n':
			config.name = optarg;
			break;
		case 'u':
			users = optarg;
			break;
		default:
			serve_option(&service, option, usage);
		}
	if (!domain_is(config.name))
		warnx("-n: not the name of a host");
	if (optind + 1 != argc || users == NULL || !domain_is(config.name))
		program_usage(usage);
	config.mail = argv[optind];
	users_read(&config.users, users);
	if (stat(config.mail, &mail) != 0)
		err(EX_NOINPUT, "%s", config.mail);
	if (!S_ISDIR(mail.st_mode))
		errx(EX_NOINPUT, "%s: not a folder", config.mail);
	snprintf(busy, sizeof busy,
		"-ERR [SYS/TEMP] %s too many conversations, try again later\r\n",
		config.name);
	return serve(&service);
}
