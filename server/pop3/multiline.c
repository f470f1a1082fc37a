/* multiline: see multiline.h. */
#include "pop3/multiline.h"

#include <string.h>

size_t multiline_put(struct multiline *m, const char *in, size_t n, char *out)
{
	const char *end = in + n;
	char *to = out;

	while (in < end) {
		const char *lf = memchr(in, '\n', (size_t)(end - in));
		size_t text = (size_t)((lf != NULL ? lf : end) - in);

		if (!m->within_line && *in == '.') {
			*to++ = '.';
			m->octets--;
		}
		memcpy(to, in, text);
		to += text;
		if (text > 0)
			m->cr = in[text - 1] == '\r';
		m->within_line = lf == NULL;
		if (lf != NULL) {
			if (!m->cr)
				*to++ = '\r';
			*to++ = '\n';
			m->cr = false;
		}
		in = lf != NULL ? lf + 1 : end;
	}
	m->octets += (size_t)(to - out);
	return (size_t)(to - out);
}

size_t multiline_end(struct multiline *m, char *out)
{
	static const char end[] = "\r\n.\r\n";
	size_t skip = m->within_line ? 0 : 2;

	m->octets += 2 - skip;
	memcpy(out, end + skip, sizeof end - 1 - skip);
	return sizeof end - 1 - skip;
}

size_t multiline_top(struct top *t, const char *in, size_t n)
{
	size_t i = 0;

	while (i < n && !(t->body && t->lines == 0)) {
		char c = in[i++];

		if (c != '\n') {
			t->text |= c != '\r';
			continue;
		}
		if (t->body)
			t->lines--;
		t->body |= !t->text;
		t->text = false;
	}
	return i;
}
