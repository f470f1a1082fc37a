/*
 * mime-encode: writes a message: the header, and the body made fit for mail.
 * Passages B6 to B9 and A6: what Alice's user agent does before it hands her
 * picture to SMTP. RFC 5322, 3.6; RFC 2045.
 *
 *     build/mime-encode -f alice@crepes.fr -t bob@hamburger.edu \
 *             -s 'picture of mine' lessons/07-base64/picture.jpg
 */
#include "address.h"
#include "encoded-word.h"
#include "from-utf8.h"
#include "header.h"
#include "message-id.h"
#include "multipart.h"
#include "transfer-encoding.h"

#include <err.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* A message: who, to whom, about what, and the parts of its body. */
struct message {
	char from[HEADER_FIELD], to[HEADER_FIELD], subject[HEADER_FIELD];
	bool has_subject;
	struct part_asked asked;
	struct multipart body;
};

static void usage(FILE *out)
{
	fputs("usage: mime-encode [-f FROM] [-t TO]... [-s SUBJECT] [-c CHARSET]\n"
	      "                   [-e ENCODING] [-T TYPE] [FILE...]\n"
	      "Writes a message that holds each FILE, or text from standard input.\n"
	      "-f, -t  an address: alice@crepes.fr, 'Alice <alice@crepes.fr>'\n"
	      "-c  converts text from UTF-8 to this charset\n"
	      "-e  7bit, 8bit, binary, quoted-printable or base64; without it 7bit,\n"
	      "    quoted-printable or base64, whichever the data needs first\n"
	      "-T  the media type; without it, by the suffix of FILE\n",
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
	const bool words = encoded_word_needed(subject);
	if (wrong == NULL && !words)
		wrong = header_wrong("Subject", subject);
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
	const char *wrong = from_utf8_wrong(charset);
	if (wrong != NULL)
		errx(EX_USAGE, "-c %s: %s", charset, wrong);
	m->asked.charset = charset;
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
	header_put(stdout, "MIME-Version", "1.0");
	multipart_put_fields(stdout, &m->body);
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
		m->asked.encoding = optarg;
		break;
	case 'c':
		set_charset(m, optarg);
		break;
	case 'T':
		m->asked.type = optarg;
		break;
	case 'h':
		usage(stdout);
		exit(fflush(stdout) == 0 ? 0 : EX_IOERR);
	default:
		usage(stderr);
		exit(EX_USAGE);
	}
}

/* A part for each file; standard input is one where there is no other. */
static int open_files(struct multipart *body, const struct part_asked *asked,
	char **paths, size_t count)
{
	body->count = count > 0 ? count : 1;
	body->parts = calloc(body->count, sizeof *body->parts);
	if (body->parts == NULL)
		err(EX_OSERR, "%zu files", count);
	int status = 0;
	for (size_t i = 0; status == 0 && i < body->count; i++) {
		body->parts[i].asked = *asked;
		status = part_open(&body->parts[i], count > 0 ? paths[i] : NULL);
	}
	return status;
}

int main(int argc, char **argv)
{
	struct message m = {0};
	int option;
	while ((option = getopt(argc, argv, "c:e:f:hs:t:T:")) != -1)
		take_option(&m, option);
	if (m.from[0] == '\0')
		default_sender(&m);
	int status =
		open_files(&m.body, &m.asked, argv + optind, (size_t)(argc - optind));
	const char *const texts[] = {m.from, m.to, m.subject};
	uint32_t number = message_number(texts, sizeof texts / sizeof texts[0]);
	if (status == 0)
		status = multipart_decide(&m.body, number);
	if (status != 0)
		return status;
	put_header(&m, number);
	status = multipart_put_body(stdout, &m.body);
	if (ferror(stdout) || fclose(stdout) != 0)
		err(EX_IOERR, "standard output");
	return status;
}
