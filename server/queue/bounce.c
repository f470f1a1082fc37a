/*
 * bounce: first it keeps parts of the message that was not delivered; then it writes
 * about each recipient, in words for a person and in fields for a program;
 * bounce_write, at the end, is the whole.
 */
#include "queue/bounce.h"
#include "message/date.h"
#include "message/header.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define HEADER_OCTETS 32768 /* of the message's header that go with the bounce */
#define LINE	      990   /* octets of a line of it */
#define WIDTH	      72    /* columns of the words for a person */

/* What is kept of the message while its bounce is written. */
struct returned {
	struct multipart message;
	struct header_field field; /* the present one */
	char subject[256];	   /* each "" if it may not be in a header */
	char id[256];
	char boundary[32];
	char header[HEADER_OCTETS + 1];
};

/* Makes a question mark of each octet that is no printing ASCII. */
static void make_ascii(char *text)
{
	for (; *text != '\0'; text++)
		if (*text == '\t')
			*text = ' ';
		else if (*text < ' ' || *text > '~')
			*text = '?';
}

/* Keeps a value of the header, if it is one and not too long; it is made harmless. */
static void keep(char *to, size_t size, const char *value)
{
	if (value == NULL || strlen(value) >= size)
		return;
	snprintf(to, size, "%s", value);
	make_ascii(to);
}

/* Whether it is an id, <left@right>, to find the message by (RFC 5322, 3.6.4). */
static bool is_id(const char *id)
{
	size_t n = strlen(id);

	return n > 2 && id[0] == '<' && strcspn(id, " ?") == n &&
	       strcspn(id, ">") == n - 1;
}

/* The subject and the id of the message. */
static void read_fields(struct returned *r, FILE *file)
{
	multipart_open(&r->message, file);
	while (header_get(&r->message, &r->field) == HEADER_IS_FIELD) {
		keep(r->subject, sizeof r->subject, header_value(&r->field, "Subject"));
		keep(r->id, sizeof r->id, header_value(&r->field, "Message-ID"));
	}
	if (!is_id(r->id))
		r->id[0] = '\0';
}

/* The header of the message, from the position of file, as far as it has room. */
static void read_header(struct returned *r, FILE *file)
{
	char line[LINE + 2];
	size_t used = 0, n;
	bool begins = true, ends;

	while (fgets(line, sizeof line, file) != NULL) {
		ends = strchr(line, '\n') != NULL;
		n = strcspn(line, "\r\n");
		line[n] = '\0';
		make_ascii(line);
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

/* How long it was tried, in the largest unit of which it is one at least. */
static void put_duration(FILE *out, long long seconds)
{
	static const struct {
		long long seconds;
		const char *unit;
	} units[] = {{86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}};
	size_t i = 0;

	if (seconds < 1)
		seconds = 1;
	while (seconds < units[i].seconds)
		i++;
	seconds /= units[i].seconds;
	fprintf(out, "%lld %s%s", seconds, units[i].unit, seconds == 1 ? "" : "s");
}

/* Words in lines, each after four blanks. */
static void put_words(FILE *out, const char *text)
{
	size_t column = 0, n;

	for (; *text != '\0'; text += n) {
		n = strspn(text, " ") + strcspn(text + strspn(text, " "), " ");
		if (column > 0 && column + n > WIDTH) {
			putc('\n', out);
			column = 0;
		}
		if (column == 0)
			fputs("   ", out);
		fprintf(out, "%s%.*s", *text == ' ' ? "" : " ", (int)n, text);
		column += n;
	}
	putc('\n', out);
}

/* A recipient's paragraph. */
static void put_person(FILE *out, const struct bounce *b, const char *to,
	const struct fate *fate, const char *words)
{
	fprintf(out, "\n<%s>\n    ", to);
	if (fate->outcome == GIVEN_UP) {
		fputs("It was given up after ", out);
		put_duration(out, (long long)(time(NULL) - b->entry->born));
		fputs(" of trying. What came of the last try:\n", out);
	} else if (fate->code[0] != '-') {
		fprintf(out, "The server %s refused it for good after ",
			b->where != NULL ? b->where : "there");
		put_duration(out, (long long)(time(NULL) - b->entry->born));
		fputs(":\n", out);
	} else {
		fputs("It was not tried:\n", out);
	}
	put_words(out, words);
}

/* The enhanced status code (RFC 3463): the server's own, where it says one. */
static void status_of(const struct fate *fate, char status[16])
{
	unsigned subject, detail;
	int n = 0;

	if (fate->outcome == GIVEN_UP)
		snprintf(status, 16, "4.4.7");
	else if (fate->code[0] == '-')
		snprintf(status, 16, "5.1.2");
	else if (sscanf(fate->text, "%*3c 5.%3u.%3u%n", &subject, &detail, &n) == 2 &&
		 (fate->text[n] == ' ' || fate->text[n] == '\0'))
		snprintf(status, 16, "5.%u.%u", subject, detail);
	else
		snprintf(status, 16, "5.0.0");
}

/* The host of HOST:PORT, as a name or as an address literal (RFC 5321, 4.1.3). */
static void put_remote(FILE *out, const char *where)
{
	char host[300];
	size_t n = (size_t)(strrchr(where, ':') - where);

	if (where[0] == '[')
		snprintf(host, sizeof host, "dns; [IPv6:%.*s", (int)n - 1, where + 1);
	else if (strspn(where, "0123456789.") == n)
		snprintf(host, sizeof host, "dns; [%.*s]", (int)n, where);
	else
		snprintf(host, sizeof host, "dns; %.*s", (int)n, where);
	header_put(out, "Remote-MTA", host);
}

/* A recipient's fields (RFC 3464, 2.3). */
static void put_fields(FILE *out, const struct bounce *b, const char *to,
	const struct fate *fate, const char *words)
{
	char value[FATE_TEXT + 300], status[16], date[DATE_OCTETS * 2];

	snprintf(value, sizeof value, "rfc822; %s", to);
	putc('\n', out);
	header_put(out, "Final-Recipient", value);
	header_put(out, "Action", "failed");
	status_of(fate, status);
	header_put(out, "Status", status);
	if (fate->code[0] != '-' && b->where != NULL)
		put_remote(out, b->where);
	if (fate->code[0] != '-') {
		snprintf(value, sizeof value, "smtp; %s", words);
		header_put(out, "Diagnostic-Code", value);
	}
	date_put(date, sizeof date, date_now());
	header_put(out, "Last-Attempt-Date", date);
}

/* Calls put for each recipient that will not get the message. */
static void each(FILE *out, const struct bounce *b,
	void (*put)(FILE *, const struct bounce *, const char *, const struct fate *,
		const char *))
{
	for (size_t i = 0; i < b->entry->envelope.count; i++) {
		const struct fate *fate = &b->fates[i];
		char words[FATE_TEXT];

		snprintf(words, sizeof words, "%s", fate->text);
		make_ascii(words);
		if (fate->outcome == FAILED || fate->outcome == GIVEN_UP)
			put(out, b, b->entry->envelope.to[i], fate, words);
	}
}

/* The header of the bounce itself. Auto-Submitted keeps programs from answering it. */
static void put_header(FILE *out, const struct bounce *b, const struct returned *r)
{
	char value[600], date[DATE_OCTETS * 2];

	date_put(date, sizeof date, date_now());
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
	char value[300], date[DATE_OCTETS * 2];

	date_put(date, sizeof date, b->entry->born);
	fprintf(out,
		"\n--%s\nContent-Type: text/plain; charset=us-ascii\n\n"
		"This is the mail server of %s. A message that you sent\n"
		"was not delivered to those who are named here, and is not tried again.\n"
		"It came here on %s; its header is below.\n",
		r->boundary, b->host, date);
	each(out, b, put_person);
	fprintf(out, "\n--%s\nContent-Type: message/delivery-status\n\n", r->boundary);
	snprintf(value, sizeof value, "dns; %s", b->host);
	header_put(out, "Reporting-MTA", value);
	header_put(out, "Arrival-Date", date);
	each(out, b, put_fields);
	fprintf(out, "\n--%s\nContent-Type: text/rfc822-headers\n\n%s\n--%s--\n",
		r->boundary, r->header, r->boundary);
}

int bounce_write(FILE *out, const struct bounce *b)
{
	struct returned *r = calloc(1, sizeof *r);
	FILE *message = b->entry->file;
	unsigned n = 0;

	if (r == NULL)
		return -1;
	fseeko(message, b->entry->message, SEEK_SET);
	read_fields(r, message);
	fseeko(message, b->entry->message, SEEK_SET);
	read_header(r, message);
	do
		snprintf(r->boundary, sizeof r->boundary, "=_%u", n++);
	while (strstr(r->header, r->boundary) != NULL);
	put_header(out, b, r);
	put_parts(out, b, r);
	free(r);
	return ferror(out) || ferror(message) ? -1 : 0;
}
