/*
 * compose: what a user agent puts into a message, and in which order. Begin at the end.
 * HTTP sends each object in a response of its own; mail puts all of them into one
 * message, with a line between them that cannot come in any of them.
 *
 *     build/mime-encode README.md lessons/07-base64/picture.jpg
 */
#include "write/compose.h"

#include "message/address.h"
#include "message/date.h"
#include "message/header.h"

#include <err.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

enum {
	BOUNDARY = 71, /* octets at most, with a NUL (RFC 2046, 5.1.1) */
	MESSAGE_ID = ADDRESS_DOMAIN + 64, /* octets of one of ours, with a NUL */
	NO_FILES = 2 /* parts from elsewhere: standard input, a message */
};

struct body {
	struct part *parts;
	size_t count;
	char boundary[BOUNDARY]; /* of a multipart */
};

static uint32_t mix(uint32_t hash, const void *octets, size_t length)
{
	const unsigned char *next = octets;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ next[i]) * 16777619U; /* FNV-1a */
	return hash;
}

/*
 * A number that no other message has, for its Message-ID and its boundary: from its
 * fields, the moment and the process; where SOURCE_DATE_EPOCH fixes the time, from its
 * fields alone.
 */
static uint32_t number_of(const struct message *m)
{
	uint32_t number = 2166136261U;

	number = mix(number, m->from, strlen(m->from));
	number = mix(number, m->to, strlen(m->to));
	number = mix(number, m->subject, strlen(m->subject));
	if (!date_is_fixed()) {
		struct timespec moment;
		pid_t process = getpid();

		clock_gettime(CLOCK_REALTIME, &moment);
		number = mix(number, &moment.tv_nsec, sizeof moment.tv_nsec);
		number = mix(number, &process, sizeof process);
	}
	return number;
}

/*
 * No other message has this id (RFC 5322, 3.6.4): the sender's domain keeps it apart from
 * those of other hosts, the time and the number from ours. A domain that cannot be in it
 * is localhost.
 */
static void make_id(char id[MESSAGE_ID], const char *from, time_t now, uint32_t number)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.";
	const char *at = strrchr(from, '@');
	const char *domain = at == NULL ? "" : at + 1;
	size_t length = strspn(domain, letters);

	if (length == 0 || length > ADDRESS_DOMAIN) {
		domain = "localhost";
		length = strlen(domain);
	}
	snprintf(id, MESSAGE_ID, "<%lld.%08lx@%.*s>", (long long)now,
		(unsigned long)number, (int)length, domain);
}

/* The next part, which nothing is in yet. */
static struct part *add_part(struct body *body, const struct part_asked *asked)
{
	struct part *part = &body->parts[body->count];

	*part = (struct part){.asked = *asked};
	body->count++;
	return part;
}

/* The part that the message begins with; none where the text of a forward is empty. */
static void add_text(struct body *body, const struct message *m)
{
	struct part *part = add_part(body, &m->asked);

	part_open(part, m->count > 0 ? m->files[0] : NULL);
	if (m->as == COMPOSE_REPLY) {
		FILE *text = answer_text(&m->original, part->data, part->source);

		fclose(part->data);
		part->data = text;
		part->source = "the answer";
		part->file_name = NULL;
	}
	if (m->as == COMPOSE_FORWARD && part->is_empty) {
		fclose(part->data);
		body->count--;
	}
}

/* A message may be in lines or as it is; -e is about the others (RFC 2045, 6.4). */
static void add_forwarded(struct body *body, const struct message *m)
{
	struct part_asked asked = {0};
	const char *encoding = m->asked.encoding;

	if (encoding != NULL && transfer_encoding(encoding) == TRANSFER_BINARY)
		asked.encoding = encoding;
	struct part *part = add_part(body, &asked);
	part->data = m->original.message;
	part->source = m->original.source;
	part->file_name = "message.eml";
	part->is_forwarded = true;
}

static void open_parts(struct body *body, const struct message *m)
{
	body->parts = calloc(m->count + NO_FILES, sizeof *body->parts);
	if (body->parts == NULL)
		err(EX_OSERR, "%zu files", m->count);
	add_text(body, m);
	if (m->as == COMPOSE_FORWARD)
		add_forwarded(body, m);
	for (size_t i = 1; i < m->count; i++)
		part_open(add_part(body, &m->asked), m->files[i]);
}

/*
 * Makes the first boundary, of those that begin with number, that is in no part. `=_` is
 * neither in base64 nor in quoted-printable (RFC 2045, 6.7).
 */
static void choose_boundary(struct body *body, uint32_t number)
{
	bool is_taken = true;

	while (is_taken) {
		snprintf(body->boundary, BOUNDARY, "=_part_%08lx", (unsigned long)number);
		is_taken = false;
		for (size_t i = 0; !is_taken && i < body->count; i++)
			is_taken = part_holds(&body->parts[i], body->boundary);
		number++;
	}
}

/*
 * RFC 2045, 6.4: what has parts is not encoded itself, but its field says what a channel
 * has to pass for the sake of them.
 */
static enum transfer_encoding needed_encoding(const struct body *body)
{
	enum transfer_encoding needed = TRANSFER_7BIT;

	for (size_t i = 0; i < body->count; i++) {
		enum transfer_encoding encoding = body->parts[i].encoding;

		if (encoding <= TRANSFER_BINARY && encoding > needed)
			needed = encoding;
	}
	return needed;
}

static void put_content_fields(FILE *out, const struct body *body)
{
	char type[BOUNDARY + sizeof "multipart/mixed; boundary=\"\""];

	if (body->count == 1) {
		part_put_fields(out, body->parts);
		return;
	}
	snprintf(type, sizeof type, "multipart/mixed; boundary=\"%s\"", body->boundary);
	header_put(
		out, "Content-Transfer-Encoding", transfer_name(needed_encoding(body)));
	header_put(out, "Content-Type", type);
}

/* The header in the order of the article, what it leaves out in between. */
static void put_header(
	FILE *out, const struct message *m, const struct body *body, uint32_t number)
{
	char date[DATE_OCTETS], id[MESSAGE_ID];
	time_t now = date_now();

	date_put(date, sizeof date, now);
	make_id(id, m->from, now, number);
	header_put(out, "From", m->from);
	header_put(out, "To", m->to[0] == '\0' ? "undisclosed-recipients:;" : m->to);
	if (m->has_subject)
		header_put(out, "Subject", m->subject);
	header_put(out, "Date", date);
	header_put(out, "Message-ID", id);
	if (m->as == COMPOSE_REPLY)
		answer_thread(out, &m->original);
	header_put(out, "MIME-Version", "1.0");
	put_content_fields(out, body);
	putc('\n', out);
}

/*
 * The line end before a boundary belongs to the boundary (5.1.1), not to the part. Where
 * that ends in a CR of its own, LF alone would be read as the rest of a CRLF.
 */
static const char *line_end(const struct part *part)
{
	bool has_cr = part->encoding == TRANSFER_BINARY && part->survey.last == '\r';

	return has_cr ? "\r\n" : "\n";
}

static void put_parts(FILE *out, struct body *body)
{
	for (size_t i = 0; i < body->count; i++) {
		struct part *part = &body->parts[i];

		fprintf(out, "--%s\n", body->boundary);
		part_put_fields(out, part);
		putc('\n', out);
		part_put_body(out, part);
		fputs(line_end(part), out);
	}
	fprintf(out, "--%s--\n", body->boundary);
}

void compose(FILE *out, const struct message *m)
{
	struct body body = {0};
	uint32_t number = number_of(m);

	open_parts(&body, m);
	for (size_t i = 0; i < body.count; i++) {
		body.parts[i].is_inside = body.count > 1;
		part_decide(&body.parts[i]);
	}
	if (body.count > 1)
		choose_boundary(&body, number);
	put_header(out, m, &body, number);
	if (body.count > 1)
		put_parts(out, &body);
	else
		part_put_body(out, body.parts);
	free(body.parts);
}
