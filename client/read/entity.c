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
#include "wire/program.h"
#include "wire/spool.h"

#include <err.h>
#include <string.h>
#include <sysexits.h>

/* How well an entity was shown, the best last. */
enum shown {
	NOT_SHOWN,
	SHOWN_AS_TEXT, /* the source of a text of a kind that is not known */
	SHOWN
};

/* Reads the nth entity that holder holds, or the message itself where that is NULL. */
static enum shown read_entity(struct entity_reader *reader, const struct entity *holder,
	unsigned long nth, struct entity *entity);

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
	struct form form = {.text = spool_new()}, worse;
	FILE *out = reader->out;

	reader->out = form.text;
	form.shown = read_entity(reader, multipart, nth, &form.entity);
	reader->out = out;
	spool_turn(form.text);
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

	while ((length = fread(span, 1, sizeof span, form->text)) > 0)
		fwrite(span, 1, length, out);
	if (ferror(form->text))
		err(EX_IOERR, "temporary file");
	fclose(form->text);
}

/* Reads a part that is no form of the others. */
static void read_part(struct entity_reader *reader, const struct entity *multipart,
	unsigned long nth, enum shown *best)
{
	struct entity part;
	enum shown shown = read_entity(reader, multipart, nth, &part);

	if (shown > *best)
		*best = shown;
}

/*
 * The parts of a multipart/alternative are forms of the same, the plainest first: the
 * last that can be shown is (5.1.4).
 */
static enum shown read_multipart(
	struct entity_reader *reader, const struct entity *multipart)
{
	const struct content *content = &multipart->content;
	const bool has_forms =
		reader->chooses && strcmp(content->type, "multipart/alternative") == 0;
	struct form best = {.shown = NOT_SHOWN};
	unsigned long parts = 0;

	/* It cannot fail: content and ENTITY_DEPTH keep to the limits of it. */
	multipart_enter(reader->message, content->boundary, strlen(content->boundary));
	while (multipart_next(reader->message)) {
		parts++;
		if (has_forms)
			read_form(reader, multipart, parts, &best);
		else
			read_part(reader, multipart, parts, &best.shown);
	}
	if (best.text != NULL)
		show_form(&best, reader->out);
	if (reader->broken != NULL && (parts == 0 || !reader->message->closed))
		reader->broken(reader, multipart, parts == 0);
	return best.shown;
}

/* A message in a file of its own: the one that is read, or the copy of one in it. */
static enum shown read_file(
	struct entity_reader *reader, FILE *in, const struct entity *holder)
{
	struct entity_reader inner = *reader;
	struct multipart message;
	struct entity entity;
	const char *rest;

	multipart_open(&message, in);
	inner.message = &message;
	enum shown shown = read_entity(&inner, holder, 1, &entity);
	while (multipart_take(&message, &rest) > 0)
		continue;
	reader->why = message.why != 0 ? message.why : inner.why;
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
	FILE *copy = spool_new();

	part_decoder_start(&decoder, &holder->content, false, copy);
	decode_part(&decoder, reader->message);
	spool_turn(copy);
	enum shown shown = read_file(reader, copy, holder);
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
	const bool is_message = holder == NULL || holder->content.kind == CONTENT_MESSAGE;
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
	entity->is_in_message =
		holder->is_in_message || holder->content.kind == CONTENT_MESSAGE;
	entity->encoded = holder->encoded;
	if (holder->content.kind == CONTENT_MESSAGE && is_encoded(holder))
		entity->encoded++;
	snprintf(
		entity->number, sizeof entity->number, "%.480s.%lu", holder->number, nth);
}

static bool is_too_deep(const struct entity *entity)
{
	if (entity->depth >= ENTITY_DEPTH)
		return true;
	return entity->content.kind == CONTENT_MESSAGE && is_encoded(entity) &&
	       entity->encoded >= ENTITY_ENCODED;
}

static enum shown read_entity(struct entity_reader *reader, const struct entity *holder,
	unsigned long nth, struct entity *entity)
{
	const struct content *content = &entity->content;

	*entity = (struct entity){0};
	place(entity, holder, nth);
	read_header(reader, &entity->content, holder);
	const bool holds_others =
		content->kind == CONTENT_MULTIPART || content->kind == CONTENT_MESSAGE;
	entity->is_too_deep = holds_others && is_too_deep(entity);
	if (!holds_others || entity->is_too_deep)
		return read_body(reader, entity);
	if (reader->begin != NULL)
		reader->begin(reader, entity);
	if (content->kind == CONTENT_MULTIPART)
		return read_multipart(reader, entity);
	return read_message(reader, entity);
}

void entity_read(struct entity_reader *reader, FILE *in)
{
	read_file(reader, in, NULL);
}

/* The line that names an entity. */

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
	const bool bold = program_has_colours();

	if (entity->depth > 1)
		fprintf(out, "%s ", entity->number);
	fputs(bold ? "\033[1m" : "", out);
	fputs(content->type, out);
	if (charset != NULL)
		say_charset(out, charset);
	fprintf(out, ", %s", content->encoding);
	if (content->kind != CONTENT_MULTIPART) {
		if (media_type_is(content->type, "multipart"))
			fputs(", no boundary", out);
		if (content->transfer == TRANSFER_UNKNOWN)
			fputs(", not known: as application/octet-stream", out);
	}
	fputs(bold ? "\033[0m" : "", out);
}
