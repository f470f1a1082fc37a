/* outgoing: see outgoing.h. */
#include "outgoing.h"
#include "dots.h"

#include <errno.h>

/* All that is left of a file, in a temporary one that can be read twice. */
static FILE *spool(FILE *from)
{
	FILE *to = tmpfile();
	char octets[WIRE_SPAN];
	size_t n;

	if (to == NULL)
		return NULL;
	while ((n = fread(octets, 1, sizeof octets, from)) > 0)
		if (fwrite(octets, 1, n, to) < n)
			break;
	if (ferror(from) || fflush(to) != 0 || ferror(to)) {
		fclose(to);
		return NULL;
	}
	fclose(from);
	rewind(to);
	return to;
}

int outgoing_open(struct outgoing *o, FILE *file)
{
	char octets[WIRE_SPAN], before = '\n';
	size_t n;

	*o = (struct outgoing){.file = file};
	o->start = ftell(file);
	if (o->start < 0 || fseek(file, o->start, SEEK_SET) != 0) {
		file = spool(file);
		if (file == NULL)
			return -1;
		o->file = file;
		o->start = 0;
	}
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

int outgoing_send(struct outgoing *o, struct wire *w)
{
	char octets[WIRE_SPAN / 2], wire[WIRE_SPAN];
	struct stuff dots = {LINE_BEGINS};
	size_t n;

	if (fseek(o->file, o->start, SEEK_SET) != 0)
		return -1;
	while (!w->broken && (n = fread(octets, 1, sizeof octets, o->file)) > 0)
		wire_put(w, wire, stuff(&dots, octets, n, wire));
	if (ferror(o->file))
		return -1;
	wire_put(w, wire, stuff_end(&dots, wire));
	return 0;
}
