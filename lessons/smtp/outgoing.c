/* outgoing: see outgoing.h. */
#include "smtp/outgoing.h"
#include "smtp/dots.h"
#include "wire/spool.h"

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
