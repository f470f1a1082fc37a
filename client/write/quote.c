/*
 * quote: the text of a message, in the answer to it. Passage A1: user agents read,
 * reply, forward, save and compose. RFC 3676, 4.5: a `>` before each line.
 *
 *     build/mime-encode -r lessons/05-envelope-and-header/as-printed.eml </dev/null
 */
#include "write/quote.h"

#include "read/entity.h"
#include "read/decode-part.h"

#include <err.h>
#include <sysexits.h>

/* A message within the message is not quoted. */
struct task {
	unsigned inner; /* how deep it stands; 0: we are in none */
};

static void begin(struct entity_reader *reader, const struct entity *entity)
{
	struct task *task = reader->caller;
	if (entity->depth <= task->inner)
		task->inner = 0;
	if (entity->content.is_message && task->inner == 0)
		task->inner = entity->depth;
}

static bool take(struct entity_reader *reader, const struct entity *entity)
{
	struct task *task = reader->caller;
	struct part_decoder decoder;
	if (entity->depth <= task->inner)
		task->inner = 0;
	if (!entity->content.is_shown || task->inner != 0)
		return false;
	part_decoder_start(&decoder, &entity->content, true, reader->out);
	decode_part(&decoder, reader->message);
	fputs(decoder.ends_line ? "\n" : "\n\n", reader->out);
	return true;
}

/* Empty lines only part what is written: at the beginning and the end they go. */
static void quote_lines(FILE *out, FILE *text, const char *introduction)
{
	unsigned long empty = 0, lines = 0;
	bool line_start = true;
	int c;
	rewind(text);
	for (; (c = getc(text)) != EOF; line_start = c == '\n') {
		if (line_start && c == '\n') {
			empty++;
			continue;
		}
		for (; line_start && empty > 0; empty--)
			if (lines > 0)
				fputs(">\n", out);
		if (lines == 0 && line_start)
			fputs(introduction, out);
		if (line_start)
			fputs("> ", out);
		putc(c, out);
		lines += c == '\n';
	}
}

int quote_text(FILE *out, FILE *message, const char *introduction)
{
	struct task task = {0};
	FILE *text = tmpfile();
	if (text == NULL)
		err(EX_OSERR, "the quoted text");
	struct entity_reader reader = {.begin = begin,
		.body = take,
		.chooses = true,
		.caller = &task,
		.out = text};
	entity_read(&reader, message);
	if (ferror(message) || fflush(text) != 0 || ferror(text)) {
		warn("the quoted text");
		fclose(text);
		return EX_IOERR;
	}
	quote_lines(out, text, introduction);
	fclose(text);
	return 0;
}
