/*
 * entity: a message taken apart, as its header and those of its parts tell. Passages B5
 * and B10: a text and its pictures are one message, and Bob's user agent looks at each.
 * RFC 2045, 2.4; RFC 2046, 5.
 *
 *     build/mime-decode -l lessons/09-content-types/text-html-and-pictures.eml
 */
#include "read/entity.h"

#include "read/decode-part.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/*
 * Reads the nth entity that holder holds, or the message where that is NULL, and fills in
 * entity: what holds others reads those in turn.
 */
static enum entity_shown read_entity(struct entity_reader *reader,
	const struct entity *holder, unsigned long nth, struct entity *entity);

static void fail(const char *what)
{
	err(EX_IOERR, "%s", what);
}

/* The header: the fields of a message are for its reader too, those of a part are not. */
static void read_header(struct entity_reader *reader, struct content *content,
	bool is_message, bool is_in_digest)
{
	struct header_field *field = &reader->header_field;
	if (is_message)
		header_skip_postmark(reader->message);
	while (header_get(reader->message, field) == HEADER_IS_FIELD) {
		content_take(content, field);
		if (is_message && reader->field != NULL)
			reader->field(reader, field);
	}
	content_conclude(content, is_in_digest);
	if (is_message && reader->field != NULL)
		reader->field(reader, NULL);
}

static void end_multipart(
	struct entity_reader *reader, const struct entity *multipart, bool is_empty)
{
	if (reader->broken != NULL && (is_empty || !reader->message->closed))
		reader->broken(reader, multipart, is_empty);
}

static enum entity_shown read_mixed(
	struct entity_reader *reader, const struct entity *multipart)
{
	struct entity part;
	enum entity_shown best = ENTITY_NOT_SHOWN, shown;
	unsigned long nth = 0;
	while (multipart_next(reader->message)) {
		shown = read_entity(reader, multipart, ++nth, &part);
		if (shown > best)
			best = shown;
	}
	end_multipart(reader, multipart, nth == 0);
	return best;
}

/* Passes what was written to a temporary file on to where it was to go. */
static void pass_on(FILE *from, FILE *out)
{
	char span[4096];
	size_t length;
	rewind(from);
	while ((length = fread(span, 1, sizeof span, from)) > 0)
		fwrite(span, 1, length, out);
	if (ferror(from))
		fail("temporary file");
}

/* One of several forms of the same, and what it looks like. */
struct form {
	struct entity entity;
	enum entity_shown shown;
	FILE *text;
};

/* Makes room for what a form looks like. */
static FILE *empty_text(struct form *form)
{
	if (form->text == NULL)
		form->text = tmpfile();
	else
		rewind(form->text);
	if (form->text == NULL || ftruncate(fileno(form->text), 0) != 0)
		fail("temporary file");
	return form->text;
}

/* The same in several forms, the plainest first: the last that can be shown (5.1.4). */
static enum entity_shown read_alternative(
	struct entity_reader *reader, const struct entity *multipart)
{
	struct form forms[2] = {{.shown = ENTITY_NOT_SHOWN}};
	struct form *best = &forms[0], *form = &forms[1];
	FILE *out = reader->out;
	unsigned long nth = 0;
	while (multipart_next(reader->message)) {
		reader->out = empty_text(form);
		form->shown = read_entity(reader, multipart, ++nth, &form->entity);
		if (fflush(form->text) != 0 || ferror(form->text))
			fail("temporary file");
		if (form->shown == ENTITY_NOT_SHOWN)
			continue;
		struct form *worse = form->shown < best->shown ? form : best;
		if (worse->shown != ENTITY_NOT_SHOWN)
			reader->give_up(reader, &worse->entity);
		form = worse; /* its place is that of the next */
		best = &forms[worse == &forms[0]];
	}
	reader->out = out;
	if (best->shown == ENTITY_NOT_SHOWN)
		best = form; /* the header of a message is better than nothing */
	if (best->text != NULL)
		pass_on(best->text, out);
	end_multipart(reader, multipart, nth == 0);
	for (size_t i = 0; i < 2; i++)
		if (forms[i].text != NULL)
			fclose(forms[i].text);
	return best->shown;
}

static enum entity_shown read_multipart(
	struct entity_reader *reader, const struct entity *multipart)
{
	const char *boundary = multipart->content.boundary;
	/* It cannot fail: content and ENTITY_DEPTH keep to the limits of it. */
	multipart_enter(reader->message, boundary, strlen(boundary));
	if (strcmp(multipart->content.type, "multipart/alternative") == 0 &&
		reader->give_up != NULL)
		return read_alternative(reader, multipart);
	return read_mixed(reader, multipart);
}

/* A message from its beginning to its end; it may be what another one holds. */
static enum entity_shown read_whole(
	struct entity_reader *reader, FILE *in, const struct entity *holder)
{
	struct multipart *outer = reader->message;
	struct entity entity;
	const char *rest;
	reader->message = malloc(sizeof *reader->message);
	if (reader->message == NULL)
		err(EX_OSERR, NULL);
	multipart_open(reader->message, in);
	enum entity_shown shown = read_entity(reader, holder, 1, &entity);
	while (multipart_take(reader->message, &rest) > 0)
		continue;
	if (reader->message->why != 0)
		reader->why = reader->message->why;
	free(reader->message);
	reader->message = outer;
	return shown;
}

static bool is_encoded(const struct entity *entity)
{
	enum transfer_encoding transfer = entity->content.transfer;
	return !entity->content.is_parts &&
	       (transfer == TRANSFER_BASE64 || transfer == TRANSFER_QUOTED_PRINTABLE);
}

/* A message in base64 breaks a rule (RFC 2045, 6.4), and is sent all the same. */
static enum entity_shown read_encoded(
	struct entity_reader *reader, const struct entity *holder)
{
	struct part_decoder unpack;
	FILE *copy = tmpfile();
	if (copy == NULL)
		fail("temporary file");
	part_decoder_start(&unpack, &holder->content, false, copy);
	if (!decode_part(&unpack, reader->message) || fflush(copy) != 0 || ferror(copy))
		fail("temporary file");
	rewind(copy);
	reader->encoded++;
	enum entity_shown shown = read_whole(reader, copy, holder);
	reader->encoded--;
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

static void number(struct entity *entity, const struct entity *holder, unsigned long nth)
{
	if (holder == NULL)
		snprintf(entity->number, sizeof entity->number, "%lu", nth);
	else
		snprintf(entity->number, sizeof entity->number, "%.480s.%lu",
			holder->number, nth);
	entity->depth = holder == NULL ? 1 : holder->depth + 1;
}

static enum entity_shown read_entity(struct entity_reader *reader,
	const struct entity *holder, unsigned long nth, struct entity *entity)
{
	const bool is_message = holder == NULL || holder->content.is_message;
	const bool is_in_digest =
		holder != NULL && strcmp(holder->content.type, "multipart/digest") == 0;
	struct content *content = &entity->content;
	*entity = (struct entity){0};
	number(entity, holder, nth);
	read_header(reader, content, is_message, is_in_digest);
	const bool holds = content->is_parts || content->is_message;
	entity->is_too_deep =
		holds &&
		(entity->depth >= ENTITY_DEPTH ||
			(is_encoded(entity) && reader->encoded >= ENTITY_ENCODED));
	if (!holds || entity->is_too_deep)
		return reader->body(reader, entity);
	if (reader->begin != NULL)
		reader->begin(reader, entity);
	return content->is_parts ? read_multipart(reader, entity)
				 : read_message(reader, entity);
}

enum entity_shown entity_read(struct entity_reader *reader, FILE *in)
{
	return read_whole(reader, in, NULL);
}

void entity_say(FILE *out, const struct entity *entity, const struct charset *charset)
{
	if (entity->depth > 1)
		fprintf(out, "%s ", entity->number);
	content_say(out, &entity->content, charset);
}

enum entity_shown entity_text_shown(const struct content *content)
{
	return strcmp(content->type, "text/plain") == 0 ||
			       strcmp(content->type, "text/html") == 0
		       ? ENTITY_SHOWN
		       : ENTITY_SHOWN_AS_TEXT;
}
