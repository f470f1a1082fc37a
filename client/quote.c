/*
 * Quoting: what is answered stands in the answer, each line behind `> `. Passage A1; a
 * custom that RFC 3676, 4.5, describes. For now it is the body as it is.
 *
 *     printf 'From: bob@hamburger.edu\n\nhi\n' >m; build/mime-encode -r m </dev/null
 */
#include "quote.h"

#include <stdbool.h>

int quote_text(FILE *out, FILE *message)
{
	int c, before = '\n';
	bool in_body = false;
	while ((c = getc(message)) != EOF) {
		if (c == '\r')
			continue;
		if (in_body && before == '\n')
			fputs("> ", out);
		if (in_body)
			putc(c, out);
		in_body = in_body || (c == '\n' && before == '\n');
		before = c;
	}
	if (before != '\n')
		putc('\n', out);
	return 0;
}
