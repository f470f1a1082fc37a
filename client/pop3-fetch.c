/*
 * pop3-fetch: Bob's computer fetches his mail from hamburger.edu (articles: A3; RFC
 * 1939). Compare with pop3-server, the other side of it, and with smtp-send: there the
 * side that has the mail opens the connection, here the side that wants it.
 *
 *	$ pop3-fetch -u bob localhost:1110 inbox
 *	$ POP3_PASSWORD='I like pickles' pop3-fetch -d -u bob localhost:1110 inbox
 *
 * A line for each new message shows the name of its file and its length in octets. The
 * folder is for one mailbox: a name that is there already counts as fetched.
 */
#include "message/canonical.h"
#include "smtp/dots.h"
#include "pop3/password.h"
#include "wire/peer.h"
#include "pop3/pop3-dialogue.h"
#include "pop3/inbox.h"
#include "wire/program.h"

#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define PATIENCE 300000 /* milliseconds for a reply */
#define ARGUMENT 249	/* octets that PASS may carry, with a NUL (RFC 2449, 4) */

struct fetch {
	struct pop3_dialogue dialogue;
	struct uidl_list list;
	struct inbox inbox;
	const char *folder;
	bool delete;
	bool later; /* something was refused that may be done another time */
	char message[WIRE_SPAN + 1]; /* a piece of one, without stuffed dots, */
	char lines[WIRE_SPAN + 2];   /* and with LF for CRLF */
};

/* The folder takes no more: tells why, and ends without QUIT. */
static _Noreturn void not_stored(struct fetch *f)
{
	int reason = errno;

	inbox_abandon(&f->inbox);
	wire_close(&f->dialogue.wire);
	errno = reason;
	err(EX_IOERR, "%s", f->folder);
}

/* Where the first line of a message is, which tells how all of them end. */
struct first_line {
	bool over;
	char before; /* its last octet so far */
};

/* Whether it ends in a bare LF: then the dot that ends the message never comes. */
static bool ends_in_lf(struct first_line *first, const char *octets, size_t n)
{
	const char *lf = memchr(octets, '\n', n);

	if (first->over)
		return false;
	if (lf != NULL)
		first->over = true;
	if (lf != NULL && lf > octets)
		first->before = lf[-1];
	else if (lf == NULL)
		first->before = octets[n - 1];
	return lf != NULL && first->before != '\r';
}

/*
 * Takes in the message that follows +OK, and stores it under a name (see inbox_commit).
 */
static int receive(struct fetch *f, const char *name)
{
	struct wire *w = &f->dialogue.wire;
	struct unstuff dots = {SEEN_CRLF, 0};
	struct first_line first = {false, '\0'};
	bool cr = false; /* none is held at the end, which comes after CRLF */

	if (inbox_begin(&f->inbox) < 0)
		not_stored(f);
	wire_start_clock(w);
	while (dots.seen != SEEN_END) {
		const char *octets;
		size_t n, made;
		enum wire_got got = wire_piece(w, &octets, &n);

		if (got != WIRE_GOT) {
			inbox_abandon(&f->inbox);
			return pop3_lost(&f->dialogue, got);
		}
		if (ends_in_lf(&first, octets, n)) {
			inbox_abandon(&f->inbox);
			return pop3_bare_lf(&f->dialogue);
		}
		wire_took(w, unstuff(&dots, octets, n, f->message, &made));
		made = from_canonical(&cr, f->message, made, f->lines);
		if (inbox_write(&f->inbox, f->lines, made) < 0)
			not_stored(f);
	}
	/* Two texts have come for one RETR: which of them is the message? */
	if (pop3_out_of_step(&f->dialogue)) {
		inbox_abandon(&f->inbox);
		return POP3_LOST;
	}
	if (inbox_commit(&f->inbox, name) < 0)
		not_stored(f);
	printf("fetched %s %ju octets\n", f->inbox.name, f->inbox.octets);
	fflush(stdout);
	return EX_OK;
}

/* After a command about one message: that one may be refused, and the others go on. */
static int went_on(struct fetch *f, enum pop3_reply reply)
{
	if (reply != POP3_ERR)
		return reply;
	pop3_tell(&f->dialogue, "refused");
	f->later = true;
	return EX_OK;
}

/* Has a message stored here, and then, with -d, no longer there. name may be NULL. */
static int fetch_message(struct fetch *f, unsigned long number, const char *name)
{
	int has = name != NULL ? inbox_has(&f->inbox, name) : 0, status;
	enum pop3_reply reply;

	if (has < 0) {
		warn("%s/%s", f->folder, name);
		return EX_IOERR;
	}
	if (has == 0) {
		reply = pop3_command(&f->dialogue, "RETR %lu", number);
		if (reply != POP3_OK)
			return went_on(f, reply);
		status = receive(f, name);
		if (status != EX_OK)
			return status;
	}
	if (!f->delete)
		return EX_OK;
	return went_on(f, pop3_command(&f->dialogue, "DELE %lu", number));
}

/* Those of the list that have a unique-id, be it another's too; or those that have none. */
static int fetch_those(struct fetch *f, bool nameless)
{
	struct uidl_list *list = &f->list;
	char name[INBOX_NAME];
	int status = EX_OK;

	rewind(list->lines);
	while (status == EX_OK && uidl_list_next(list)) {
		if (list->nameless != nameless)
			continue;
		if (list->uidl != NULL)
			inbox_name(list->uidl, name);
		status = fetch_message(f, list->number, list->uidl != NULL ? name : NULL);
	}
	return status;
}

/* All that are in the list. What the server cannot even name is not to hold up others. */
static int fetch_listed(struct fetch *f)
{
	int status = uidl_list_hear(&f->list, &f->dialogue);

	f->later = f->list.damaged;
	if (status == EX_OK)
		status = fetch_those(f, false);
	if (status == EX_OK)
		status = fetch_those(f, true);
	return status;
}

/* The server has no UIDL: nobody knows what has been fetched before. */
static int fetch_numbered(struct fetch *f)
{
	enum pop3_reply reply = pop3_command(&f->dialogue, "STAT");
	const char *at = f->dialogue.line + 4;
	unsigned long count;
	int status = EX_OK;

	if (reply != POP3_OK)
		return went_on(f, reply);
	if (strlen(f->dialogue.line) < 4 || !pop3_number(&at, &count) || *at != ' ')
		return pop3_strange(&f->dialogue, "not a count of messages");
	for (unsigned long n = 1; n <= count && status == EX_OK; n++)
		status = fetch_message(f, n, NULL);
	return status;
}

static int fetch_all(struct fetch *f)
{
	enum pop3_reply reply = pop3_command(&f->dialogue, "UIDL");

	if (reply == POP3_OK)
		return fetch_listed(f);
	if (reply != POP3_ERR)
		return reply;
	warnx("%s: it has no UIDL: all messages are fetched again", f->dialogue.peer);
	return fetch_numbered(f);
}

/* Holds the whole conversation. QUIT alone deletes, so it is heard out. */
static int converse(struct fetch *f, const char *user, const char *password)
{
	int status = pop3_log_in(&f->dialogue, user, password);

	if (status == EX_OK)
		status = fetch_all(f);
	if (status == EX_OK)
		status = went_on(f, pop3_command(&f->dialogue, "QUIT"));
	return status == EX_OK && f->later ? EX_TEMPFAIL : status;
}

/* Whether it is a name to be said in one line: no control character, not too long. */
static bool is_user(const char *user)
{
	size_t n = strlen(user);

	for (const char *c = user; *c != '\0'; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			return false;
	return n > 0 && n < ARGUMENT;
}

static const char usage[] =
	"usage: pop3-fetch [-d] -u USER HOST:PORT DIR\n"
	"\t-u  the user; the password is asked for on the terminal,\n"
	"\t    unless it is in the environment variable POP3_PASSWORD\n"
	"\t-d  delete on the server the messages that are safely in DIR\n"
	"DIR is for this mailbox: a message with a file there is not fetched again.\n"
	"Prints a line for each new message: fetched NAME N octets.\n";

int main(int argc, char **argv)
{
	static struct fetch f;
	char password[ARGUMENT], prompt[2 * ARGUMENT];
	const char *user = "", *why;
	int option, fd, status;

	program_begin();
	while ((option = program_option(argc, argv, "du:h", usage)) != -1)
		switch (option) {
		case 'd':
			f.delete = true;
			break;
		case 'u':
			user = optarg;
			break;
		}
	if (optind + 2 != argc || !is_user(user) || !peer_named(argv[optind]))
		program_usage(usage);
	f.dialogue.peer = argv[optind];
	f.folder = argv[optind + 1];
	snprintf(prompt, sizeof prompt, "Password of %s at %.200s: ", user, argv[optind]);
	if (password_get("POP3_PASSWORD", prompt, password, sizeof password) < 0)
		err(errno == EINVAL ? EX_USAGE : EX_NOINPUT, "password");
	signal(SIGPIPE, SIG_IGN);
	if (inbox_open(&f.inbox, f.folder) < 0)
		err(errno == EWOULDBLOCK ? EX_TEMPFAIL : EX_IOERR, "%s", f.folder);
	fd = peer_dial(f.dialogue.peer, -1, &why);
	if (fd < 0)
		errx(EX_TEMPFAIL, "%s: %s", f.dialogue.peer, why);
	wire_open(&f.dialogue.wire, fd, fd, PATIENCE);
	status = converse(&f, user, password);
	wire_close(&f.dialogue.wire);
	return program_end(status);
}
