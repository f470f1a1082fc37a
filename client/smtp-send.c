/*
 * smtp-send: crepes.fr's side of SMTP: many messages, each for many recipients,
 * through one connection (articles: A9, A12; RFC 5321). Compare with smtp-server,
 * the other side of it, and with replay, which says what it is told to say.
 *
 *	$ smtp-send -f alice@crepes.fr -t bob@hamburger.edu localhost:2525 message.eml
 *
 * It prints a line for each recipient as soon as the result is known: the code of the
 * server's reply (--- without one), the recipient, the file (made harmless), the
 * reply's words. If the server was not even asked, these begin with "not tried: ". Once
 * nobody reads these lines, it sends nothing more: another program, which does not know
 * of it, would send it again.
 */
#include "smtp/smtp-dialogue.h"
#include "smtp/envelope.h"
#include "smtp/outgoing.h"
#include "wire/log.h"
#include "wire/peer.h"
#include "wire/program.h"
#include "wire/utf8.h"

#include <err.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <sys/stat.h>
#include <unistd.h>

/* What became of a recipient, or of a file, and what to exit with for that; the worst decides. */
enum fate {
	DONE = EX_OK,
	DAMAGED = EX_DATAERR, /* no entry of a queue, or not to be read */
	REFUSED = EX_UNAVAILABLE,
	LATER = EX_TEMPFAIL
};

struct sender {
	struct smtp_dialogue dialogue;
	const char *name; /* our own */
	bool helo_each;	  /* the article's way: HELO before each message */
	int greeting;	  /* the first digit of what the server said first */
	bool tried;	  /* MAIL was said for the present message */
	enum fate worst;
};

/* What the first digit of a reply means; where none came, another time may be better. */
static enum fate fate_of(const char *code)
{
	switch (code[0]) {
	case '2':
		return DONE;
	case '5':
		return REFUSED;
	default:
		return LATER;
	}
}

/* One recipient's line: the last reply of the server, or why none came. */
static void report(struct sender *s, const char *recipient, const char *file)
{
	enum fate fate = fate_of(s->dialogue.code);
	char shown[PATH_MAX];

	printf("%s <%s> %s %s%s\n", s->dialogue.code, recipient,
		utf8_harmless(file, shown, sizeof shown),
		s->tried || fate == REFUSED ? "" : "not tried: ", s->dialogue.text);
	program_end(EX_OK);
	if (fate > s->worst)
		s->worst = fate;
}

/* Who we are, once, or before each message as the article has it (A12). */
static int introduce(struct sender *s)
{
	if (s->greeting != 2)
		return s->greeting;
	if (s->dialogue.introduced && !s->helo_each)
		return 2;
	return smtp_introduce(&s->dialogue, s->name, s->helo_each);
}

/* Sends one message to all its recipients, and tells what became of each. */
static void send_message(
	struct sender *s, const struct envelope *e, struct outgoing *o, const char *file)
{
	bool taken[RECIPIENTS] = {false}, any = false;
	int digit = introduce(s);

	s->tried = digit == 2 && !s->dialogue.lost;
	if (digit == 2)
		digit = smtp_mail(&s->dialogue, e->from, o);
	if (digit == 2 && o->eight_bit && !s->dialogue.has_8bit)
		log_say("%s: octets above 127, and no 8BITMIME there: sent as they are",
			file);
	if (digit == 2 && o->long_line)
		log_say("%s: a line of over 998 octets: sent as it is", file);
	for (size_t i = 0; i < e->count; i++) {
		taken[i] = digit == 2 && smtp_rcpt(&s->dialogue, e->to[i], any) == 2;
		if (taken[i])
			any = true;
		else
			report(s, e->to[i], file);
	}
	digit = any ? smtp_data(&s->dialogue, o) : 5;
	for (size_t i = 0; i < e->count; i++)
		if (taken[i])
			report(s, e->to[i], file);
	if (digit != 2 && s->dialogue.introduced && !s->helo_each)
		smtp_command(&s->dialogue, FOR_COMMAND, "RSET");
}

/* Opens a message; with -q its envelope, which it begins with, is read. */
static bool open_file(const char *file, struct envelope *queued, struct outgoing *o)
{
	FILE *f = strcmp(file, "-") == 0 ? stdin : fopen(file, "rb");

	if (f != NULL && queued != NULL && envelope_read(queued, f) < 0) {
		log_say("%s: not an entry of a queue", file);
		fclose(f);
		return false;
	}
	if (f != NULL && outgoing_open(o, f) == 0)
		return true;
	log_error("%s", file);
	if (f != NULL)
		fclose(f);
	return false;
}

/* Sends one file to the recipients of e; where e is NULL (-q) it names its own. */
static void send_file(struct sender *s, const char *file, const struct envelope *e)
{
	struct envelope queued = {0};
	char shown[PATH_MAX];
	struct outgoing o;

	if (open_file(file, e == NULL ? &queued : NULL, &o)) {
		send_message(s, e != NULL ? e : &queued, &o, file);
		fclose(o.file);
	} else {
		if (s->worst == DONE)
			s->worst = DAMAGED;
		for (size_t i = 0; e != NULL && i < e->count; i++)
			printf("--- <%s> %s not sent: the file cannot be read\n",
				e->to[i], utf8_harmless(file, shown, sizeof shown));
		fflush(stdout);
	}
	envelope_free(&queued);
}

/* Takes an address with brackets or without them. */
static const char *address_of(const char *text, struct path *p)
{
	char bracketed[PATH_OCTETS + 2];
	const char *at = bracketed;
	bool bare = text[0] != '<';

	snprintf(bracketed, sizeof bracketed, "%s%s%s", bare ? "<" : "", text,
		bare ? ">" : "");
	if (!path_read(&at, p) || *at != '\0')
		errx(EX_USAGE, "%s: not an address, such as alice@crepes.fr", text);
	return p->address;
}

/* A pipe that nobody reads is noticed even while the server is waited for. */
static int hearer(void)
{
	struct stat s;

	return fstat(STDOUT_FILENO, &s) == 0 && S_ISFIFO(s.st_mode) ? STDOUT_FILENO : -1;
}

/* Holds the whole conversation. files ends in NULL; e is NULL with -q. */
static void converse(
	struct sender *s, const char *where, char **files, const struct envelope *e)
{
	const char *why;
	int stop = hearer(), fd = peer_dial(where, stop, &why);

	if (fd >= 0) {
		wire_open(&s->dialogue.wire, fd, fd, FOR_GREETING);
		s->dialogue.wire.stop = stop;
		s->greeting = smtp_hear(&s->dialogue, FOR_GREETING);
	} else {
		log_say("%s: %s", where, why);
		smtp_lose(&s->dialogue, why);
	}
	for (; *files != NULL; files++)
		send_file(s, *files, e);
	smtp_command(&s->dialogue, FOR_COMMAND, "QUIT");
	if (s->dialogue.out_of_step) {
		log_say("%s: %s", where, s->dialogue.text);
		s->worst = LATER;
	}
	if (fd >= 0)
		wire_close(&s->dialogue.wire);
}

/* That a file is missing is told before anybody is dialled. */
static void check_readable(char **files)
{
	for (; *files != NULL; files++)
		if (strcmp(*files, "-") != 0 && access(*files, R_OK) != 0)
			err(EX_NOINPUT, "%s", *files);
}

static const char usage[] =
	"usage: smtp-send [-H] [-n NAME] -f FROM -t TO [-t TO]... HOST:PORT "
	"[FILE...]\n"
	"       smtp-send [-H] [-n NAME] -q HOST:PORT ENTRY...\n"
	"\t-f  the sender, '' for the null sender of a bounce\n"
	"\t-t  a recipient\n"
	"\t-q  each file is an entry of a queue, with its own envelope\n"
	"\t-n  our own host name (localhost)\n"
	"\t-H  say HELO before each message, as in the article\n"
	"Prints a line for each recipient: CODE <recipient> FILE text.\n";

int main(int argc, char **argv)
{
	static struct sender s = {.name = "localhost"};
	static char *standard_input[] = {"-", NULL};
	static struct envelope e;
	struct path path;
	bool queued = false, from = false;
	char **files;
	int option;

	program_begin();
	log_begin("smtp-send");
	while ((option = program_option(argc, argv, "Hqn:f:t:h", usage)) != -1)
		switch (option) {
		case 'H':
			s.helo_each = true;
			break;
		case 'q':
			queued = true;
			break;
		case 'n':
			s.name = optarg;
			break;
		case 'f':
			from = true;
			snprintf(e.from, sizeof e.from, "%s", address_of(optarg, &path));
			break;
		case 't':
			if (e.count == RECIPIENTS || *address_of(optarg, &path) == '\0')
				program_usage(usage);
			if (envelope_add(&e, path.address) < 0)
				err(EX_OSERR, "memory");
			break;
		}
	files = argv + optind + 1;
	if (optind >= argc || !peer_named(argv[optind]) || !domain_is(s.name) ||
		(queued ? from || e.count > 0 || *files == NULL : !from || e.count == 0))
		program_usage(usage);
	if (*files == NULL)
		files = standard_input;
	if (!queued)
		check_readable(files);
	signal(SIGPIPE, SIG_IGN);
	converse(&s, argv[optind], files, queued ? NULL : &e);
	return program_end((int)s.worst);
}
