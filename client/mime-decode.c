/*
 * mime-decode: reads a message: shows its header and its texts, saves what is neither.
 * Passages B10 to B14: Bob's user agent first undoes Content-Transfer-Encoding,
 * then acts by Content-Type. RFC 2045, 5 and 6; RFC 2046.
 *
 *     build/mime-decode -o pictures lessons/07-base64/picture.eml
 */
#include "read/ask.h"
#include "read/entity.h"
#include "read/attachment.h"
#include "read/part-list.h"
#include "read/shown-field.h"
#include "wire/startup.h"
#include "read/decode-part.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

/* What is to be done with a message, and how far it has come. */
struct task {
	struct keep keep; /* how to treat parts that are not shown */
	bool field_shown; /* one of the header in hand */
};

static void usage(FILE *out)
{
	fputs("usage: mime-decode [-l] [-a] [-o DIR] [FILE]\n"
	      "Reads the message in FILE, or standard input, and shows it.\n"
	      "-a  runs, if you say yes, what mailcap names for what is not shown: a "
	      "line\n"
	      "    of ~/.mailcap is: image/jpeg; feh %s\n"
	      "-l  lists its parts instead: number, type, encoding, charset, octets, "
	      "name\n"
	      "-o  saves in DIR what is not shown\n",
		out);
}

static void show_field(struct entity_reader *reader, const struct header_field *field)
{
	struct task *task = reader->caller;
	if (field != NULL) {
		task->field_shown = shown_field(reader->out, field) || task->field_shown;
		return;
	}
	if (task->field_shown)
		putc('\n', reader->out);
	task->field_shown = false;
}

static void show_message(struct entity_reader *reader, const struct entity *entity)
{
	if (!entity->content.is_message)
		return;
	entity_say(reader->out, entity, NULL);
	fputs(": a message in this one\n\n", reader->out);
}

static enum entity_shown show_text(
	struct entity_reader *reader, const struct entity *entity)
{
	struct part_decoder unpack;
	const char *type = entity->content.type, *how = " as text/plain";
	if (strcmp(type, "text/plain") == 0)
		how = "";
	if (strcmp(type, "text/html") == 0)
		how = " as text";
	part_decoder_start(&unpack, &entity->content, true, reader->out);
	entity_say(reader->out, entity, &unpack.charset);
	fprintf(reader->out, ": shown%s\n\n", how);
	decode_part(&unpack, reader->message);
	if (!unpack.ends_line)
		putc('\n', reader->out);
	if (unpack.utf8.is_wrong)
		fprintf(reader->out, "(\\xNN: octets that are no UTF-8%s)\n",
			entity->content.charset[0] == '\0' ? "; no charset is named"
							   : "");
	if (entity->depth > 1)
		putc('\n', reader->out); /* another part may follow */
	return entity_text_shown(&entity->content);
}

static enum entity_shown read_body(
	struct entity_reader *reader, const struct entity *entity)
{
	const struct task *task = reader->caller;
	if (entity->content.is_shown)
		return show_text(reader, entity);
	keep_part(&task->keep, reader->message, entity);
	return ENTITY_NOT_SHOWN;
}

static void say_given_up(struct entity_reader *reader, const struct entity *entity)
{
	(void)reader;
	entity_say(stdout, entity, NULL);
	puts(": another form of what is shown");
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

/* Opens the message; a folder can be opened too, but not be read. */
static FILE *open_message(const char *path)
{
	struct stat facts;
	FILE *in = fopen(path, "rb");
	if (in != NULL && fstat(fileno(in), &facts) == 0 && S_ISDIR(facts.st_mode)) {
		fclose(in);
		in = NULL;
		errno = EISDIR;
	}
	if (in == NULL)
		err(EX_NOINPUT, "%s", path);
	fcntl(fileno(in), F_SETFD, FD_CLOEXEC); /* it is not for what -a runs */
	return in;
}

int main(int argc, char **argv)
{
	static struct entity_reader reader = {.field = show_field,
		.begin = show_message,
		.body = read_body,
		.give_up = say_given_up,
		.broken = say_broken};
	struct task task = {.keep.source = "standard input"};
	int option;
	startup();
	while ((option = getopt(argc, argv, "ahlo:")) != -1) {
		switch (option) {
		case 'a':
			task.keep.acts = true;
			break;
		case 'l':
			part_list(&reader);
			break;
		case 'o':
			task.keep.folder = optarg;
			break;
		case 'h':
			usage(stdout);
			return fflush(stdout) == 0 ? 0 : EX_IOERR;
		default:
			usage(stderr);
			return EX_USAGE;
		}
	}
	if (argc - optind > 1) {
		usage(stderr);
		return EX_USAGE;
	}
	FILE *in = stdin;
	if (optind < argc) {
		task.keep.source = argv[optind];
		in = open_message(task.keep.source);
	}
	if (task.keep.acts && !ask_can(in)) {
		warnx("no terminal to ask on: nothing is run");
		task.keep.acts = false;
	}
	reader.caller = &task;
	reader.out = stdout;
	entity_read(&reader, in);
	if (reader.why != 0) {
		errno = reader.why;
		err(EX_IOERR, "%s", task.keep.source);
	}
	if (ferror(stdout) || fclose(stdout) != 0)
		err(EX_IOERR, "standard output");
	return 0;
}
