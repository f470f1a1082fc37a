/*
 * outgoing: first a message is counted, then it is sent. Compare outgoing_count with
 * stuff in dots.c, which makes what it has counted, and adds the dots.
 */
#include "smtp/outgoing.h"
#include "message/header.h"
#include "smtp/dots.h"
#include "wire/spool.h"

void outgoing_count(struct outgoing *o, const char *octets, size_t n)
{
	/* The octets could be in *o, as far as the compiler knows; not in this copy of it. */
	struct outgoing count = *o;

	for (size_t i = 0; i < n; i++) {
		char c = octets[i];

		if (c == '\n' || c == '\r')
			count.column = 0;
		else
			count.column++;
		if (count.column > HEADER_LINE)
			count.long_line = true;
		if (c == '\n' && count.before != '\r')
			count.octets++; /* the CR before it */
		if (c != '\n' && count.before == '\r' && !count.cr_is_data)
			count.octets++; /* the LF after a bare CR */
		count.octets++;
		if ((unsigned char)c > 127)
			count.eight_bit = true;
		count.before = c;
	}
	*o = count;
}

void outgoing_count_end(struct outgoing *o)
{
	if (o->before == '\r' && !o->cr_is_data)
		o->octets++;
	else if (o->before != '\n')
		o->octets += 2;
}

/* Where the message begins in a file that may have the From line of a mailbox first. */
static long after_postmark(FILE *file)
{
	char octets[WIRE_LINE];
	long start = ftello(file);
	size_t postmark, n = fread(octets, 1, sizeof octets, file);

	header_begins(octets, n, &postmark);
	return start + (long)postmark;
}

int outgoing_open(struct outgoing *o, FILE *file)
{
	char octets[WIRE_SPAN];
	size_t n;

	file = spool(file);
	if (file == NULL)
		return -1;
	*o = (struct outgoing){
		.file = file, .start = after_postmark(file), .before = '\n'};
	if (fseeko(file, o->start, SEEK_SET) != 0)
		return -1;
	while ((n = fread(octets, 1, sizeof octets, file)) > 0)
		outgoing_count(o, octets, n);
	outgoing_count_end(o);
	return ferror(file) ? -1 : 0;
}

enum outgoing_sent outgoing_put(const struct outgoing *o, struct wire *w)
{
	char octets[WIRE_SPAN / 2], wire[WIRE_SPAN];
	struct stuff dots = {0};
	size_t n;

	if (fseeko(o->file, o->start, SEEK_SET) != 0)
		return OUTGOING_UNREAD;
	while (!wire_has_come(w) && (n = fread(octets, 1, sizeof octets, o->file)) > 0) {
		size_t made = stuff(&dots, octets, n, wire);

		if (wire_put(w, wire, made) < 0)
			break;
	}
	if (ferror(o->file))
		return OUTGOING_UNREAD;
	if (wire_has_come(w))
		return OUTGOING_ANSWERED;
	wire_put(w, wire, stuff_end(&dots, wire));
	return OUTGOING_SENT;
}
