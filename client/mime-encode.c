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
#include "part.h"
#include "transfer-encoding.h"

#include <err.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static const char domain_letters[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.";

/* A message: who, to whom, about what, and the part that is its body. */
struct message {
	char from[HEADER_FIELD], to[HEADER_FIELD], subject[HEADER_FIELD];
	bool has_subject;
	struct part part;
};

static void usage(FILE *out)
{
	fputs("usage: mime-encode [-f FROM] [-t TO]... [-s SUBJECT] [-c CHARSET]\n"
	      "                   [-e ENCODING] [-T TYPE] [FILE]\n"
	      "Writes a message that holds FILE, or text from standard input.\n"
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
	m->part.given_charset = charset;
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

static uint32_t mix(uint32_t hash, const void *octets, size_t length)
{
	const unsigned char *next = octets;
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ next[i]) * 16777619U; /* FNV-1a */
	return hash;
}

/*
 * Message-ID: no other message has this one (RFC 5322, 3.6.4). The domain keeps
 * it apart from those of other hosts, the time and the number from ours.
 */
static void message_id(const struct message *m, time_t now, char *id, size_t size)
{
	uint32_t number = mix(2166136261U, m->from, strlen(m->from));
	number = mix(number, m->to, strlen(m->to));
	number = mix(number, m->subject, strlen(m->subject));
	if (!header_time_is_fixed()) {
		struct timespec moment;
		pid_t process = getpid();
		clock_gettime(CLOCK_REALTIME, &moment);
		number = mix(number, &moment.tv_nsec, sizeof moment.tv_nsec);
		number = mix(number, &process, sizeof process);
	}
	const char *at = strrchr(m->from, '@');
	const char *domain = at == NULL ? "" : at + 1;
	size_t length = strspn(domain, domain_letters);
	if (length == 0 || length > ADDRESS_DOMAIN) {
		domain = "localhost";
		length = strlen(domain);
	}
	snprintf(id, size, "<%lld.%08lx@%.*s>", (long long)now, (unsigned long)number,
		(int)length, domain);
}

/* The header in the order of the article, what it leaves out in between. */
static void put_header(const struct message *m)
{
	char date[HEADER_DATE], id[ADDRESS_DOMAIN + 64];
	time_t now = header_now();
	header_date(date, sizeof date, now);
	message_id(m, now, id, sizeof id);
	header_put(stdout, "From", m->from);
	header_put(stdout, "To", m->to[0] == '\0' ? "undisclosed-recipients:;" : m->to);
	if (m->has_subject)
		header_put(stdout, "Subject", m->subject);
	header_put(stdout, "Date", date);
	header_put(stdout, "Message-ID", id);
	header_put(stdout, "MIME-Version", "1.0");
	part_put_fields(stdout, &m->part);
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
		m->part.given_encoding = optarg;
		break;
	case 'c':
		set_charset(m, optarg);
		break;
	case 'T':
		m->part.given_type = optarg;
		break;
	case 'h':
		usage(stdout);
		exit(fflush(stdout) == 0 ? 0 : EX_IOERR);
	default:
		usage(stderr);
		exit(EX_USAGE);
	}
}

int main(int argc, char **argv)
{
	struct message m = {0};
	int option;
	while ((option = getopt(argc, argv, "c:e:f:hs:t:T:")) != -1)
		take_option(&m, option);
	if (argc - optind > 1) {
		usage(stderr);
		return EX_USAGE;
	}
	if (m.from[0] == '\0')
		default_sender(&m);
	int status = part_open(&m.part, optind < argc ? argv[optind] : NULL);
	if (status == 0)
		status = part_decide(&m.part);
	if (status != 0)
		return status;
	put_header(&m);
	status = part_put_body(stdout, &m.part);
	if (ferror(stdout) || fclose(stdout) != 0)
		err(EX_IOERR, "standard output");
	return status;
}
