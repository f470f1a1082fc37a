/*
 * http-server: Alice's web server, crepes.fr: her pages, for everybody who comes to get
 * them (articles: A14, B1, B4; RFC 9110, RFC 9112). Compare with smtp-server: the same
 * lines over the same TCP, but there the side that has the file opens the connection
 * and pushes it, here the side that wants it pulls; and compare with http-get, the
 * other side of it.
 *
 *	$ mkdir -p www && echo 'Do you like ketchup?' >www/index.html
 *	$ http-server -l localhost:8080 www
 *	$ http-server -1 -l localhost:8080 www	each object ends where the connection does
 *	$ printf 'GET / HTTP/1.0\r\n\r\n' | http-server www
 */
#include "http/http-session.h"
#include "wire/serve.h"
#include "wire/program.h"

#include <err.h>
#include <fcntl.h>
#include <sysexits.h>
#include <unistd.h>

static const char usage[] =
	"usage: http-server [-1] [-l HOST:PORT] [-i IDLE] ROOT\n"
	"\t-1  a connection for each object, which ends where it is closed: no "
	"Content-Length\n"
	"\t-l  listen; without it, one conversation on standard input and "
	"output\n"
	"\t-i  how long to wait for a request, and for the rest of it (5m)\n"
	"Lets everybody read the files below ROOT, a folder's index.html for the "
	"folder:\n"
	"\tmkdir -p www && echo 'Do you like ketchup?' >www/index.html\n"
	"\thttp-server -l localhost:8080 www\n";

int main(int argc, char **argv)
{
	/*
	 * It is sent as it is, so its length is counted by hand: the last line and its
	 * LF.
	 */
	static const char busy[] = "HTTP/1.1 503 Service Unavailable\r\n"
				   "Connection: close\r\n"
				   "Content-Type: text/plain; charset=utf-8\r\n"
				   "Content-Length: 65\r\n"
				   "\r\n"
				   "503 Service Unavailable: "
				   "too many conversations, try again later\n";
	static struct http_site site;
	static struct service service = {
		.idle = 300000, .busy = busy, .session = http_session, .context = &site};
	int option;

	program_begin();
	while ((option = program_option(argc, argv, "1l:i:h", usage)) != -1)
		if (option == '1')
			site.one_each = true;
		else
			serve_option(&service, option, usage);
	if (optind + 1 != argc)
		program_usage(usage);
	site.root = open(argv[optind], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (site.root < 0)
		err(EX_NOINPUT, "%s", argv[optind]);
	return serve(&service);
}
