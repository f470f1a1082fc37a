/*
 * mime-decode: reads a message: shows its header and its texts, saves what is neither.
 * Passages B10 to B14: Bob's user agent first undoes Content-Transfer-Encoding,
 * then acts by Content-Type. RFC 2045, 5 and 6; RFC 2046.
 *
 *     build/mime-decode -o pictures lessons/07-base64/picture.eml
 */
#include "entity.h"
#include "media-type.h"
#include "part-list.h"
#include "save.h"
#include "shown-field.h"
#include "unpack.h"
#include "utf8.h"

#include <err.h>
#include <errno.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* What is to be done with a message, and how far it has come. */
struct task {
	const char *source; /* the name of the message in diagnostics */
	const char *folder; /* where to save, or NULL */
	bool field_shown;   /* one of the header in hand */
};

static void usage(FILE *out)
{
	fputs("usage: mime-decode [-l] [-o DIR] [FILE]\n"
	      "Reads the message in FILE, or standard input, and shows it.\n"
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

/* Says what a part is, and by what rule it is treated. */
static void show_rule(
	FILE *out, const struct content *content, const struct charset *charset)
{
	fputs(content->type, out);
	if (charset != NULL)
		charset_say(out, charset);
	fprintf(out, ", %s", content->encoding);
	if (media_type_is(content->type, "multipart") && !content->is_parts)
		fputs(", no boundary", out);
	if (!content->is_known && !content->is_parts)
		fputs(", not known: as application/octet-stream", out);
}

static void show_message(struct entity_reader *reader, const struct entity *entity)
{
	if (!entity->content.is_message)
		return;
	show_rule(reader->out, &entity->content, NULL);
	fputs(": a message in this one\n\n", reader->out);
}

static enum entity_shown show_text(
	struct entity_reader *reader, const struct entity *entity)
{
	struct unpack unpack;
	const char *type = entity->content.type, *how = " as text/plain";
	if (strcmp(type, "text/plain") == 0)
		how = "";
	if (strcmp(type, "text/html") == 0)
		how = " as text";
	unpack_start(&unpack, &entity->content, true, reader->out);
	show_rule(reader->out, &entity->content, &unpack.charset);
	fprintf(reader->out, ": shown%s\n\n", how);
	unpack_part(&unpack, reader->message);
	if (!unpack.ends_line)
		putc('\n', reader->out);
	if (entity->depth > 1)
		putc('\n', reader->out); /* another part may follow */
	return entity_text_shown(&entity->content);
}

/* What to call a part that is not shown. */
static void choose_name(const struct entity *entity, char *name)
{
	const struct content *content = &entity->content;
	char otherwise[SAVE_ROOM];
	snprintf(otherwise, sizeof otherwise, "part-%.100s.%s", entity->number,
		content->is_known ? media_type_suffix(content->type) : "bin");
	save_name(content->name, otherwise, name);
}

/* Saves a part; name becomes that of the file. */
static uintmax_t save(
	struct entity_reader *reader, const struct entity *entity, char *name)
{
	const struct task *task = reader->caller;
	const char *folder = task->folder;
	struct unpack unpack;
	struct save file;
	if (save_open(&file, folder) != 0)
		err(EX_IOERR, "%s", folder);
	unpack_start(&unpack, &entity->content, false, file.file);
	bool written = unpack_part(&unpack, reader->message);
	int why = errno;
	if (!written || ferror(reader->message->in))
		save_drop(&file);
	errno = why;
	if (!written)
		err(EX_IOERR, "%s", folder);
	if (ferror(reader->message->in))
		err(EX_IOERR, "%s", task->source);
	if (save_close(&file, name) != 0)
		err(EX_IOERR, "%s/%s", folder, name);
	snprintf(name, SAVE_ROOM, "%s", file.name);
	return unpack.octets;
}

static uintmax_t count(struct entity_reader *reader, const struct entity *entity)
{
	struct unpack unpack;
	unpack_start(&unpack, &entity->content, false, NULL);
	unpack_part(&unpack, reader->message);
	return unpack.octets;
}

static enum entity_shown read_body(
	struct entity_reader *reader, const struct entity *entity)
{
	const struct task *task = reader->caller;
	char name[SAVE_ROOM];
	uintmax_t octets;
	if (entity->content.is_shown)
		return show_text(reader, entity);
	choose_name(entity, name);
	octets =
		task->folder == NULL ? count(reader, entity) : save(reader, entity, name);
	show_rule(stdout, &entity->content, NULL);
	if (entity->is_too_deep)
		fputs(", too deep: not taken apart", stdout);
	printf(task->folder == NULL ? ": %s, %ju bytes, not shown: -o DIR saves it\n"
				    : ": saved %s, %ju bytes\n",
		name, octets);
	return ENTITY_NOT_SHOWN;
}

static void say_given_up(struct entity_reader *reader, const struct content *content)
{
	(void)reader;
	show_rule(stdout, content, NULL);
	puts(": another form of what is shown");
}

static void say_empty(struct entity_reader *reader, const struct content *content)
{
	(void)reader;
	show_rule(stdout, content, NULL);
	puts(": no part in it");
}

int main(int argc, char **argv)
{
	static struct entity_reader reader = {.field = show_field,
		.begin = show_message,
		.body = read_body,
		.give_up = say_given_up,
		.empty = say_empty};
	struct task task = {.source = "standard input"};
	int option;
	while ((option = getopt(argc, argv, "hlo:")) != -1) {
		switch (option) {
		case 'l':
			part_list(&reader);
			break;
		case 'o':
			task.folder = optarg;
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
		task.source = argv[optind];
		in = fopen(task.source, "rb");
		if (in == NULL)
			err(EX_NOINPUT, "%s", task.source);
	}
	reader.caller = &task;
	reader.out = stdout;
	entity_read(&reader, in);
	if (ferror(in))
		err(EX_IOERR, "%s", task.source);
	if (ferror(stdout) || fclose(stdout) != 0)
		err(EX_IOERR, "standard output");
	return 0;
}
