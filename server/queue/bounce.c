/*
 * bounce: first what is kept of the message that was not delivered, then what is written; the
 * whole of it is bounce_write, at the end. delivery-status.c has the words for each recipient.
 */
#include "queue/bounce.h"
#include "message/header.h"
#include "queue/delivery-status.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define HEADER_OCTETS 32768 /* of the message's header that go with the bounce */
#define LINE	      990   /* octets of a line of it */

/* What is kept of the message while its bounce is written. */
struct returned {
	char subject[256]; /* each "" where there is none that may stand in a header */
	char id[256];
	char boundary[32];
	char header[HEADER_OCTETS + 1];
};

/* Keeps a value of the header, if it is one and not too long; it is made harmless. */
static void keep(char *to, size_t size, const char *value)
{
	if (value == NULL || strlen(value) >= size)
		return;
	snprintf(to, size, "%s", value);
	delivery_status_ascii(to);
}

/* What is no id is no way to find the message by (RFC 5322, 3.6.4): <left@right>. */
static bool is_id(const char *id)
{
	size_t n = strlen(id);

	return n > 2 && id[0] == '<' && strcspn(id, " ?") == n &&
	       strcspn(id, ">") == n - 1;
}

/* The subject and the id of the message. */
static int read_fields(struct returned *r, FILE *file)
{
	struct {
		struct multipart message;
		struct header_field field;
	} *in = malloc(sizeof *in);

	if (in == NULL)
		return -1;
	multipart_open(&in->message, file);
	while (header_get(&in->message, &in->field) == HEADER_IS_FIELD) {
		keep(r->subject, sizeof r->subject, header_value(&in->field, "Subject"));
		keep(r->id, sizeof r->id, header_value(&in->field, "Message-ID"));
	}
	free(in);
	if (!is_id(r->id))
		r->id[0] = '\0';
	return 0;
}

/* The header of the message, from where file stands, so far as it has room. */
static void read_header(struct returned *r, FILE *file)
{
	char line[LINE + 2];
	size_t used = 0, n;
	bool begins = true, ends;

	while (fgets(line, sizeof line, file) != NULL) {
		ends = strchr(line, '\n') != NULL;
		n = strcspn(line, "\r\n");
		line[n] = '\0';
		delivery_status_ascii(line);
		if ((begins && n == 0) || used + n + 1 > HEADER_OCTETS)
			break;
		if (begins) { /* what is over LINE octets is left out */
			memcpy(r->header + used, line, n);
			r->header[used + n] = '\n';
			used += n + 1;
		}
		begins = ends;
	}
	r->header[used] = '\0';
}

/* The header of the bounce itself. Auto-Submitted keeps programs from answering it. */
static void put_header(FILE *out, const struct bounce *b, const struct returned *r)
{
	char value[600], date[HEADER_DATE * 2];

	header_date(date, sizeof date, header_now());
	header_put(out, "Date", date);
	snprintf(value, sizeof value, "Mail Delivery System <MAILER-DAEMON@%s>", b->host);
	header_put(out, "From", value);
	header_put(out, "To", b->entry->envelope.from);
	snprintf(value, sizeof value, "not delivered: %s",
		r->subject[0] != '\0' ? r->subject : "your message");
	header_put(out, "Subject", value);
	snprintf(value, sizeof value, "<%s@%s>", b->name, b->host);
	for (char *at = value; *at != '@'; at++)
		if (at > value && !isalnum((unsigned char)*at))
			*at = '-';
	header_put(out, "Message-ID", value);
	if (r->id[0] != '\0') {
		header_put(out, "In-Reply-To", r->id);
		header_put(out, "References", r->id);
	}
	header_put(out, "Auto-Submitted", "auto-replied");
	header_put(out, "MIME-Version", "1.0");
	snprintf(value, sizeof value,
		"multipart/report; report-type=delivery-status; boundary=\"%s\"",
		r->boundary);
	header_put(out, "Content-Type", value);
}

static void put_parts(FILE *out, const struct bounce *b, const struct returned *r)
{
	char date[HEADER_DATE * 2];

	header_date(date, sizeof date, b->entry->born);
	fprintf(out,
		"\n--%s\nContent-Type: text/plain; charset=us-ascii\n\n"
		"This is the mail server of %s. A message that you sent\n"
		"was not delivered to those who are named here, and is not tried again.\n"
		"It came here on %s; its header is below.\n",
		r->boundary, b->host, date);
	delivery_status_words(out, b);
	fprintf(out, "\n--%s\nContent-Type: message/delivery-status\n\n", r->boundary);
	delivery_status_fields(out, b);
	fprintf(out, "\n--%s\nContent-Type: text/rfc822-headers\n\n%s\n--%s--\n",
		r->boundary, r->header, r->boundary);
}

int bounce_write(FILE *out, const struct bounce *b)
{
	struct returned *r = calloc(1, sizeof *r);
	FILE *message = b->entry->file;
	unsigned n = 0;

	if (r == NULL || fseeko(message, b->entry->message, SEEK_SET) != 0 ||
		read_fields(r, message) < 0 ||
		fseeko(message, b->entry->message, SEEK_SET) != 0) {
		free(r);
		return -1;
	}
	read_header(r, message);
	do
		snprintf(r->boundary, sizeof r->boundary, "=_%u", n++);
	while (strstr(r->header, r->boundary) != NULL);
	put_header(out, b, r);
	put_parts(out, b, r);
	free(r);
	return ferror(out) ? -1 : 0;
}
