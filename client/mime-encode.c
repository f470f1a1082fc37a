/*
 * mime-encode: writes a message: the header, and the body made fit for mail; what Alice's
 * user agent does before it hands her picture to SMTP (articles: A1, A6, B6-B9, B12; RFC
 * 5322, 3.6; RFC 2045). Here it is asked for; write/compose makes it.
 *
 *     build/mime-encode -f alice@crepes.fr -t bob@hamburger.edu \
 *             -s 'picture of mine' lessons/07-base64/picture.jpg
 */
#include "message/address.h"
#include "message/encoded-word.h"
#include "message/header.h"
#include "message/transfer-encoding.h"
#include "wire/program.h"
#include "write/answer.h"
#include "write/charset-encode.h"
#include "write/compose.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>
#include <unistd.h>

static const char usage[] =
	"usage: mime-encode [-f FROM] [-t TO]... [-s SUBJECT] [-c CHARSET]\n"
	"                   [-e ENCODING] [-T TYPE] [-r MESSAGE | -w MESSAGE] [FILE...]\n"
	"Writes a message that holds each FILE, or text from standard input.\n"
	"-f, -t  one address: alice@crepes.fr, 'Alice <alice@crepes.fr>'\n"
	"-c  converts text from UTF-8 to this charset\n"
	"-e  7bit, 8bit, binary, quoted-printable or base64; without it 7bit,\n"
	"    quoted-printable or base64, whichever the data needs first\n"
	"-T  the media type; without it, by the suffix of FILE. Text that is not in\n"
	"    UTF-8 is named here: -T 'text/plain; charset=gbk'\n"
	"-r  answers MESSAGE, to its sender: quotes it before the text, the first FILE\n"
	"-w  forwards MESSAGE after the text\n";

/* Adds an address to the value of a field. */
static void add_address(char *field, const char *name, const char *typed)
{
	struct address address;
	const char *wrong = address_typed(&address, typed);
	size_t column = strlen(name) + strlen(": ");

	if (wrong == NULL && !address_add(&address, column, field, HEADER_FIELD))
		wrong = "too long";
	if (wrong != NULL)
		errx(EX_DATAERR, "%s: %s", name, wrong);
}

/* From: the user at localhost, where nobody is named. */
static void default_sender(char *from)
{
	const char *user = getenv("LOGNAME");
	char address[1000];

	if (user == NULL)
		user = getenv("USER");
	if (user == NULL)
		user = "nobody";
	snprintf(address, sizeof address, "%s@localhost", user);
	add_address(from, "From", address);
}

/*
 * The subject as it is, where a header can hold it, else as encoded-words. Words of the
 * original that could not be read are passed on.
 */
static void set_subject(struct message *m, const char *subject, bool is_typed)
{
	const char *wrong = header_controls(subject);
	const size_t column = strlen("Subject: ");
	bool is_written = true;

	if (wrong == NULL && strlen(subject) >= sizeof m->subject)
		wrong = "too long";
	if (wrong != NULL)
		errx(EX_DATAERR, "Subject: %s", wrong);
	if (!encoded_word_needed(subject) && header_wrong("Subject", subject) == NULL)
		memcpy(m->subject, subject, strlen(subject) + 1);
	else if (!is_typed && encoded_word_has_unread(subject))
		is_written = encoded_word_pass(
			subject, false, column, m->subject, sizeof m->subject);
	else
		is_written = encoded_word_encode(
			subject, column, m->subject, sizeof m->subject);
	if (!is_written)
		errx(EX_DATAERR, "Subject: too long, or neither ASCII nor UTF-8");
	m->has_subject = true;
}

static void ask_for_charset(struct message *m, const char *charset)
{
	const char *wrong = charset_encode_wrong(charset);

	if (wrong != NULL)
		errx(EX_USAGE, "-c %s: %s", charset, wrong);
	m->asked.charset = charset;
}

static void ask_for_encoding(struct message *m, const char *encoding)
{
	enum transfer_encoding meant = transfer_encoding(encoding);

	if (meant > TRANSFER_BASE64 || strcasecmp(encoding, transfer_name(meant)) != 0)
		errx(EX_USAGE,
			"-e %s: not one of 7bit, 8bit, binary, "
			"quoted-printable, base64",
			encoding);
	m->asked.encoding = encoding;
}

/* A message is a reply or a forward, never both. */
static void answer(struct message *m, enum compose_as as, const char *path)
{
	if (m->as != COMPOSE_NEW && m->as != as)
		program_usage(usage);
	m->as = as;
	m->original.source = path;
}

static void take_option(struct message *m, int option)
{
	switch (option) {
	case 'f':
		m->from[0] = '\0';
		add_address(m->from, "From", optarg);
		break;
	case 't':
		add_address(m->to, "To", optarg);
		break;
	case 's':
		set_subject(m, optarg, true);
		break;
	case 'e':
		ask_for_encoding(m, optarg);
		break;
	case 'c':
		ask_for_charset(m, optarg);
		break;
	case 'T':
		m->asked.type = optarg;
		break;
	case 'r':
		answer(m, COMPOSE_REPLY, optarg);
		break;
	case 'w':
		answer(m, COMPOSE_FORWARD, optarg);
		break;
	}
}

/* The subject of the original, where no other one is given. */
static void default_subject(struct message *m, const char *mark)
{
	char subject[ANSWER_SUBJECT];

	if (m->has_subject)
		return;
	answer_subject(subject, mark, &m->original);
	set_subject(m, subject, false);
}

static void reply(struct message *m)
{
	const struct original *original = &m->original;
	const char *whom =
		original->reply_to[0] != '\0' ? original->reply_to : original->from;

	if (m->to[0] == '\0')
		memcpy(m->to, whom, sizeof m->to);
	if (m->to[0] == '\0')
		errx(EX_DATAERR, "%s: names nobody who could be answered",
			original->source);
	default_subject(m, "Re:");
}

static void forward(struct message *m)
{
	if (!m->original.has_header)
		errx(EX_DATAERR, "%s: no header: not a message", m->original.source);
	default_subject(m, "Fwd:");
}

int main(int argc, char **argv)
{
	struct message m = {0};
	int option;

	program_begin();
	while ((option = program_option(argc, argv, "c:e:f:hr:s:t:T:w:", usage)) != -1)
		take_option(&m, option);
	m.files = argv + optind;
	m.count = (size_t)(argc - optind);
	if (m.from[0] == '\0')
		default_sender(m.from);
	if (m.as != COMPOSE_NEW)
		original_open(&m.original, m.original.source);
	if (m.as == COMPOSE_REPLY)
		reply(&m);
	if (m.as == COMPOSE_FORWARD)
		forward(&m);
	compose(stdout, &m);
	return program_end(EX_OK);
}
