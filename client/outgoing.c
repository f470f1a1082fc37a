/* outgoing: see outgoing.h. */
#include "outgoing.h"
#include "dots.h"
#include "spool.h"

int outgoing_open(struct outgoing *o, FILE *file)
{
	char octets[WIRE_SPAN], before = '\n';
	size_t n;

	file = spool(file);
	if (file == NULL)
		return -1;
	*o = (struct outgoing){.file = file, .start = ftello(file)};
	while ((n = fread(octets, 1, sizeof octets, file)) > 0)
		for (size_t i = 0; i < n; i++) {
			char c = octets[i];

			if (c == '\r' || (c == '\n' && before != '\r'))
				o->octets += 2;
			else if (c != '\n')
				o->octets++;
			o->eight_bit |= (unsigned char)c > 127;
			before = c;
		}
	if (before != '\n' && before != '\r')
		o->octets += 2; /* the last line gets its end */
	return ferror(file) ? -1 : 0;
}

int outgoing_mail(const struct outgoing *o, struct dialogue *d, const char *from)
{
	char size[32] = "";

	if (d->has_size)
		snprintf(size, sizeof size, " SIZE=%ju", o->octets);
	return dialogue_command(d, FOR_COMMAND, "MAIL FROM:<%s>%s%s", from, size,
		o->eight_bit && d->has_8bit ? " BODY=8BITMIME" : "");
}

/*
 * Sends the message with the line of one dot at the end. Returns -1 where the file could
 * not be read to its end, and then the end was not sent either, so that half a message
 * is never taken for one.
 */
static int send_octets(struct outgoing *o, struct wire *w)
{
	char octets[WIRE_SPAN / 2], wire[WIRE_SPAN];
	struct stuff dots = {LINE_BEGINS};
	size_t n;

	if (fseeko(o->file, o->start, SEEK_SET) != 0)
		return -1;
	while (!w->broken && (n = fread(octets, 1, sizeof octets, o->file)) > 0)
		wire_put(w, wire, stuff(&dots, octets, n, wire));
	if (ferror(o->file))
		return -1;
	wire_put(w, wire, stuff_end(&dots, wire));
	return 0;
}

int outgoing_data(struct outgoing *o, struct dialogue *d)
{
	int digit = dialogue_command(d, FOR_DATA, "DATA");

	if (digit == 2)
		return dialogue_lose(d, "not a reply to DATA");
	if (digit != 3)
		return digit;
	d->wire.idle = FOR_BLOCK;
	if (send_octets(o, &d->wire) < 0)
		return dialogue_lose(d, "the message could not be read to its end");
	return dialogue_hear(d, FOR_DELIVERY);
}
