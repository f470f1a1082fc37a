/*
 * http-get: gets objects from servers of HTTP, each in a response of its own, through
 * one connection if they are in one place (articles: A14, B1, B4, B5; RFC 9110, RFC
 * 9112). Compare with http-server, the other side of it, and with smtp-send: there the
 * side that has the file opens the connection, here the side that wants it.
 *
 *	$ http-get http://localhost:8080/index.html
 *	$ http-get -o page http://localhost:8080/ http://localhost:8080/picture.jpg
 *	$ http-get -1 http://localhost:8080/ http://localhost:8080/picture.jpg >both
 *
 * With -o a line shows the name of each file and its length in octets. If a server does
 * not give an object, the program says so on stderr, and goes on with the others. If an
 * object cannot be written, it ends, and the server sees a close, not a reset.
 */
#include "http/http-dialogue.h"
#include "wire/duration.h"
#include "wire/peer.h"
#include "read/safe-file.h"
#include "wire/program.h"
#include "wire/utf8.h"

#include <err.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>
#include <unistd.h>

#define SHORT 65536 /* octets of a body that is read so that the connection can go on */

/* What became of an object, and what to exit with for that; the worst decides. */
enum fate {
	DONE = EX_OK,
	STRANGE = EX_DATAERR,
	REFUSED = EX_UNAVAILABLE,
	LATER = EX_TEMPFAIL
};

struct getter {
	struct http_dialogue dialogue;
	char peer[URL_PEER]; /* whom we are connected to; "" for nobody */
	bool one_each;	     /* a connection for each object */
	int patience;	     /* milliseconds, see HTTP_PATIENCE */
	const char *folder;  /* NULL: standard output */
	enum fate worst;
};

/* Part of a line on stderr, which may hold what a stranger has chosen. */
static void show(const char *before, const char *text)
{
	fputs(before, stderr);
	utf8_show_line(stderr, text, strlen(text));
}

/*
 * Tells in a line on stderr why there is no object, and where it is said to be instead,
 * "" for nowhere. Keeps what that means for the exit status.
 */
static void fails(struct getter *g, enum fate fate, const char *url, const char *why,
	const char *location)
{
	show("http-get: ", url);
	show(": ", why);
	if (*location != '\0')
		show(", it is at ", location);
	putc('\n', stderr);
	if (fate > g->worst)
		g->worst = fate;
}

static void disconnect(struct getter *g)
{
	if (g->peer[0] != '\0')
		wire_close(&g->dialogue.wire);
	g->peer[0] = '\0';
}

static bool connect_to(struct getter *g, const struct url *u)
{
	int fd;

	disconnect(g);
	fd = peer_dial(u->peer, -1, &g->dialogue.why);
	if (fd < 0)
		return false;
	memcpy(g->peer, u->peer, sizeof g->peer);
	wire_open(&g->dialogue.wire, fd, fd, g->patience);
	return true;
}

/*
 * Asks for an object. A server may close a connection that it has kept, just when the
 * next request is on its way: then that is said once more, through a new one (RFC 9112,
 * 9.3.1).
 */
static enum http_heard request(struct getter *g, const struct url *u)
{
	enum http_heard heard;
	bool kept;

	do {
		/* What came unasked since the last response is no answer to the next. */
		kept = strcasecmp(g->peer, u->peer) == 0 &&
		       !wire_has_come(&g->dialogue.wire);
		if (!kept && !connect_to(g, u))
			return HTTP_LOST;
		heard = http_get(&g->dialogue, u, g->one_each);
		if (heard != HTTP_HEARD)
			disconnect(g);
	} while (heard == HTTP_UNANSWERED && kept);
	return heard;
}

/*
 * The status is not 2xx. The body of a refusal is read only so that the connection can go
 * on; one that is long, or whose length was not said, is not worth that.
 */
static void refused(struct getter *g, const char *url)
{
	struct http_dialogue *d = &g->dialogue;
	int class = d->status / 100;
	bool later = class == 5 || d->status == 408 || d->status == 429;
	uintmax_t octets;

	fails(g, later ? LATER : REFUSED, url, d->reason, class == 3 ? d->location : "");
	if (d->framing == HTTP_LENGTH && d->length <= SHORT && !d->last)
		http_body(d, NULL, &octets);
	else if (d->framing != HTTP_NO_BODY)
		d->last = true;
}

/* The object, into a file that has its name only once it is whole. */
static enum http_heard receive_file(struct getter *g, const struct url *u)
{
	char wanted[SAFE_PATH], name[SAFE_NAME_ROOM];
	enum http_heard heard;
	struct safe_file file;
	uintmax_t octets;

	url_name(u, wanted, sizeof wanted);
	safe_file_name(wanted, "index.html", name);
	safe_file_open(&file, g->folder);
	heard = http_body(&g->dialogue, file.stream, &octets);
	if (ferror(file.stream)) {
		warn("%s/%s", g->folder, name);
		safe_file_drop(&file);
		disconnect(g);
		exit(EX_IOERR);
	}
	if (heard != HTTP_HEARD) {
		safe_file_drop(&file);
		return heard;
	}
	safe_file_close(&file, name);
	printf("fetched %s %ju octets\n", file.name, octets);
	return heard;
}

static enum http_heard receive(struct getter *g, const struct url *u)
{
	enum http_heard heard = HTTP_HEARD;
	uintmax_t octets;

	if (g->folder == NULL)
		heard = http_body(&g->dialogue, stdout, &octets);
	else if (g->dialogue.framing != HTTP_NO_BODY)
		heard = receive_file(g, u);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		warn("standard output");
		disconnect(g);
		exit(EX_IOERR);
	}
	return heard;
}

/*
 * 206 is a part of the object, 226 what has changed of it (RFC 9110, 15.3.7; RFC 3229):
 * neither is the object, and http-get never asks for them.
 */
static enum http_heard not_the_object(struct http_dialogue *d)
{
	d->why = "a part of it, which was not asked for";
	d->last = true;
	return HTTP_STRANGE;
}

static void get(struct getter *g, const char *url, const struct url *u)
{
	enum http_heard heard = request(g, u);
	int status = g->dialogue.status;

	if (heard == HTTP_HEARD && (status == 206 || status == 226))
		heard = not_the_object(&g->dialogue);
	if (heard == HTTP_HEARD && status / 100 != 2)
		refused(g, url);
	else if (heard == HTTP_HEARD)
		heard = receive(g, u);
	if (heard != HTTP_HEARD)
		fails(g, heard == HTTP_STRANGE ? STRANGE : LATER, url, g->dialogue.why,
			"");
	if (g->dialogue.last)
		disconnect(g);
}

static const char usage[] =
	"usage: http-get [-1] [-i IDLE] [-o DIR] URL...\n"
	"\t-1  a connection for each object\n"
	"\t-i  how long to wait for a head, or 1000 octets of the object (5m)\n"
	"\t-o  a file in DIR for each; without it, all on standard output\n"
	"\t    (never over an older file: the new one is then index-2.html)\n"
	"A URL is http://HOST[:PORT]/PATH:\n"
	"\thttp-get http://localhost:8080/index.html\n";

int main(int argc, char **argv)
{
	static struct getter g = {.patience = HTTP_PATIENCE};
	struct url u;
	int option;

	program_begin();
	while ((option = program_option(argc, argv, "1i:o:h", usage)) != -1)
		switch (option) {
		case '1':
			g.one_each = true;
			break;
		case 'i':
			g.patience = duration_read(optarg);
			if (g.patience < 0)
				program_usage(usage);
			break;
		case 'o':
			g.folder = optarg;
			break;
		}
	if (optind == argc)
		program_usage(usage);
	/*
	 * A slip in the last one is told before the first is asked for; then each is
	 * read.
	 */
	for (char **url = argv + optind; *url != NULL; url++) {
		const char *why = url_read(&u, *url);

		if (why != NULL) {
			fails(&g, DONE, *url, why, "");
			return EX_USAGE;
		}
	}
	signal(SIGPIPE, SIG_IGN);
	for (char **url = argv + optind; *url != NULL; url++)
		if (url_read(&u, *url) == NULL)
			get(&g, *url, &u);
	disconnect(&g);
	return program_end((int)g.worst);
}
