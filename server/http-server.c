/*
 * http-server: Alice's web server, crepes.fr: her pages, for whoever comes to get them
 * (articles: A14, B1, B4; RFC 9110, RFC 9112). Compare with smtp-server: the same lines
 * over the same TCP, but there the one who has the file opens the connection and pushes
 * it, here the one who wants it pulls; and compare with http-get, the other side of it.
 *
 *	$ mkdir -p www && echo 'Do you like ketchup?' >www/index.html
 *	$ http-server -l localhost:8080 www
 *	$ printf 'GET / HTTP/1.0\r\n\r\n' | http-server www
 */
#include "http/http-session.h"
#include "wire/peer.h"
#include "wire/serve.h"
#include "wire/startup.h"

#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

static int usage(FILE *to, int status)
{
	fputs("usage: http-server [-l HOST:PORT] [-i IDLE] ROOT\n"
	      "\t-l  listen; without it, one conversation on standard input and "
	      "output\n"
	      "\t-i  how long to wait for a request, and for the rest of it (5m)\n"
	      "Lets everybody read the files below ROOT, a folder's index.html for the "
	      "folder:\n"
	      "\tmkdir -p www && echo 'Do you like ketchup?' >www/index.html\n"
	      "\thttp-server -l localhost:8080 www\n",
		to);
	return status;
}

int main(int argc, char **argv)
{
	/* It is sent as it stands, so its length is counted by hand: the last line and its LF. */
	static const char busy[] = "HTTP/1.1 503 Service Unavailable\r\n"
				   "Connection: close\r\n"
				   "Content-Type: text/plain; charset=utf-8\r\n"
				   "Content-Length: 65\r\n"
				   "\r\n"
				   "503 Service Unavailable: "
				   "too many conversations, try again later\n";
	static int root;
	const char *where = NULL;
	int option, idle = 300000;

	startup();
	while ((option = getopt(argc, argv, "l:i:h")) != -1)
		switch (option) {
		case 'l':
			where = optarg;
			break;
		case 'i':
			idle = wire_time(optarg);
			break;
		case 'h':
			return usage(stdout, EX_OK);
		default:
			return usage(stderr, EX_USAGE);
		}
	if (idle < 0)
		warnx("-i: not a time, as 90s or 5m");
	if (optind + 1 != argc || idle < 0 || (where != NULL && !peer_named(where)))
		return usage(stderr, EX_USAGE);
	root = open(argv[optind], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		err(EX_NOINPUT, "%s", argv[optind]);
	return serve(where, idle, busy, http_session, &root);
}
