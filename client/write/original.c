/*
 * The message that is answered or forwarded, as far as its header goes. Passage A1 says
 * that user agents do both; RFC 5322, 3.6.4 and 3.6.5, how the new message tells of it.
 *
 *     build/mime-encode -r lessons/05-envelope-and-header/encoded-words.eml </dev/null
 */
#include "write/original.h"

#include "write/address-list.h"
#include "message/encoded-word.h"

#include <string.h>

enum { COLUMN = sizeof "To: " - 1 };

static void take_from(struct original *o, const char *value)
{
	struct address author;
	if (address_next(value, &author) != NULL)
		snprintf(o->author, sizeof o->author, "%s",
			author.name[0] != '\0' ? author.name : author.mailbox);
	if (address_list(value, COLUMN, o->from, sizeof o->from) == 0)
		o->from[0] = '\0';
}

static void take_reply_to(struct original *o, const char *value)
{
	if (address_list(value, COLUMN, o->reply_to, sizeof o->reply_to) == 0)
		o->reply_to[0] = '\0';
}

static void take_subject(struct original *o, const char *value)
{
	encoded_word_readable(value, o->subject, sizeof o->subject);
}

static void take_date(struct original *o, const char *value)
{
	encoded_word_readable(value, o->date, sizeof o->date);
}

static void take_id(struct original *o, const char *value)
{
	message_ids(value, o->id, sizeof o->id);
	o->id[strcspn(o->id, " ")] = '\0';
}

static void take_references(struct original *o, const char *value)
{
	message_ids(value, o->references, sizeof o->references);
}

/* Of old, In-Reply-To could hold anything; one id is what it is now. */
static void take_in_reply_to(struct original *o, const char *value)
{
	if (message_ids(value, o->in_reply_to, sizeof o->in_reply_to) != 1)
		o->in_reply_to[0] = '\0';
}

static const struct taker {
	const char *name;
	void (*take)(struct original *o, const char *value);
} takers[] = {
	{"From", take_from},
	{"Reply-To", take_reply_to},
	{"Subject", take_subject},
	{"Date", take_date},
	{"Message-ID", take_id},
	{"References", take_references},
	{"In-Reply-To", take_in_reply_to},
};

enum { TAKERS = sizeof takers / sizeof takers[0] };

static void take_field(struct original *o, const struct header_field *field, bool *taken)
{
	for (size_t i = 0; i < TAKERS; i++) {
		const char *value = header_value(field, takers[i].name);
		if (value == NULL || taken[i])
			continue;
		taken[i] = true;
		takers[i].take(o, value);
	}
}

int original_read(struct original *original, FILE *message)
{
	struct multipart reader;
	struct header_field field;
	bool taken[TAKERS] = {false};
	off_t start = ftello(message);
	*original = (struct original){0};
	multipart_open(&reader, message);
	header_skip_postmark(&reader);
	while (header_get(&reader, &field) == HEADER_IS_FIELD) {
		original->has_header = true;
		if (field.length == HEADER_FIELD)
			continue; /* it was cut, perhaps within an address */
		take_field(original, &field, taken);
	}
	return ferror(message) || start < 0 ? -1 : fseeko(message, start, SEEK_SET);
}
