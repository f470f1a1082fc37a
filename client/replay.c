/*
 * replay: performs one side of a transcript against a real peer, prints what was
 * really said, and says where reality departs from it (articles: A10).
 *
 *	$ replay -x localhost:2525 lessons/03-the-transcript/expected.txt
 *
 * As the client it says the C: lines and expects the S: lines; with -l it is the
 * server, and says the S: lines. Of a reply only the code counts, with -x its words too
 * (RFC 5321, 4.2: a client acts on the code alone).
 */
#include "transcript/player.h"
#include "wire/duration.h"
#include "wire/peer.h"
#include "wire/program.h"

#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <sys/socket.h>
#include <unistd.h>

static const char usage[] =
	"usage: replay [-x] [-c BYTES] [-i IDLE] HOST:PORT TRANSCRIPT\n"
	"       replay [-x] [-k] [-c BYTES] [-i IDLE] -l HOST:PORT TRANSCRIPT\n"
	"\t-x  compare the words of replies too, not only their codes\n"
	"\t-c  write so many bytes at a time\n"
	"\t-i  wait so long for the other side's next line (30s, as a server 5m)\n"
	"\t-l  listen, and perform the S: side\n"
	"\t-k  again and again\n";

#define SERVER_LIMIT 30000  /* milliseconds for a server to answer */
#define PERSON_LIMIT 300000 /* for a client: somebody may be typing */

/* The C: side: one conversation. */
static int call_server(struct player *p, const char *where)
{
	const char *why;
	int fd = peer_dial(where, -1, &why);

	if (fd < 0)
		errx(EX_TEMPFAIL, "%s: %s", where, why);
	return play(p, fd);
}

/* The S: side: one conversation, or with -k one after the other. */
static int serve_clients(struct player *p, const char *where, bool keep)
{
	const char *why;
	int status = 0, listener = peer_listen(where, &why);

	if (listener < 0)
		errx(EX_UNAVAILABLE, "%s: %s", where, why);
	for (unsigned long n = 1; n == 1 || keep; n++) {
		int fd;

		do
			fd = accept(listener, NULL, NULL);
		while (fd < 0 && (errno == EINTR || errno == ECONNABORTED));
		if (fd < 0)
			err(EX_OSERR, "accept");
		if (keep)
			printf("# conversation %lu\n", n);
		status = play(p, fd);
	}
	return status;
}

/* The number of octets of -c. */
static size_t piece_of(const char *text)
{
	char *end;
	unsigned long piece = strtoul(text, &end, 10);

	if (piece == 0 || piece > TRANSCRIPT_TEXT || *end != '\0')
		program_usage(usage);
	return piece;
}

int main(int argc, char **argv)
{
	static struct player p = {
		.me = 'C', .peer = 'S', .in_step = true, .program = "replay"};
	const char *where = NULL;
	bool keep = false;
	int option, status;

	program_begin();
	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, NULL, _IOLBF, 0);
	p.out = stdout;
	p.err = stderr;
	while ((option = program_option(argc, argv, "xkc:i:l:h", usage)) != -1)
		switch (option) {
		case 'x':
			p.exact = true;
			break;
		case 'k':
			keep = true;
			break;
		case 'c':
			p.pieces.size = piece_of(optarg);
			break;
		case 'i':
			p.limit = duration_read(optarg);
			if (p.limit < 0)
				program_usage(usage);
			break;
		case 'l':
			where = optarg;
			p.me = 'S';
			p.peer = 'C';
			break;
		}
	if (where == NULL)
		where = argv[optind++];
	if (optind + 1 != argc || !peer_named(where) || (keep && p.me == 'C'))
		program_usage(usage);
	if (p.limit == 0)
		p.limit = p.me == 'S' ? PERSON_LIMIT : SERVER_LIMIT;
	script_open(&p.script, argv[optind]);
	if (p.me == 'S')
		status = serve_clients(&p, where, keep);
	else
		status = call_server(&p, where);
	return program_end(status);
}
