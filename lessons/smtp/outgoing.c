/*
 * outgoing: first a message is counted, then it is sent. Compare outgoing_count with stuff in
 * dots.c: what the one makes, the other has counted, but for the dots.
 */
#include "smtp/outgoing.h"
#include "smtp/dots.h"
#include "wire/spool.h"

void outgoing_count(struct outgoing_size *size, const char *octets, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char c = octets[i];

		if (c == '\n' && size->before != '\r')
			size->octets++; /* the CR before it */
		if (c != '\n' && size->before == '\r' && !size->cr_is_data)
			size->octets++; /* the LF after a bare CR */
		size->octets++;
		if ((unsigned char)c > 127)
			size->eight_bit = true;
		size->before = c;
	}
}

uintmax_t outgoing_octets(const struct outgoing_size *size)
{
	if (size->before == '\n')
		return size->octets;
	if (size->before == '\r' && !size->cr_is_data)
		return size->octets + 1;
	return size->octets + 2; /* the last line gets its end */
}

int outgoing_open(struct outgoing *o, FILE *file)
{
	struct outgoing_size size = {.before = '\n'};
	char octets[WIRE_SPAN];
	size_t n;

	file = spool(file);
	if (file == NULL)
		return -1;
	*o = (struct outgoing){.file = file, .start = ftello(file)};
	while ((n = fread(octets, 1, sizeof octets, file)) > 0)
		outgoing_count(&size, octets, n);
	o->octets = outgoing_octets(&size);
	o->eight_bit = size.eight_bit;
	return ferror(file) ? -1 : 0;
}

int outgoing_put(const struct outgoing *o, struct wire *w)
{
	char octets[WIRE_SPAN / 2], wire[WIRE_SPAN];
	struct stuff dots = {0};
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
