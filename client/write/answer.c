/*
 * Answering: one `Re:` however long the thread is, the ids by which programs find what
 * belongs together, and the words that are answered behind `> `. Passage A1; RFC 5322,
 * 3.6.4 and 3.6.5.
 *
 *     printf 'Yes.\n' | build/mime-encode -r lessons/05-envelope-and-header/as-printed.eml
 */
#include "write/answer.h"

#include "write/quote.h"

#include <err.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>

enum { SPAN = 32768 };

void answer_subject(char *subject, const char *mark, const struct original *original)
{
	const char *rest = original->subject + strspn(original->subject, " ");
	while (strncasecmp(rest, mark, strlen(mark)) == 0) {
		rest += strlen(mark);
		rest += strspn(rest, " ");
	}
	snprintf(subject, ANSWER_SUBJECT, "%s %s", mark, rest);
}

void answer_references(char *references, const struct original *original)
{
	const char *before = original->references[0] != '\0' ? original->references
							     : original->in_reply_to;
	const char *blank = before[0] != '\0' && original->id[0] != '\0' ? " " : "";
	int wrote =
		snprintf(references, HEADER_FIELD, "%s%s%s", before, blank, original->id);
	if (wrote < 0 || wrote >= HEADER_FIELD)
		references[0] = '\0';
}

static int write_own(FILE *out, FILE *own, const char *own_name)
{
	char span[SPAN];
	bool begun = ftello(out) == 0; /* nothing was quoted */
	size_t length;
	while ((length = fread(span, 1, sizeof span, own)) > 0) {
		if (memchr(span, '\0', length) != NULL) {
			warnx("%s: not the text of an answer: it holds a NUL", own_name);
			return EX_DATAERR;
		}
		if (!begun)
			putc('\n', out);
		begun = true;
		fwrite(span, 1, length, out);
	}
	if (ferror(own)) {
		warn("%s", own_name);
		return EX_IOERR;
	}
	return 0;
}

int answer_write(FILE *out, const struct original *original, FILE *message, FILE *own,
	const char *own_name)
{
	char introduction[ADDRESS_NAME + sizeof original->date + 32];
	snprintf(introduction, sizeof introduction, "%s%s%s%s wrote:\n",
		original->date[0] != '\0' ? "On " : "", original->date,
		original->date[0] != '\0' ? ", " : "",
		original->author[0] != '\0' ? original->author : "Somebody");
	int status = quote_text(out, message, introduction);
	return status != 0 ? status : write_own(out, own, own_name);
}
