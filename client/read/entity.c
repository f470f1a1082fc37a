/*
 * entity: a text and its pictures are one message, and Bob's user agent looks at each
 * part, as its header tells (articles: B5, B10; RFC 2045, 2.4; RFC 2046, 5). Begin with
 * entity_read and read_entity.
 *
 *     build/mime-decode -l lessons/09-content-types/text-html-and-pictures.eml
 */
#include "read/entity.h"

#include "read/decode-part.h"
#include "read/entity-header.h"
#include "wire/spool.h"

#include <ctype.h>
#include <err.h>
#include <string.h>
#include <sysexits.h>

/* Reads the nth entity that holder holds, or the message itself where that is NULL. */
static enum entity_shown read_entity(struct entity_reader *reader,
	const struct entity *holder, unsigned long nth, struct entity *entity);

/* One of several forms of the same, and what it looks like. */
struct form {
	struct entity entity;
	enum entity_shown shown;
	FILE *text; /* NULL: not yet begun */
};

/* Says of a form, on out, that it is not shown. */
static void give_up(struct entity_reader *reader, const struct form *form, FILE *out)
{
	FILE *before = reader->out;

	reader->out = out;
	if (form->shown != ENTITY_NOT_SHOWN && reader->give_up != NULL)
		reader->give_up(reader, &form->entity, form->shown == ENTITY_BLANK);
	reader->out = before;
	if (form->text != NULL)
		fclose(form->text);
}

/* Reads the next form. It takes the place of the best so far, unless that is better. */
static void read_form(struct entity_reader *reader, const struct entity *multipart,
	unsigned long nth, struct form *best)
{
	struct form form = {.text = spool_new()};
	FILE *out = reader->out;

	reader->out = form.text;
	form.shown = read_entity(reader, multipart, nth, &form.entity);
	reader->out = out;
	if (form.shown >= best->shown) {
		give_up(reader, best, out);
		*best = form;
	} else {
		give_up(reader, &form, best->text);
	}
}

static void show_form(const struct form *form, FILE *out)
{
	char span[4096];
	size_t length;

	spool_turn(form->text);
	while ((length = fread(span, 1, sizeof span, form->text)) > 0)
		fwrite(span, 1, length, out);
	if (ferror(form->text))
		err(EX_IOERR, "temporary file");
	fclose(form->text);
}

/* Reads a part that is no form of the others. */
static void read_part(struct entity_reader *reader, const struct entity *multipart,
	unsigned long nth, enum entity_shown *best)
{
	struct entity part;
	enum entity_shown shown = read_entity(reader, multipart, nth, &part);

	if (shown > *best)
		*best = shown;
}

/*
 * The parts of a multipart/alternative are forms of the same, the plainest first: the
 * last that can be shown, and is not blank, is (5.1.4). Returns the best of the parts.
 */
static enum entity_shown read_parts(
	struct entity_reader *reader, const struct entity *multipart)
{
	const bool has_forms = reader->chooses && strcmp(multipart->content.type,
							  "multipart/alternative") == 0;
	struct form best = {.shown = ENTITY_NOT_SHOWN};
	unsigned long nth = 0;
	bool is_part = true;

	while (is_part) {
		nth++;
		if (has_forms)
			read_form(reader, multipart, nth, &best);
		else
			read_part(reader, multipart, nth, &best.shown);
		is_part = multipart_next(reader->message);
	}
	if (best.text != NULL)
		show_form(&best, reader->out);
	return best.shown;
}

static enum entity_shown read_body(
	struct entity_reader *reader, const struct entity *entity)
{
	const struct content *content = &entity->content;
	enum entity_shown shown = reader->body(reader, entity);
	const bool is_known = strcmp(content->type, "text/plain") == 0 ||
			      strcmp(content->type, "text/html") == 0;

	if (shown == ENTITY_SHOWN && (!is_known || content->transfer == TRANSFER_UNKNOWN))
		return ENTITY_AS_SOURCE;
	return shown;
}

/* A message in a file of its own: the one that is read, or the copy of one in it. */
static enum entity_shown read_file(
	struct entity_reader *reader, FILE *in, const struct entity *holder)
{
	struct entity_reader inner = *reader;
	struct multipart message;
	struct entity entity;
	const char *rest;

	multipart_open(&message, in);
	inner.message = &message;
	enum entity_shown shown = read_entity(&inner, holder, 1, &entity);
	while (multipart_take(&message, &rest) > 0)
		continue;
	reader->why = message.why != 0 ? message.why : inner.why;
	return shown;
}

/*
 * Takes what is before the first delimiter: mostly a line for readers of old that know no
 * parts. Where the last delimiter is the first, what comes after it too. copy is what was
 * taken before, or NULL. Returns the copy, or NULL where nothing can be seen in it.
 */
static FILE *take_preamble(struct multipart *message, FILE *copy)
{
	const char *octets;
	size_t length;

	while ((length = multipart_take(message, &octets)) > 0) {
		bool is_blank = true;

		for (size_t i = 0; i < length && is_blank; i++)
			is_blank = isspace((unsigned char)octets[i]);
		if (copy == NULL && !is_blank)
			copy = spool_new();
		if (copy != NULL)
			fwrite(octets, 1, length, copy);
	}
	return copy;
}

/* What cannot be taken apart is shown as a text, so that nothing of it is lost. */
static enum entity_shown read_undivided(
	struct entity_reader *reader, struct entity *multipart, FILE *text)
{
	struct entity_reader inner = *reader;
	struct multipart message;

	spool_turn(text);
	multipart_open(&message, text);
	inner.message = &message;
	content_undivided(&multipart->content);
	enum entity_shown shown = read_body(&inner, multipart);
	reader->why = message.why != 0 ? message.why : inner.why;
	return shown;
}

static enum entity_shown read_multipart(
	struct entity_reader *reader, struct entity *multipart)
{
	const char *boundary = multipart->content.boundary;
	enum entity_shown shown = ENTITY_NOT_SHOWN;

	/* It cannot fail: content and ENTITY_DEPTH keep to the limits of it. */
	multipart_enter(reader->message, boundary, strlen(boundary));
	FILE *preamble = take_preamble(reader->message, NULL);
	bool is_divided = multipart_next(reader->message);
	if (!is_divided && reader->message->closed) {
		if (preamble != NULL)
			putc('\n', preamble); /* the delimiter had it */
		preamble = take_preamble(reader->message, preamble);
	}
	if (!is_divided && preamble != NULL) {
		shown = read_undivided(reader, multipart, preamble);
		fclose(preamble);
		return shown;
	}
	if (preamble != NULL)
		fclose(preamble);
	if (reader->begin != NULL)
		reader->begin(reader, multipart);
	if (is_divided)
		shown = read_parts(reader, multipart);
	if (reader->broken != NULL && (!is_divided || !reader->message->closed))
		reader->broken(reader, multipart, !is_divided);
	return shown;
}

static bool is_encoded(const struct entity *entity)
{
	enum transfer_encoding transfer = entity->content.transfer;

	return transfer == TRANSFER_BASE64 || transfer == TRANSFER_QUOTED_PRINTABLE ||
	       transfer == TRANSFER_UUENCODE;
}

/* A message in base64 breaks a rule (RFC 2045, 6.4), and is sent all the same. */
static enum entity_shown read_encoded(
	struct entity_reader *reader, const struct entity *holder)
{
	struct part_decoder decoder;
	FILE *copy = spool_new();

	part_decoder_start(&decoder, &holder->content, false, copy);
	decode_part(&decoder, reader->message);
	spool_turn(copy);
	enum entity_shown shown = read_file(reader, copy, holder);
	fclose(copy);
	return shown;
}

static enum entity_shown read_message(
	struct entity_reader *reader, const struct entity *holder)
{
	struct entity entity;

	if (is_encoded(holder))
		return read_encoded(reader, holder);
	return read_entity(reader, holder, 1, &entity);
}

static void tell_field(void *caller, const struct header_field *field)
{
	struct entity_reader *reader = caller;

	reader->field(reader, field);
}

/* The fields of a message are for its reader too, those of a part are not. */
static void read_header(
	struct entity_reader *reader, struct entity *entity, const struct entity *holder)
{
	struct entity_header header = {.caller = reader};
	const bool is_message = holder == NULL || holder->content.kind == CONTENT_MESSAGE;
	const bool is_told = is_message && reader->field != NULL;

	header.is_message = is_message;
	header.is_in_digest =
		holder != NULL && strcmp(holder->content.type, "multipart/digest") == 0;
	header.field = is_told ? tell_field : NULL;
	if (holder != NULL)
		memcpy(header.charset, holder->charset, sizeof header.charset);
	entity_header_read(reader->message, &header, &entity->content);
	memcpy(entity->charset, header.charset, sizeof entity->charset);
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

static enum entity_shown read_entity(struct entity_reader *reader,
	const struct entity *holder, unsigned long nth, struct entity *entity)
{
	const struct content *content = &entity->content;

	*entity = (struct entity){0};
	place(entity, holder, nth);
	read_header(reader, entity, holder);
	const bool holds_others =
		content->kind == CONTENT_MULTIPART || content->kind == CONTENT_MESSAGE;
	entity->is_too_deep = holds_others && is_too_deep(entity);
	if (!holds_others || entity->is_too_deep)
		return read_body(reader, entity);
	if (content->kind == CONTENT_MULTIPART)
		return read_multipart(reader, entity);
	if (reader->begin != NULL)
		reader->begin(reader, entity);
	return read_message(reader, entity);
}

void entity_read(struct entity_reader *reader, FILE *in)
{
	read_file(reader, in, NULL);
}
