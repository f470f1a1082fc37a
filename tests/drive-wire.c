/*
 * drive-wire: wire, peer and serve with no protocol between them. lines says of
 * each line what was read, spans gives back what came; with -l each is a server.
 *
 *	$ printf 'HELO crepes.fr\r\n' | drive-wire lines
 *	line 14 HELO crepes.fr
 *	end
 */
#include "wire/clock.h"
#include "wire/peer.h"
#include "wire/serve.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define LINES 16384 /* octets of the longest line that -s allows */

static const char *const said_of[] = {
	"line", "bare LF", "NUL", "too long", "end", "time out", "stop"};

/* Says of each line what it is; the line "quit" ends it. */
static void lines(struct wire *w, const void *context)
{
	const size_t *size = context;
	char *line = malloc(*size); /* exactly: the octet after it is not ours */
	enum wire_got got = WIRE_GOT;
	bool quit = false;
	size_t n;

	while (line != NULL && got < WIRE_END && !quit) {
		got = wire_line(w, line, *size, &n);
		quit = got == WIRE_GOT && strcmp(line, "quit") == 0;
		if (got < WIRE_TOO_LONG)
			wire_say(w, "%s %zu %s", said_of[got], n, line);
		else
			wire_say(w, got == WIRE_END && w->reset ? "reset" : "%s",
				said_of[got]);
	}
	free(line);
}

/* Gives back what came, and says how it ended. */
static void spans(struct wire *w, const void *context)
{
	const size_t *size = context;
	enum wire_got got;
	const char *octets;
	size_t n;

	while ((got = wire_span(w, &octets, &n)) == WIRE_GOT) {
		n = n < *size ? n : *size;
		wire_put(w, octets, n);
		wire_took(w, n);
	}
	wire_say(w, "%s", said_of[got]);
}

/* So many connections at once, each heard; prints what each of how many in turn heard. */
static int crowd(const char *where, long n)
{
	char said[] = "here\r\n", heard[64], before[64] = "";
	const char *why;
	long alike = 0;

	for (ssize_t came; n > 0; n--) {
		int fd = peer_dial(where, -1, &why);

		if (fd < 0)
			errx(EX_UNAVAILABLE, "%s: %s", where, why);
		if (write(fd, said, sizeof said - 1) < 0)
			warn("write");
		came = read(fd, heard, sizeof heard - 1);
		heard[came > 0 ? came : 0] = '\0';
		if (alike > 0 && strcmp(heard, before) != 0) {
			printf("%ld %s", alike, before);
			alike = 0;
		}
		memcpy(before, heard, sizeof before);
		alike++;
	}
	return printf("%ld %s", alike, before) < 0;
}

/* A connection: what comes on standard input is said, what is heard printed. */
static int dial(const char *where)
{
	struct wire *w = malloc(sizeof *w);
	const char *why, *octets;
	int fd = peer_dial(where, -1, &why);
	char span[4096];
	size_t n;

	if (fd < 0 || w == NULL)
		errx(EX_UNAVAILABLE, "%s: %s", where, why);
	wire_open(w, fd, fd, 5000);
	while ((n = fread(span, 1, sizeof span, stdin)) > 0)
		wire_put(w, span, n);
	wire_flush(w);
	while (wire_span(w, &octets, &n) == WIRE_GOT) {
		fwrite(octets, 1, n, stdout);
		fflush(stdout);
		wire_took(w, n);
	}
	wire_close(w);
	free(w);
	return EX_OK;
}

static int usage(void)
{
	fputs("usage: drive-wire [-l HOST:PORT] [-i MILLISECONDS] [-s SIZE] "
	      "lines|spans\n"
	      "       drive-wire dial HOST:PORT | crowd HOST:PORT N\n",
		stderr);
	return EX_USAGE;
}

int main(int argc, char **argv)
{
	static size_t size = WIRE_LINE;
	struct service service = {.idle = 5000, .busy = "busy\r\n", .context = &size};
	const char *what, *argument;
	int option;

	while ((option = getopt(argc, argv, "l:i:s:")) != -1)
		if (option == 'l')
			service.where = optarg;
		else if (option == 'i')
			service.idle = (int)strtol(optarg, NULL, 10);
		else if (option == 's')
			size = strtoul(optarg, NULL, 10);
		else
			return usage();
	if (optind == argc || size == 0 || size > LINES)
		return usage();
	what = argv[optind];
	argument = argv[optind + 1];
	if (strcmp(what, "lines") == 0)
		service.session = lines;
	if (strcmp(what, "spans") == 0)
		service.session = spans;
	if (service.session != NULL)
		return serve(&service);
	if (argument == NULL)
		return usage();
	if (strcmp(what, "dial") == 0)
		return dial(argument);
	if (strcmp(what, "crowd") == 0 && argv[optind + 2] != NULL)
		return crowd(argument, strtol(argv[optind + 2], NULL, 10));
	return usage();
}
