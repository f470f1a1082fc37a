/*
 * entity: a text and its pictures are one message, and Bob's user agent looks at each
 * part, as its header tells (articles: B5, B10; RFC 2045, 2.4; RFC 2046, 5). Begin with
 * entity_read and read_entity.
 *
 *     build/mime-decode -l lessons/09-content-types/text-html-and-pictures.eml
 */
#include "read/entity.h"

#include "message/media-type.h"
#include "read/decode-part.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* How well an entity was shown, the best last. */
enum shown {
	NOT_SHOWN,
	SHOWN_AS_TEXT, /* the source of a text of a kind that is not known */
	SHOWN
};

/* Reads the nth entity that holder holds, or the message itself where that is NULL. */
static enum shown read_entity(struct entity_reader *reader, const struct entity *holder,
	unsigned long nth, struct entity *entity);

static void fail_temporary_file(void)
{
	err(EX_IOERR, "temporary file");
}

static FILE *open_temporary_file(void)
{
	FILE *file = tmpfile();
	if (file == NULL)
		fail_temporary_file();
	return file;
}

/* What was written to a temporary file can be read. */
static void turn_round(FILE *file)
{
	if (fflush(file) != 0 || ferror(file))
		fail_temporary_file();
	rewind(file);
}

/* One of several forms of the same, and what it looks like. */
struct form {
	struct entity entity;
	enum shown shown;
	FILE *text; /* NULL: there is none yet */
};

/* Reads the next form. It takes the place of the best so far, unless that is better. */
static void read_form(struct entity_reader *reader, const struct entity *multipart,
	unsigned long nth, struct form *best)
{
	struct form form = {.text = open_temporary_file()}, worse;
	FILE *out = reader->out;
	reader->out = form.text;
	form.shown = read_entity(reader, multipart, nth, &form.entity);
	reader->out = out;
	turn_round(form.text);
	if (form.shown >= best->shown) {
		worse = *best;
		*best = form;
	} else {
		worse = form;
	}
	if (worse.shown != NOT_SHOWN && reader->give_up != NULL)
		reader->give_up(reader, &worse.entity);
	if (worse.text != NULL)
		fclose(worse.text);
}

static void show_form(const struct form *form, FILE *out)
{
	char span[4096];
	size_t length;
	if (form->text == NULL)
		return;
	while ((length = fread(span, 1, sizeof span, form->text)) > 0)
		fwrite(span, 1, length, out);
	if (ferror(form->text))
		fail_temporary_file();
	fclose(form->text);
}

/* The same in several forms, the plainest first: the last that can be shown (5.1.4). */
static enum shown read_alternative(struct entity_reader *reader,
	const struct entity *multipart, unsigned long *parts)
{
	struct form best = {.shown = NOT_SHOWN};
	while (multipart_next(reader->message))
		read_form(reader, multipart, ++*parts, &best);
	show_form(&best, reader->out);
	return best.shown;
}

static enum shown read_mixed(struct entity_reader *reader, const struct entity *multipart,
	unsigned long *parts)
{
	struct entity part;
	enum shown best = NOT_SHOWN;
	while (multipart_next(reader->message)) {
		enum shown shown = read_entity(reader, multipart, ++*parts, &part);
		if (shown > best)
			best = shown;
	}
	return best;
}

static enum shown read_multipart(
	struct entity_reader *reader, const struct entity *multipart)
{
	const char *boundary = multipart->content.boundary;
	unsigned long parts = 0;
	enum shown shown;
	/* It cannot fail: content and ENTITY_DEPTH keep to the limits of it. */
	multipart_enter(reader->message, boundary, strlen(boundary));
	if (reader->chooses &&
		strcmp(multipart->content.type, "multipart/alternative") == 0)
		shown = read_alternative(reader, multipart, &parts);
	else
		shown = read_mixed(reader, multipart, &parts);
	if (reader->broken != NULL && (parts == 0 || !reader->message->closed))
		reader->broken(reader, multipart, parts == 0);
	return shown;
}

/* A message in a file of its own: the one that is read, or the copy of one in it. */
static enum shown read_file(
	struct entity_reader *reader, FILE *in, const struct entity *holder)
{
	struct multipart message, *outer = reader->message;
	struct entity entity;
	const char *rest;
	multipart_open(&message, in);
	reader->message = &message;
	enum shown shown = read_entity(reader, holder, 1, &entity);
	while (multipart_take(&message, &rest) > 0)
		continue;
	if (message.why != 0)
		reader->why = message.why;
	reader->message = outer;
	return shown;
}

static bool is_encoded(const struct entity *entity)
{
	enum transfer_encoding transfer = entity->content.transfer;
	return transfer == TRANSFER_BASE64 || transfer == TRANSFER_QUOTED_PRINTABLE;
}

/* A message in base64 breaks a rule (RFC 2045, 6.4), and is sent all the same. */
static enum shown read_encoded(struct entity_reader *reader, const struct entity *holder)
{
	struct part_decoder decoder;
	FILE *copy = open_temporary_file();
	part_decoder_start(&decoder, &holder->content, false, copy);
	if (!decode_part(&decoder, reader->message))
		fail_temporary_file();
	turn_round(copy);
	reader->encoded++;
	enum shown shown = read_file(reader, copy, holder);
	reader->encoded--;
	fclose(copy);
	return shown;
}

static enum shown read_message(struct entity_reader *reader, const struct entity *holder)
{
	struct entity entity;
	if (is_encoded(holder))
		return read_encoded(reader, holder);
	return read_entity(reader, holder, 1, &entity);
}

static enum shown read_body(struct entity_reader *reader, const struct entity *entity)
{
	const char *type = entity->content.type;
	if (!reader->body(reader, entity))
		return NOT_SHOWN;
	if (strcmp(type, "text/plain") == 0 || strcmp(type, "text/html") == 0)
		return SHOWN;
	return SHOWN_AS_TEXT;
}

/* The fields of a message are for its reader too, those of a part are not. */
static void read_header(struct entity_reader *reader, struct content *content,
	const struct entity *holder)
{
	const bool is_message = holder == NULL || holder->content.is_message;
	const bool is_told = is_message && reader->field != NULL;
	const bool is_in_digest =
		holder != NULL && strcmp(holder->content.type, "multipart/digest") == 0;
	struct header_field field;
	if (is_message)
		header_skip_postmark(reader->message);
	while (header_get(reader->message, &field) == HEADER_IS_FIELD) {
		content_take(content, &field);
		if (is_told)
			reader->field(reader, &field);
	}
	content_conclude(content, is_in_digest);
	if (is_told)
		reader->field(reader, NULL);
}

static void place(struct entity *entity, const struct entity *holder, unsigned long nth)
{
	entity->depth = 1;
	snprintf(entity->number, sizeof entity->number, "%lu", nth);
	if (holder == NULL)
		return;
	entity->depth = holder->depth + 1;
	snprintf(
		entity->number, sizeof entity->number, "%.480s.%lu", holder->number, nth);
}

static bool is_too_deep(const struct entity_reader *reader, const struct entity *entity)
{
	if (entity->depth >= ENTITY_DEPTH)
		return true;
	return entity->content.is_message && is_encoded(entity) &&
	       reader->encoded >= ENTITY_ENCODED;
}

static enum shown read_entity(struct entity_reader *reader, const struct entity *holder,
	unsigned long nth, struct entity *entity)
{
	const struct content *content = &entity->content;
	*entity = (struct entity){0};
	place(entity, holder, nth);
	read_header(reader, &entity->content, holder);
	if (!content->is_parts && !content->is_message)
		return read_body(reader, entity);
	entity->is_too_deep = is_too_deep(reader, entity);
	if (entity->is_too_deep)
		return read_body(reader, entity);
	if (reader->begin != NULL)
		reader->begin(reader, entity);
	if (content->is_parts)
		return read_multipart(reader, entity);
	return read_message(reader, entity);
}

void entity_read(struct entity_reader *reader, FILE *in)
{
	read_file(reader, in, NULL);
}

/* The line that names an entity. */

static bool is_bold(void)
{
	const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");
	if (!isatty(STDOUT_FILENO) || (none != NULL && none[0] != '\0'))
		return false;
	return terminal != NULL && terminal[0] != '\0' && strcmp(terminal, "dumb") != 0;
}

static void say_charset(FILE *out, const struct charset *charset)
{
	if (charset->found == CHARSET_STRAIGHT)
		return;
	fprintf(out, ", charset %s", charset->name);
	if (charset->found == CHARSET_UNKNOWN)
		fputs(" (not known: as us-ascii)", out);
	if (charset->read_as != NULL)
		fprintf(out, " (read as %s)", charset->read_as);
}

void entity_say(FILE *out, const struct entity *entity, const struct charset *charset)
{
	const struct content *content = &entity->content;
	const bool bold = is_bold();
	if (entity->depth > 1)
		fprintf(out, "%s ", entity->number);
	fputs(bold ? "\033[1m" : "", out);
	fputs(content->type, out);
	if (charset != NULL)
		say_charset(out, charset);
	fprintf(out, ", %s", content->encoding);
	if (media_type_is(content->type, "multipart") && !content->is_parts)
		fputs(", no boundary", out);
	if (!content->is_known && !content->is_parts)
		fputs(", not known: as application/octet-stream", out);
	fputs(bold ? "\033[0m" : "", out);
}
