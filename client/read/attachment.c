/*
 * attachment: a part for a program, not for the eye: Word is started on
 * application/msword, and application/octet-stream is offered for saving, for what it
 * may be only Bob can know (articles: B13, B14; RFC 2046, 4.5.1; RFC 2183, 5). Begin at
 * the end, with attachment_take.
 *
 *     echo 'application/msword; wc -c %s' >build/mailcap
 *     MAILCAPS=build/mailcap \
 *             build/mime-decode -a lessons/09-content-types/application-msword.eml
 */
#include "read/attachment.h"

#include "message/media-type.h"
#include "read/decode-part.h"
#include "read/safe-file.h"
#include "read/viewer.h"
#include "wire/utf8.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>
#include <termios.h>
#include <unistd.h>

static const char any_data[] = "application/octet-stream";

/* A part in hand. */
struct attachment {
	const struct attachment_options *options;
	struct multipart *message;
	const struct entity *entity;
	const char *type;	   /* what it is treated as */
	bool lacks_viewer;	   /* mailcap names no command for it */
	char name[SAFE_NAME_ROOM]; /* what to call it */
};

/*
 * A yes or a no of the person at the terminal, before something is done that a stranger's
 * message asks for. The answer is never read from standard input, which may be the
 * message.
 */

static const char terminal_path[] = "/dev/tty";

bool attachment_can_ask(FILE *in)
{
	if (isatty(fileno(in)))
		return false;
	if (!isatty(STDOUT_FILENO) && !isatty(STDERR_FILENO))
		return false;
	int terminal = open(terminal_path, O_RDWR | O_NOCTTY);
	if (terminal < 0)
		return false;
	close(terminal);
	return true;
}

/* `y` or `yes`, in any case, with blanks around it. A `y` without Enter is no answer. */
static bool is_yes(const char *line)
{
	char word[8], more;

	return strchr(line, '\n') != NULL && sscanf(line, "%7s %c", word, &more) == 1 &&
	       (strcasecmp(word, "y") == 0 || strcasecmp(word, "yes") == 0);
}

static bool ask(const char *question)
{
	char line[64];
	FILE *terminal = fopen(terminal_path, "r+");

	if (terminal == NULL)
		return false;
	fflush(stdout);
	/* A part shown before may have made the terminal itself type an answer. */
	tcflush(fileno(terminal), TCIFLUSH);
	utf8_show_line(terminal, question, strlen(question));
	fputs(" [y/N] ", terminal);
	ssize_t length = -1;
	if (fflush(terminal) == 0)
		length = read(fileno(terminal), line, sizeof line - 1);
	if (length <= 0)
		fputc('\n', terminal); /* no Enter has ended the line on the screen */
	fclose(terminal);
	line[length > 0 ? length : 0] = '\0';
	return is_yes(line);
}

static bool may_run(const struct attachment *part, const struct viewer *viewer)
{
	char question[MAILCAP_COMMAND + CONTENT_TYPE + 16];

	snprintf(question, sizeof question, "%s: run \"%s\"?", part->type,
		viewer->found.command);
	return ask(question);
}

static bool may_save(const struct attachment *part)
{
	char question[SAFE_NAME_ROOM + sizeof any_data + 16];

	if (strcmp(part->type, any_data) != 0 || !attachment_can_ask(part->message->in))
		return true;
	snprintf(question, sizeof question, "%s: save %s?", any_data, part->name);
	return ask(question);
}

/*
 * What is said goes to standard output at once, even for a part of an alternative whose
 * text is not chosen yet: no choice can take the file back.
 */
static void say(const struct attachment *part)
{
	entity_say(stdout, part->entity, NULL);
	if (part->entity->is_too_deep)
		fputs(", too deep: not taken apart", stdout);
	if (part->lacks_viewer)
		fputs(", not in mailcap", stdout);
}

/* Decodes the part to a file, or to NULL. False, with errno, where that failed. */
static bool read_part(const struct attachment *part, FILE *to, uintmax_t *octets)
{
	struct part_decoder decoder;

	part_decoder_start(&decoder, &part->entity->content, false, to);
	bool was_written = decode_part(&decoder, part->message);
	*octets = decoder.octets;
	if (part->message->why != 0)
		errno = part->message->why;
	return was_written && part->message->why == 0;
}

/* What failed: the message, or the place where the part is written. */
static const char *failed(const struct attachment *part, const char *place)
{
	return part->message->why != 0 ? part->options->source : place;
}

static void save(const struct attachment *part)
{
	const char *folder = part->options->folder;
	struct safe_file file;
	uintmax_t octets;

	safe_file_open(&file, folder);
	if (!read_part(part, file.stream, &octets)) {
		warn("%s", failed(part, folder));
		safe_file_drop(&file);
		exit(EX_IOERR);
	}
	safe_file_close(&file, part->name);
	say(part);
	printf(": saved %s, %ju bytes\n", file.name, octets);
}

static void offer(const struct attachment *part)
{
	uintmax_t octets;

	read_part(part, NULL, &octets);
	say(part);
	printf(": %s, %ju bytes, not %s\n", part->name, octets,
		part->options->folder == NULL ? "shown: -o DIR saves it" : "saved");
}

/* Runs the command that mailcap names on a private copy, which was agreed to. */
static void run(const struct attachment *part, struct viewer *viewer)
{
	uintmax_t octets;

	viewer_open(viewer);
	if (!read_part(part, viewer->copy, &octets))
		viewer_fail(viewer, failed(part, viewer->found.path));
	fflush(stdout);
	int status = viewer_run(viewer);
	say(part);
	fputs(": ran \"", stdout);
	utf8_show_line(stdout, viewer->found.command, strlen(viewer->found.command));
	printf("\", %ju bytes", octets);
	if (status > 0)
		printf(", which ended with status %d", status);
	putchar('\n');
}

static void choose_name(struct attachment *part)
{
	char otherwise[SAFE_NAME_ROOM];

	snprintf(otherwise, sizeof otherwise, "part-%.100s.%s", part->entity->number,
		media_type_suffix(part->type));
	safe_file_name(part->entity->content.name, otherwise, part->name);
}

void attachment_take(const struct attachment_options *options, struct multipart *message,
	const struct entity *entity)
{
	struct attachment part = {options, message, entity, .type = any_data};
	struct viewer viewer = {.copy = NULL};

	if (entity->content.transfer != TRANSFER_UNKNOWN)
		part.type = entity->content.type;
	choose_name(&part);
	if (options->acts) {
		part.lacks_viewer = !viewer_find(&viewer, part.type);
		fflush(stdout);
	}
	if (options->acts && !part.lacks_viewer && may_run(&part, &viewer))
		run(&part, &viewer);
	else if (options->folder != NULL && may_save(&part))
		save(&part);
	else
		offer(&part);
}
