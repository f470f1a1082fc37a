/*
 * answer: an answer has one `Re:` however long the thread is, the ids by which programs
 * find the messages of a thread, and the words of the original after `> ` (RFC 3676,
 * 4.5). First the header of the original is read, then it goes into the header of the
 * answer, then the text is quoted.
 *
 *     printf 'Yes.\n' | build/mime-encode -r lessons/05-envelope-and-header/as-printed.eml
 */
#include "write/answer.h"

#include "message/encoded-word.h"
#include "read/decode-part.h"
#include "read/entity-header.h"
#include "read/entity.h"
#include "wire/spool.h"

#include <err.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>

enum {
	IDS = 100, /* of the ids in a field these are kept */
	SPAN = 32768
};

/* Printing ASCII without a blank; not an encoded-word, which a reader would decode. */
static bool is_of_id(const char *at)
{
	bool is_word = at[0] == '=' && at[1] == '?';

	return *at > ' ' && *at < 0x7f && *at != '<' && *at != '>' && !is_word;
}

/* The next Message-ID in value, in its angle brackets, its length in *length; or NULL. */
static const char *next_id(const char *value, size_t *length)
{
	const char *id = strchr(value, '<');

	for (; id != NULL; id = strchr(id + 1, '<')) {
		const char *at = id + 1;

		while (is_of_id(at))
			at++;
		*length = (size_t)(at + 1 - id);
		if (*at == '>' && *length > 2 && *length < ANSWER_ID)
			return id;
	}
	return NULL;
}

static size_t count_ids(const char *value)
{
	size_t length, count = 0;

	while ((value = next_id(value, &length)) != NULL) {
		count++;
		value += length;
	}
	return count;
}

/*
 * Copies ids, as many as fit into size octets: of more than IDS the first, which began it
 * all, and the last ones.
 */
static void copy_ids(const char *value, char *ids, size_t size)
{
	size_t count = count_ids(value), used = 0, length;

	for (size_t i = 0; i < count; i++) {
		bool is_kept = i == 0 || i + IDS > count;
		const char *blank = used > 0 ? " " : "";

		value = next_id(value, &length);
		if (is_kept && used + strlen(blank) + length < size)
			used += (size_t)snprintf(ids + used, size - used, "%s%.*s", blank,
				(int)length, value);
		value += length;
	}
}

/* Writes all the addresses in value anew; none where they do not fit. */
static void copy_addresses(const char *value, char *field)
{
	struct address address;
	bool fits = true;

	field[0] = '\0';
	value = address_next(value, &address);
	while (fits && value != NULL) {
		fits = address_add(&address, strlen("To: "), field, HEADER_FIELD);
		value = address_next(value, &address);
	}
	if (!fits)
		field[0] = '\0';
}

static void take_author(struct original *o, const char *value)
{
	struct address author;

	if (address_next(value, &author) != NULL)
		snprintf(o->author, sizeof o->author, "%s",
			author.name[0] != '\0' ? author.name : author.mailbox);
}

/* Of two fields of a name the first that can be used counts. */
static void take_field(void *original, const struct header_field *field)
{
	struct original *o = original;
	const char *value = header_value(field, "From");

	o->has_header = true;
	if (field->length >= HEADER_FIELD)
		return; /* it may be cut, in an address */

	if (value != NULL && o->from[0] == '\0') {
		take_author(o, value);
		copy_addresses(value, o->from);
	}
	value = header_value(field, "Reply-To");
	if (value != NULL && o->reply_to[0] == '\0')
		copy_addresses(value, o->reply_to);
	value = header_value(field, "Subject");
	if (value != NULL && o->subject[0] == '\0')
		encoded_word_readable(value, o->subject, sizeof o->subject);
	value = header_value(field, "Date");
	if (value != NULL && o->date[0] == '\0')
		encoded_word_readable(value, o->date, sizeof o->date);
	value = header_value(field, "Message-ID");
	if (value != NULL && o->id[0] == '\0') {
		copy_ids(value, o->id, sizeof o->id);
		o->id[strcspn(o->id, " ")] = '\0';
	}
	value = header_value(field, "In-Reply-To");
	/* Of old it could hold anything; one id is what it is now. */
	if (value != NULL && o->in_reply_to[0] == '\0' && count_ids(value) == 1)
		copy_ids(value, o->in_reply_to, sizeof o->in_reply_to);
	value = header_value(field, "References");
	if (value != NULL && o->references[0] == '\0')
		copy_ids(value, o->references, sizeof o->references);
}

void original_open(struct original *original, const char *path)
{
	struct multipart reader;
	struct entity_header header = {
		.is_message = true, .field = take_field, .caller = original};
	struct content content = {.type = ""};

	*original = (struct original){.source = path};
	FILE *file = fopen(path, "rb");
	if (file != NULL)
		file = spool(file);
	if (file == NULL)
		err(EX_NOINPUT, "%s", path);
	original->message = file;
	multipart_open(&reader, file);
	entity_header_read(&reader, &header, &content);
	if (ferror(file) || fseeko(file, 0, SEEK_SET) != 0)
		err(EX_NOINPUT, "%s", path);
}

void answer_subject(char *subject, const char *mark, const struct original *original)
{
	const char *rest = original->subject + strspn(original->subject, " ");

	while (strncasecmp(rest, mark, strlen(mark)) == 0) {
		rest += strlen(mark);
		rest += strspn(rest, " ");
	}
	snprintf(subject, ANSWER_SUBJECT, "%s %s", mark, rest);
}

void answer_thread(FILE *out, const struct original *original)
{
	char references[HEADER_FIELD];
	const char *id = original->id, *before = original->references;

	if (before[0] == '\0')
		before = original->in_reply_to;
	int length = snprintf(references, sizeof references, "%s%s%s", before,
		before[0] != '\0' && id[0] != '\0' ? " " : "", id);
	if (id[0] != '\0')
		header_put(out, "In-Reply-To", id);
	if (length > 0 && (size_t)length < sizeof references)
		header_put(out, "References", references);
}

static enum entity_shown take_text(
	struct entity_reader *reader, const struct entity *entity)
{
	struct part_decoder decoder;

	if (entity->is_in_message || entity->content.kind != CONTENT_TEXT)
		return ENTITY_NOT_SHOWN;
	part_decoder_start(&decoder, &entity->content, true, reader->out);
	decode_part(&decoder, reader->message);
	fputs(decoder.ends_line ? "\n" : "\n\n", reader->out);
	return decoder.is_blank ? ENTITY_BLANK : ENTITY_SHOWN;
}

/* Writes the texts that message shows to its reader, an empty line after each. */
static void read_texts(FILE *texts, FILE *message)
{
	struct entity_reader reader = {.body = take_text, .chooses = true, .out = texts};

	entity_read(&reader, message);
	if (ferror(message))
		err(EX_IOERR, "the quoted text");
	spool_turn(texts);
}

static void write_introduction(FILE *out, const struct original *original)
{
	if (original->date[0] != '\0')
		fprintf(out, "On %s, ", original->date);
	fprintf(out, "%s wrote:\n",
		original->author[0] != '\0' ? original->author : "Somebody");
}

/*
 * Quotes the text of the original. Empty lines only part what is written: at the
 * beginning and the end they go. Returns whether there was a line.
 */
static bool quote(FILE *out, const struct original *original, FILE *texts)
{
	unsigned long empty = 0; /* lines, till another one follows */
	bool is_begun = false, at_line_start = true;
	int c;

	while ((c = getc(texts)) != EOF) {
		if (at_line_start && c == '\n') {
			empty++;
			continue;
		}
		if (!is_begun) {
			write_introduction(out, original);
			is_begun = true;
			empty = 0;
		}
		for (; empty > 0; empty--)
			fputs(">\n", out);
		if (at_line_start)
			fputs("> ", out);
		putc(c, out);
		at_line_start = c == '\n';
	}
	return is_begun;
}

static void write_own(FILE *out, bool is_quoted, FILE *own, const char *source)
{
	char span[SPAN];
	size_t length = fread(span, 1, sizeof span, own);

	if (is_quoted && length > 0)
		putc('\n', out);
	for (; length > 0; length = fread(span, 1, sizeof span, own)) {
		if (memchr(span, '\0', length) != NULL)
			errx(EX_DATAERR, "%s: not the text of an answer: it holds a NUL",
				source);
		fwrite(span, 1, length, out);
	}
	if (ferror(own))
		err(EX_IOERR, "%s", source);
}

FILE *answer_text(const struct original *original, FILE *own, const char *source)
{
	FILE *texts = spool_new(), *out = spool_new();

	read_texts(texts, original->message);
	bool is_quoted = quote(out, original, texts);
	fclose(texts);
	write_own(out, is_quoted, own, source);
	spool_turn(out);
	return out;
}
