/*
 * smtp-dialogue: how a client reads a reply, and what it says, from EHLO to the dot
 * that ends a message. Begin with smtp_hear; smtp_data is a whole step.
 */
#include "smtp/smtp-dialogue.h"
#include "transcript/reply.h"
#include "transcript/transcript.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define REPLY_LINES 1000 /* a reply of more has no end */

int smtp_lose(struct smtp_dialogue *d, const char *why)
{
	d->lost = true;
	memcpy(d->code, "---", sizeof d->code);
	snprintf(d->text, sizeof d->text, "%s", why);
	return 0;
}

/* Whether a line of the reply to EHLO, after its code, begins with this keyword. */
static bool offers(const char *line, const char *keyword)
{
	size_t n = strlen(keyword);

	return strncasecmp(line, keyword, n) == 0 && (line[n] == ' ' || line[n] == '\0');
}

/* Keeps the words of a line of a reply. */
static void keep(struct smtp_dialogue *d, const char *line, size_t n)
{
	char shown[TRANSCRIPT_TEXT];
	size_t held = strlen(d->text);

	if (n <= 4)
		return;
	transcript_text(line + 4, n - 4, shown);
	shown[strlen(shown) - 2] = '\0'; /* the \c: wire_line took the line end off */
	snprintf(d->text + held, sizeof d->text - held, "%s%s", held > 0 ? " " : "",
		shown);
}

int smtp_hear(struct smtp_dialogue *d, enum patience patience)
{
	char line[WIRE_LINE * 2];
	size_t n, lines = 0;

	if (d->lost)
		return 0;
	d->wire.idle = (int)patience;
	d->text[0] = '\0';
	wire_start_clock(&d->wire); /* for all lines of the reply together */
	do {
		enum wire_got got = wire_next_line(&d->wire, line, sizeof line, &n);

		if (got == WIRE_STOP)
			return smtp_lose(d, "given up: nobody wants to know");
		if (got == WIRE_BARE_LF)
			return smtp_lose(d, "its lines end in LF, not in CRLF");
		if (got != WIRE_GOT)
			return smtp_lose(d, wire_why(got));
		lines++;
		if (!reply_is(line) || lines > REPLY_LINES)
			return smtp_lose(d, "not a reply of SMTP");
		if (lines == 1)
			memcpy(d->code, line, 3);
		if (memcmp(d->code, line, 3) != 0)
			return smtp_lose(
				d, "not a reply of SMTP: a line of another code");
		if (lines > 1 && !d->introduced) { /* the first line is a name */
			d->has_size = d->has_size || offers(line + 4, "SIZE");
			d->has_8bit = d->has_8bit || offers(line + 4, "8BITMIME");
		}
		keep(d, line, n);
	} while (reply_goes_on(line));
	if (strcmp(d->code, "421") == 0)
		d->lost = true; /* it closes now; that may happen at any moment (3.8) */
	return d->code[0] - '0';
}

/*
 * Whether the server has said something that nobody asked for: it would be taken for the
 * reply to what is said next. A 421 may come unasked (3.8).
 */
static bool is_out_of_step(struct smtp_dialogue *d)
{
	const struct wire *w = &d->wire;

	if (!wire_has_come(&d->wire))
		return false;
	return w->end - w->start < 3 || memcmp(w->span + w->start, "421", 3) != 0;
}

static int lose_step(struct smtp_dialogue *d)
{
	d->out_of_step = true;
	return smtp_lose(d, "out of step: a reply came before its command");
}

int smtp_command(struct smtp_dialogue *d, enum patience patience, const char *format, ...)
{
	va_list arguments;

	if (d->lost)
		return d->code[0] == '-' ? 0 : smtp_lose(d, "the connection was lost");
	if (is_out_of_step(d))
		return lose_step(d);
	va_start(arguments, format);
	wire_vsay(&d->wire, format, arguments);
	va_end(arguments);
	return smtp_hear(d, patience);
}

int smtp_introduce(struct smtp_dialogue *d, const char *name, bool helo)
{
	int digit = 5;

	d->has_size = false;
	d->has_8bit = false;
	if (!helo)
		digit = smtp_command(d, FOR_COMMAND, "EHLO %s", name);
	if (digit == 5) {
		digit = smtp_command(d, FOR_COMMAND, "HELO %s", name);
		/* HELO offers nothing, whatever it says. */
		d->has_size = false;
		d->has_8bit = false;
	}
	d->introduced = digit == 2;
	return digit;
}

int smtp_mail(struct smtp_dialogue *d, const char *from, const struct outgoing *o)
{
	char size[32] = "";

	if (d->has_size)
		snprintf(size, sizeof size, " SIZE=%ju", o->octets);
	return smtp_command(d, FOR_COMMAND, "MAIL FROM:<%s>%s%s", from, size,
		o->eight_bit && d->has_8bit ? " BODY=8BITMIME" : "");
}

int smtp_rcpt(struct smtp_dialogue *d, const char *to, bool any)
{
	int digit = smtp_command(d, FOR_COMMAND, "RCPT TO:<%s>", to);
	char text[sizeof d->text];

	if (!any || strcmp(d->code, "552") != 0)
		return digit;
	memcpy(text, d->text, sizeof text);
	snprintf(d->text, sizeof d->text, "552 %.*s", (int)sizeof text - 5, text);
	memcpy(d->code, "452", sizeof d->code);
	return 4;
}

/*
 * The server has spoken before the final dot. It may refuse the rest of a message, if it
 * closes then; anything else is no reply to the message.
 */
static int hear_early(struct smtp_dialogue *d)
{
	int digit = smtp_hear(d, FOR_COMMAND);
	const char *octets;
	size_t n;

	if (d->lost)
		return digit;
	d->wire.idle = FOR_CLOSE;
	if ((digit != 4 && digit != 5) || wire_span(&d->wire, &octets, &n) != WIRE_END)
		return lose_step(d);
	d->lost = true;
	return digit;
}

int smtp_data(struct smtp_dialogue *d, const struct outgoing *o)
{
	int digit = smtp_command(d, FOR_DATA, "DATA");

	if (digit == 2)
		return smtp_lose(d, "not a reply to DATA");
	if (digit != 3)
		return digit;
	d->wire.idle = FOR_BLOCK;
	switch (outgoing_put(o, &d->wire)) {
	case OUTGOING_UNREAD:
		return smtp_lose(d, "the message could not be read to its end");
	case OUTGOING_ANSWERED:
		return hear_early(d);
	default:
		wire_flush(&d->wire); /* the last piece too is to be taken in that time */
		return smtp_hear(d, FOR_DELIVERY);
	}
}
