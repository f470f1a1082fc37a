/*
 * mime-encode: writes a message: the header, and the body made fit for mail.
 * Passages B6 to B9 and A6: what Alice's user agent does before it hands her
 * picture to SMTP. RFC 5322, 3.6; RFC 2045.
 *
 *     build/mime-encode -f alice@crepes.fr -t bob@hamburger.edu \
 *             -s 'picture of mine' lessons/07-base64/picture.jpg
 */
#include "message/address.h"
#include "write/answer.h"
#include "write/compose.h"
#include "message/encoded-word.h"
#include "write/charset-encode.h"
#include "message/header.h"
#include "write/message-id.h"
#include "write/mixed.h"
#include "wire/spool.h"
#include "wire/startup.h"
#include "message/transfer-encoding.h"

#include <err.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* A message: who, to whom, about what, and what is in it. */
struct message {
	char from[HEADER_FIELD], to[HEADER_FIELD], subject[HEADER_FIELD];
	char in_reply_to[MESSAGE_ID_ROOM], references[HEADER_FIELD];
	bool has_subject;
	const char *answered, *forwarded; /* files */
	struct material material;
	struct original original;
	struct mixed body;
};

static void usage(FILE *out)
{
	fputs("usage: mime-encode [-f FROM] [-t TO]... [-s SUBJECT] [-c CHARSET]\n"
	      "                   [-e ENCODING] [-T TYPE] [-r MESSAGE | -w MESSAGE] "
	      "[FILE...]\n"
	      "Writes a message that holds each FILE, or text from standard input.\n"
	      "-f, -t  one address: alice@crepes.fr, 'Alice <alice@crepes.fr>'\n"
	      "-c  converts text from UTF-8 to this charset\n"
	      "-e  7bit, 8bit, binary, quoted-printable or base64; without it 7bit,\n"
	      "    quoted-printable or base64, whichever the data needs first\n"
	      "-T  the media type; without it, by the suffix of FILE. Text that is not "
	      "in\n"
	      "    UTF-8 is named here: -T 'text/plain; charset=gbk'\n"
	      "-r  answers MESSAGE, to its sender: quotes it before the text, the first "
	      "FILE\n"
	      "-w  forwards MESSAGE behind the text\n",
		out);
}

/* Adds an address to the value of a field. */
static void add_address(char *field, const char *name, const char *typed)
{
	struct address address;
	const char *wrong = address_typed(&address, typed);
	if (wrong == NULL &&
		!address_add(&address, strlen(name) + strlen(": "), field, HEADER_FIELD))
		wrong = "too long";
	if (wrong != NULL)
		errx(EX_DATAERR, "%s: %s", name, wrong);
}

static void set_subject(struct message *m, const char *subject)
{
	const char *wrong = header_controls(subject);
	const bool words =
		encoded_word_needed(subject) || header_wrong("Subject", subject) != NULL;
	if (wrong == NULL && strlen(subject) >= sizeof m->subject)
		wrong = "too long";
	if (wrong == NULL && words &&
		!encoded_word_encode(
			subject, strlen("Subject: "), m->subject, sizeof m->subject))
		wrong = "too long, or neither ASCII nor UTF-8";
	if (wrong != NULL)
		errx(EX_DATAERR, "Subject: %s", wrong);
	if (!words)
		memcpy(m->subject, subject, strlen(subject) + 1);
	m->has_subject = true;
}

static void set_charset(struct message *m, const char *charset)
{
	const char *wrong = charset_encode_wrong(charset);
	if (wrong != NULL)
		errx(EX_USAGE, "-c %s: %s", charset, wrong);
	m->material.asked.charset = charset;
}

static void default_sender(struct message *m)
{
	const char *user = getenv("LOGNAME");
	char address[1000];
	if (user == NULL)
		user = getenv("USER");
	snprintf(address, sizeof address, "%s@localhost", user == NULL ? "nobody" : user);
	add_address(m->from, "From", address);
}

/* The header in the order of the article, what it leaves out in between. */
static void put_header(const struct message *m, uint32_t number)
{
	char date[HEADER_DATE], id[MESSAGE_ID];
	time_t now = header_now();
	header_date(date, sizeof date, now);
	message_id(id, m->from, now, number);
	header_put(stdout, "From", m->from);
	header_put(stdout, "To", m->to[0] == '\0' ? "undisclosed-recipients:;" : m->to);
	if (m->has_subject)
		header_put(stdout, "Subject", m->subject);
	header_put(stdout, "Date", date);
	header_put(stdout, "Message-ID", id);
	if (m->in_reply_to[0] != '\0')
		header_put(stdout, "In-Reply-To", m->in_reply_to);
	if (m->references[0] != '\0')
		header_put(stdout, "References", m->references);
	header_put(stdout, "MIME-Version", "1.0");
	mixed_put_fields(stdout, &m->body);
	putchar('\n');
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
		set_subject(m, optarg);
		break;
	case 'e':
		if (transfer_encoding(optarg) == TRANSFER_UNKNOWN)
			errx(EX_USAGE,
				"-e %s: not one of 7bit, 8bit, binary, "
				"quoted-printable, base64",
				optarg);
		m->material.asked.encoding = optarg;
		break;
	case 'c':
		set_charset(m, optarg);
		break;
	case 'T':
		m->material.asked.type = optarg;
		break;
	case 'r':
		m->answered = optarg;
		break;
	case 'w':
		m->forwarded = optarg;
		break;
	case 'h':
		usage(stdout);
		exit(fflush(stdout) == 0 ? 0 : EX_IOERR);
	default:
		usage(stderr);
		exit(EX_USAGE);
	}
}

/* Opens the message that is answered or forwarded, and reads its header. */
static void open_original(struct message *m, const char *path)
{
	FILE *file = fopen(path, "rb");
	if (file == NULL)
		err(EX_NOINPUT, "%s", path);
	file = spool(file);
	if (file == NULL || original_read(&m->original, file) != 0)
		err(EX_NOINPUT, "%s", path);
	m->material.message = file;
	m->material.source = path;
}

static void answer(struct message *m)
{
	const struct original *original = &m->original;
	char subject[ANSWER_SUBJECT];
	const char *to =
		original->reply_to[0] != '\0' ? original->reply_to : original->from;
	if (m->to[0] == '\0' && to[0] == '\0')
		errx(EX_DATAERR, "%s: names nobody who could be answered", m->answered);
	if (m->to[0] == '\0')
		memcpy(m->to, to, strlen(to) + 1);
	answer_subject(subject, "Re:", original);
	if (!m->has_subject)
		set_subject(m, subject);
	memcpy(m->in_reply_to, original->id, sizeof m->in_reply_to);
	answer_references(m->references, original);
	m->material.answered = original;
}

static void forward(struct message *m)
{
	char subject[ANSWER_SUBJECT];
	if (!m->original.has_header)
		errx(EX_DATAERR, "%s: no header: not a message", m->forwarded);
	answer_subject(subject, "Fwd:", &m->original);
	if (!m->has_subject)
		set_subject(m, subject);
}

/* Writes nothing before it is known that all can be written. */
static int put_message(struct message *m)
{
	const char *const texts[] = {m->from, m->to, m->subject};
	uint32_t number = message_number(texts, sizeof texts / sizeof texts[0]);
	int status = mixed_decide(&m->body, number);
	if (status != 0)
		return status;
	put_header(m, number);
	status = mixed_put_body(stdout, &m->body);
	if (ferror(stdout) || fclose(stdout) != 0)
		err(EX_IOERR, "standard output");
	return status;
}

int main(int argc, char **argv)
{
	struct message m = {0};
	int option;
	startup();
	while ((option = getopt(argc, argv, "c:e:f:hr:s:t:T:w:")) != -1)
		take_option(&m, option);
	if (m.answered != NULL && m.forwarded != NULL) {
		usage(stderr);
		return EX_USAGE;
	}
	m.material.paths = argv + optind;
	m.material.count = (size_t)(argc - optind);
	if (m.from[0] == '\0')
		default_sender(&m);
	if (m.answered != NULL || m.forwarded != NULL)
		open_original(&m, m.answered != NULL ? m.answered : m.forwarded);
	if (m.answered != NULL)
		answer(&m);
	if (m.forwarded != NULL)
		forward(&m);
	int status = compose(&m.body, &m.material);
	if (status == 0)
		status = put_message(&m);
	free(m.body.parts);
	return status;
}
