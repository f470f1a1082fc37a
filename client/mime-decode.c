/*
 * mime-decode: reads a message: shows its header and its texts, saves the rest. Bob's
 * user agent first undoes Content-Transfer-Encoding, then acts by Content-Type
 * (articles: B10-B14; RFC 2045, 5 and 6; RFC 2046).
 *
 *     build/mime-decode -o pictures lessons/07-base64/picture.eml
 */
#include "message/charset.h"
#include "message/encoded-word.h"
#include "read/attachment.h"
#include "read/decode-part.h"
#include "read/entity-line.h"
#include "read/entity.h"
#include "wire/program.h"
#include "wire/utf8.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* What is to be done with a message, and how far it has come. */
struct task {
	struct attachment_options attachments;
	bool field_shown; /* a field of the present header */
};

static const char usage[] =
	"usage: mime-decode [-l] [-a] [-o DIR] [FILE]\n"
	"Reads the message in FILE, or standard input, and shows it.\n"
	"-a  runs, if you say yes, what mailcap names for what is not shown: a line\n"
	"    of ~/.mailcap is: image/jpeg; feh %s\n"
	"-l  lists its parts instead: number, type, encoding, charset, octets, name\n"
	"-o  saves in DIR the parts that are not shown\n";

/* Without an option, the message is shown. */

static void show_field_line(FILE *out, const char *name, const char *value)
{
	char text[HEADER_FIELD * 4]; /* in UTF-8, words are longer */
	size_t length = encoded_word_decode(value, '\0', text, sizeof text);

	for (size_t at = 0; at < length; at++)
		if (text[at] == '\t')
			text[at] = ' '; /* a fold may have left it */
	fprintf(out, "%s: ", name);
	utf8_show_line(out, text, length);
	putc('\n', out);
}

/* These fields are for people, the others for programs (articles: B6; RFC 5322, 3.6). */
static void show_field(struct entity_reader *reader, const struct header_field *field)
{
	static const char *const names[] = {
		"From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date"};
	struct task *task = reader->caller;

	if (field == NULL) {
		if (task->field_shown)
			putc('\n', reader->out);
		task->field_shown = false;
		return;
	}
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *value = header_value(field, names[i]);

		if (value == NULL)
			continue;
		show_field_line(reader->out, names[i], value);
		task->field_shown = true;
	}
}

static void show_message(struct entity_reader *reader, const struct entity *entity)
{
	if (entity->content.kind != CONTENT_MESSAGE)
		return;
	entity_say(reader->out, entity, NULL);
	fputs(": a message in this one\n\n", reader->out);
}

static enum entity_shown show_text(
	struct entity_reader *reader, const struct entity *entity)
{
	const struct content *content = &entity->content;
	struct part_decoder decoder;
	const char *how = " as text/plain";

	if (strcmp(content->type, "text/plain") == 0)
		how = "";
	if (strcmp(content->type, "text/html") == 0)
		how = " as text";
	part_decoder_start(&decoder, content, true, reader->out);
	entity_say(reader->out, entity, &decoder.charset);
	fprintf(reader->out, ": shown%s\n\n", how);
	decode_part(&decoder, reader->message);
	if (!decoder.ends_line)
		putc('\n', reader->out);
	if (decoder.utf8.is_wrong)
		fputs("(\\xNN: octets that are no UTF-8)\n", reader->out);
	if (entity->depth > 1)
		putc('\n', reader->out); /* another part may follow */
	return decoder.is_blank ? ENTITY_BLANK : ENTITY_SHOWN;
}

static enum entity_shown show_body(
	struct entity_reader *reader, const struct entity *entity)
{
	const struct task *task = reader->caller;

	if (entity->content.kind == CONTENT_TEXT)
		return show_text(reader, entity);
	attachment_take(&task->attachments, reader->message, entity);
	return ENTITY_NOT_SHOWN;
}

static void say_given_up(
	struct entity_reader *reader, const struct entity *entity, bool is_blank)
{
	entity_say(reader->out, entity, NULL);
	fputs(is_blank ? ": empty\n" : ": another form of what is shown\n", reader->out);
}

static void say_broken(
	struct entity_reader *reader, const struct entity *entity, bool is_empty)
{
	const char *boundary = entity->content.boundary;

	(void)reader;
	entity_say(stdout, entity, NULL);
	fputs(is_empty ? ": no part in it: no line --" : ": cut off: no last line --",
		stdout);
	utf8_show_line(stdout, boundary, strlen(boundary));
	puts(is_empty ? "" : "--");
}

static const struct entity_reader shower = {.field = show_field,
	.begin = show_message,
	.body = show_body,
	.give_up = say_given_up,
	.broken = say_broken,
	.chooses = true};

/* With -l, an entity is a line. Types are indented as they hold one another. */

enum { INDENT = 2, INDENTS = 10, TYPE = 26 /* columns */ };

static void list_entity(const struct entity *entity, const char *octets)
{
	const struct content *content = &entity->content;
	const char *name = content->name[0] == '\0' ? "-" : content->name;
	unsigned above = entity->depth - 1 < INDENTS ? entity->depth - 1 : INDENTS;
	int indent = (int)above * INDENT;
	struct charset charset;

	charset_open(&charset, content->charset, strlen(content->charset));
	printf("%-7s %*s%-*s %-16s %-10s %8s  ", entity->number, indent, "",
		TYPE - indent, content->type, content->encoding,
		content->charset[0] == '\0' ? "-" : charset.name, octets);
	charset_close(&charset);
	utf8_show_line(stdout, name, strlen(name));
	putchar('\n');
}

static void list_holder(struct entity_reader *reader, const struct entity *entity)
{
	(void)reader;
	list_entity(entity, "-");
}

/* The octets are those of the part as a file. */
static enum entity_shown list_body(
	struct entity_reader *reader, const struct entity *entity)
{
	char octets[24];
	struct part_decoder decoder;

	part_decoder_start(&decoder, &entity->content, false, NULL);
	decode_part(&decoder, reader->message);
	snprintf(octets, sizeof octets, "%ju", decoder.octets);
	list_entity(entity, octets);
	return ENTITY_NOT_SHOWN;
}

static const struct entity_reader lister = {.begin = list_holder, .body = list_body};

/* Opens the message; a folder can be opened too, but not be read. */
static FILE *open_message(const char *path)
{
	FILE *in = fopen(path, "rb");
	int first = in == NULL ? EOF : getc(in);

	if (in == NULL || ferror(in))
		err(EX_NOINPUT, "%s", path);
	ungetc(first, in);
	fcntl(fileno(in), F_SETFD, FD_CLOEXEC); /* it is not for what -a runs */
	return in;
}

static void read_message(struct entity_reader *reader, struct task *task, FILE *in)
{
	struct attachment_options *attachments = &task->attachments;

	if (attachments->acts && !attachment_can_ask(in)) {
		warnx("no terminal to ask on: nothing is run");
		attachments->acts = false;
	}
	reader->caller = task;
	reader->out = stdout;
	entity_read(reader, in);
	if (reader->why != 0) {
		errno = reader->why;
		err(EX_IOERR, "%s", attachments->source);
	}
}

int main(int argc, char **argv)
{
	struct entity_reader reader = shower;
	struct task task = {.attachments.source = "standard input"};
	FILE *in = stdin;
	int option;

	program_begin();
	while ((option = program_option(argc, argv, "ahlo:", usage)) != -1) {
		switch (option) {
		case 'a':
			task.attachments.acts = true;
			break;
		case 'l':
			reader = lister;
			break;
		case 'o':
			task.attachments.folder = optarg;
			break;
		}
	}
	if (argc - optind > 1)
		program_usage(usage);
	if (optind < argc) {
		task.attachments.source = argv[optind];
		in = open_message(task.attachments.source);
	}
	read_message(&reader, &task, in);
	return program_end(EX_OK);
}
