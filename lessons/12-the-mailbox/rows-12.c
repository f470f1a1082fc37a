/*
 * rows-12: one command in TRANSACTION, out of the table of that state; how many messages there
 * are, and the numbers of those that are marked. Their files are gone.
 *
 *	obey("DELE 2", 3)	"+OK deleted, once you say QUIT\r\n" marked=2
 *	obey("QUIT", 3, 1, 2)	"-ERR messages that could not be deleted: 2\r\n" over marked=1,2
 */
#include "classroom/rows.h"
#include "pop3/pop3-states.h"
#include "wire/verb.h"

#include <err.h>
#include <fcntl.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define PATIENCE 1000 /* milliseconds */

static struct message *messages_of(const struct row *r, size_t count)
{
	struct message *messages = row_buffer(count * sizeof *messages);
	static char path[] = "new/gone";

	for (size_t i = 0; i < count; i++)
		messages[i] = (struct message){.path = path, .octets = 10};
	for (size_t i = 2; i < r->count; i++) {
		if (row_number(r, i) - 1 >= count)
			errx(EX_DATAERR, "no such message can be marked");
		messages[row_number(r, i) - 1].deleted = true;
	}
	return messages;
}

static void say_session(const struct row *r, const struct pop3_session *s)
{
	const char *between = " marked=";

	row_say_octets(r, s->wire->reply, s->wire->held);
	if (s->over)
		fputs(" over", r->answer);
	if (s->state != pop3_transaction)
		fputs(" in another state", r->answer);
	for (size_t i = 0; i < s->maildrop.count; i++)
		if (s->maildrop.messages[i].deleted) {
			fprintf(r->answer, "%s%zu", between, i + 1);
			between = ",";
		}
}

static void obey(const struct row *r)
{
	static const struct pop3_config config = {.name = "hamburger.edu"};
	struct wire *w = row_buffer(sizeof *w);
	struct pop3_session *s = row_buffer(sizeof *s);
	const char *line = row_octets(r, 0)->octets;
	size_t row = verb_row(pop3_transaction, sizeof *pop3_transaction, line, strncmp);
	int nowhere = open("/dev/null", O_RDWR);

	if (nowhere < 0)
		err(EX_OSERR, "/dev/null");
	wire_open(w, nowhere, nowhere, PATIENCE);
	*s = (struct pop3_session){
		.config = &config, .wire = w, .state = pop3_transaction};
	s->maildrop = (struct maildrop){.folder = -1, .count = row_number(r, 1)};
	s->maildrop.messages = messages_of(r, s->maildrop.count);
	pop3_transaction[row].obey(s, verb_argument(line));
	say_session(r, s);
	close(nowhere);
}

const struct row_function row_functions[] = {
	{"obey", obey,
		"struct pop3_session s; /* in TRANSACTION: $2 messages; marked: $3+ */\n"
		"obey(&s, $1);\n"},
	{0}};
