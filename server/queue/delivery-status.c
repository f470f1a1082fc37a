/* delivery-status: first the words for a person, then the fields for a program. */
#include "queue/delivery-status.h"
#include "message/header.h"

#include <stdbool.h>
#include <string.h>

#define WIDTH 72 /* columns of the words for a person */

void delivery_status_ascii(char *text)
{
	for (; *text != '\0'; text++)
		if (*text == '\t')
			*text = ' ';
		else if (*text < ' ' || *text > '~')
			*text = '?';
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

/* Words in lines, each behind four blanks. */
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
	bool answered = fate->code[0] != '-';
	char reply[FATE_TEXT + 8];

	snprintf(reply, sizeof reply, "%s%s%s", answered ? fate->code : "",
		answered ? " " : "", words);
	fprintf(out, "\n<%s>\n    ", to);
	if (fate->outcome == GIVEN_UP) {
		fputs("It was given up after ", out);
		put_duration(out, (long long)(time(NULL) - b->entry->born));
		fputs(" of trying. What came of the last try:\n", out);
	} else if (answered) {
		fprintf(out, "The server %s refused it for good after ",
			b->where != NULL ? b->where : "there");
		put_duration(out, (long long)(time(NULL) - b->entry->born));
		fputs(":\n", out);
	} else {
		fputs("It was not tried:\n", out);
	}
	put_words(out, reply);
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
	else if (fate->text[0] == '5' &&
		 sscanf(fate->text, "5.%3u.%3u%n", &subject, &detail, &n) == 2 &&
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
	char value[FATE_TEXT + 300], status[16], date[HEADER_DATE * 2];

	snprintf(value, sizeof value, "rfc822; %s", to);
	putc('\n', out);
	header_put(out, "Final-Recipient", value);
	header_put(out, "Action", "failed");
	status_of(fate, status);
	header_put(out, "Status", status);
	if (fate->code[0] != '-' && b->where != NULL)
		put_remote(out, b->where);
	if (fate->code[0] != '-') {
		snprintf(value, sizeof value, "smtp; %s %s", fate->code, words);
		header_put(out, "Diagnostic-Code", value);
	}
	header_date(date, sizeof date, header_now());
	header_put(out, "Last-Attempt-Date", date);
}

/* Calls put for each recipient who will not get the message. */
static void each(FILE *out, const struct bounce *b,
	void (*put)(FILE *, const struct bounce *, const char *, const struct fate *,
		const char *))
{
	for (size_t i = 0; i < b->entry->envelope.count; i++) {
		const struct fate *fate = &b->fates[i];
		char words[FATE_TEXT];

		snprintf(words, sizeof words, "%s", fate->text);
		delivery_status_ascii(words);
		if (fate->outcome == FAILED || fate->outcome == GIVEN_UP)
			put(out, b, b->entry->envelope.to[i], fate, words);
	}
}

void delivery_status_words(FILE *out, const struct bounce *b)
{
	each(out, b, put_person);
}

void delivery_status_fields(FILE *out, const struct bounce *b)
{
	char value[300], date[HEADER_DATE * 2];

	snprintf(value, sizeof value, "dns; %s", b->host);
	header_put(out, "Reporting-MTA", value);
	header_date(date, sizeof date, b->entry->born);
	header_put(out, "Arrival-Date", date);
	each(out, b, put_fields);
}
