/*
 * smtp-dialogue: how a client hears a reply, and what it says, from EHLO to the dot that
 * ends a message. Begin with smtp_hear; smtp_data is a whole step.
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

/* Keeps a line of a reply; what EHLO is told of extensions is noticed. */
static void keep(struct smtp_dialogue *d, const char *line, size_t n)
{
	char shown[TRANSCRIPT_TEXT];
	size_t held = strlen(d->text);

	memcpy(d->code, line, 3);
	if (n <= 4)
		return;
	if (!d->introduced && strncasecmp(line + 4, "SIZE", 4) == 0 &&
		(line[8] == ' ' || line[8] == '\0'))
		d->has_size = true;
	if (!d->introduced && strcasecmp(line + 4, "8BITMIME") == 0)
		d->has_8bit = true;
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
	do {
		enum wire_got got = wire_line(&d->wire, line, sizeof line, &n);

		if (got == WIRE_STOP)
			return smtp_lose(d, "given up: nobody wants to know");
		if (got != WIRE_GOT && got != WIRE_BARE_LF)
			return smtp_lose(d, wire_why(got));
		lines++;
		if (!reply_is(line) || lines > REPLY_LINES)
			return smtp_lose(d, "not a reply of SMTP");
		keep(d, line, n);
	} while (reply_goes_on(line));
	if (strcmp(d->code, "421") == 0)
		d->lost = true; /* it closes now; that may happen at any moment (3.8) */
	return d->code[0] - '0';
}

int smtp_command(struct smtp_dialogue *d, enum patience patience, const char *format, ...)
{
	va_list arguments;

	if (d->lost)
		return d->code[0] == '-' ? 0 : smtp_lose(d, "the connection was lost");
	va_start(arguments, format);
	wire_vsay(&d->wire, format, arguments);
	va_end(arguments);
	return smtp_hear(d, patience);
}

int smtp_introduce(struct smtp_dialogue *d, const char *name, bool helo)
{
	int digit = helo ? 5 : smtp_command(d, FOR_COMMAND, "EHLO %s", name);

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

int smtp_data(struct smtp_dialogue *d, const struct outgoing *o)
{
	int digit = smtp_command(d, FOR_DATA, "DATA");

	if (digit == 2)
		return smtp_lose(d, "not a reply to DATA");
	if (digit != 3)
		return digit;
	d->wire.idle = FOR_BLOCK;
	if (outgoing_put(o, &d->wire) < 0)
		return smtp_lose(d, "the message could not be read to its end");
	return smtp_hear(d, FOR_DELIVERY);
}
