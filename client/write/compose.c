/*
 * Composing: what a user agent puts into a message, and in which order. Passages A1 and
 * B5; RFC 2046, 5.1.3 and 5.2.1.
 *
 *     build/mime-encode -w lessons/07-base64/picture.eml README.md
 */
#include "write/compose.h"

#include "write/answer.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* The next part, which is only counted where it has come to something. */
static struct part *next_part(struct mixed *body, const struct part_asked *asked)
{
	struct part *part = &body->parts[body->count];
	part->asked = *asked;
	return part;
}

/* The text of an answer: what is quoted of the message, and own, which is closed. */
static int open_answer(
	struct part *part, const struct material *m, FILE *own, const char *own_name)
{
	FILE *text = tmpfile();
	if (text == NULL)
		err(EX_IOERR, "temporary file");
	int status = answer_write(text, m->answered, m->message, own, own_name);
	if (status == 0 && (fflush(text) != 0 || ferror(text)))
		err(EX_IOERR, "temporary file");
	rewind(text);
	fclose(own);
	part_take_text(part, text, "the answer");
	return status;
}

/* The part that the message begins with; none where the text of a forward is empty. */
static int open_first(struct mixed *body, const struct material *m)
{
	struct part *part = next_part(body, &m->asked);
	int status = part_open(part, m->count > 0 ? m->paths[0] : NULL);
	if (status != 0)
		return status;
	if (m->answered != NULL) {
		struct part own = *part;
		*part = (struct part){.asked = m->asked};
		status = open_answer(part, m, own.data, own.source);
	} else if (m->message != NULL) {
		int c = getc(part->data);
		if (c == EOF && !ferror(part->data)) {
			fclose(part->data);
			*part = (struct part){0};
			return 0;
		}
		ungetc(c, part->data);
	}
	body->count++;
	return status;
}

/* A message may be in lines or as it is; -e is about the others (RFC 2045, 6.4). */
static void open_forwarded(struct mixed *body, const struct material *m)
{
	static const struct part_asked nothing;
	struct part *part = next_part(body, &nothing);
	const char *encoding = m->asked.encoding;
	if (encoding != NULL && transfer_encoding(encoding) == TRANSFER_BINARY)
		part->asked.encoding = encoding;
	part_take_message(part, m->message, m->source);
	body->count++;
}

int compose(struct mixed *body, const struct material *m)
{
	body->count = 0;
	body->parts = calloc(m->count + 2, sizeof *body->parts);
	if (body->parts == NULL)
		err(EX_OSERR, "%zu files", m->count);
	int status = open_first(body, m);
	if (status == 0 && m->message != NULL && m->answered == NULL)
		open_forwarded(body, m);
	for (size_t i = 1; status == 0 && i < m->count; i++) {
		status = part_open(next_part(body, &m->asked), m->paths[i]);
		body->count++;
	}
	return status;
}
