/*
 * pop3-reading: the commands of TRANSACTION that only read: STAT, LIST, UIDL, RETR, TOP,
 * NOOP (articles: A3; RFC 1939, 5 and 7). Begin with send_message. Those that change
 * something are in pop3-states.c.
 *
 *	C:RETR 1
 *	S:+OK 120 octets
 *	S:(the message, its dots stuffed)
 *	S:.
 */
#include "pop3/pop3-states.h"
#include "smtp/dots.h"
#include "smtp/outgoing.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#define SPAN 16384 /* octets read from a file at once */

void pop3_totals(struct pop3_session *s)
{
	uintmax_t octets;
	size_t count = maildrop_total(&s->maildrop, &octets);

	wire_say(s->wire, "+OK %zu message%s (%ju octets)", count, count == 1 ? "" : "s",
		octets);
}

/* A number of digits alone, after blanks; one that is too large is the largest. */
static bool number(const char **at, uintmax_t *n)
{
	char *end;

	*at += strspn(*at, " ");
	if (**at < '0' || **at > '9')
		return false;
	*n = strtoumax(*at, &end, 10);
	*at = end + strspn(end, " ");
	return *end == ' ' || *end == '\0';
}

/* The message whose number the argument begins with, which is then moved on. */
static struct message *chosen(struct pop3_session *s, const char **argument)
{
	uintmax_t n;

	if (number(argument, &n))
		return pop3_message(s, n);
	wire_say(s->wire, "-ERR the number of a message is wanted");
	return NULL;
}

struct message *pop3_only_message(struct pop3_session *s, const char *argument)
{
	struct message *message = chosen(s, &argument);

	if (message == NULL || *argument == '\0')
		return message;
	wire_say(s->wire, "-ERR one number is wanted, and nothing else");
	return NULL;
}

void pop3_stat(struct pop3_session *s, const char *argument)
{
	uintmax_t octets;
	size_t count = maildrop_total(&s->maildrop, &octets);

	if (!pop3_has_argument(s, argument, "STAT"))
		wire_say(s->wire, "+OK %zu %ju", count, octets);
}

/* A message's line in the reply to LIST, or after +OK where only it was asked for. */
static void list_line(struct pop3_session *s, const char *before, struct message *m)
{
	wire_say(s->wire, "%s%td %ju", before, m - s->maildrop.messages + 1, m->octets);
}

static void uidl_line(struct pop3_session *s, const char *before, struct message *m)
{
	char uidl[MAILDROP_UIDL];

	maildrop_uidl(m, uidl);
	wire_say(s->wire, "%s%td %s", before, m - s->maildrop.messages + 1, uidl);
}

/* Says the line of one message, or of all that are not deleted. */
static void scan(struct pop3_session *s, const char *argument,
	void (*line)(struct pop3_session *, const char *, struct message *))
{
	struct message *one;

	if (argument[strspn(argument, " ")] != '\0') {
		one = pop3_only_message(s, argument);
		if (one != NULL)
			line(s, "+OK ", one);
		return;
	}
	pop3_totals(s);
	for (size_t i = 0; i < s->maildrop.count && !s->wire->broken; i++)
		if (!s->maildrop.messages[i].deleted)
			line(s, "", &s->maildrop.messages[i]);
	wire_say(s->wire, ".");
}

void pop3_list(struct pop3_session *s, const char *argument)
{
	scan(s, argument, list_line);
}

void pop3_uidl(struct pop3_session *s, const char *argument)
{
	scan(s, argument, uidl_line);
}

/* What TOP asks for: the header, the empty line, and some lines of the body. */
struct top {
	enum {
		HEADER_LINE_BEGINS, /* nothing of it yet, or a CR */
		HEADER_LINE,
		BODY
	} at;
	uintmax_t lines; /* of the body, still to come: set it to begin with */
};

/* Returns how many of the next n octets of a file belong to that: n, until it is over. */
static size_t top_takes(struct top *t, const char *in, size_t n)
{
	size_t i = 0;

	while (i < n && (t->at != BODY || t->lines > 0)) {
		bool line_ends = in[i] == '\n';

		switch (t->at) {
		case HEADER_LINE_BEGINS:
			if (line_ends)
				t->at = BODY;
			else if (in[i] != '\r')
				t->at = HEADER_LINE;
			break;
		case HEADER_LINE:
			if (line_ends)
				t->at = HEADER_LINE_BEGINS;
			break;
		case BODY:
			if (line_ends)
				t->lines--;
			break;
		}
		i++;
	}
	return i;
}

/*
 * Sends a message, or where top is not NULL as much of it as that says. It has been
 * accepted already, so a bare CR in it is sent as it is. One that is not as long as was
 * said, since its file has changed, is sent without an end, and is not taken for all of
 * it.
 */
static void send_message(struct pop3_session *s, const struct message *m, struct top *top)
{
	char octets[SPAN], wire[2 * SPAN];
	struct stuff dots = {.cr_is_data = true};
	struct outgoing sent = {.before = '\n', .cr_is_data = true};
	int fd = maildrop_read(&s->maildrop, m);
	ssize_t n;

	if (fd < 0) {
		wire_say(s->wire, "-ERR the message is gone, or cannot be read now");
		return;
	}
	if (top == NULL)
		wire_say(s->wire, "+OK %ju octets", m->octets);
	else
		wire_say(s->wire, "+OK the header and %ju lines", top->lines);
	while ((n = read(fd, octets, sizeof octets)) > 0) {
		size_t wanted = (size_t)n, made;

		if (top != NULL)
			wanted = top_takes(top, octets, wanted);
		outgoing_count(&sent, octets, wanted);
		made = stuff(&dots, octets, wanted, wire);
		if (wire_put(s->wire, wire, made) < 0 || wanted < (size_t)n)
			break;
	}
	close(fd);
	outgoing_count_end(&sent);
	if (n < 0 || (top == NULL && sent.octets != m->octets))
		s->over = true;
	else
		wire_put(s->wire, wire, stuff_end(&dots, wire));
}

void pop3_retr(struct pop3_session *s, const char *argument)
{
	const struct message *message = pop3_only_message(s, argument);

	if (message != NULL)
		send_message(s, message, NULL);
}

void pop3_top(struct pop3_session *s, const char *argument)
{
	const struct message *message = chosen(s, &argument);
	struct top top = {0};

	if (message == NULL)
		return;
	if (number(&argument, &top.lines) && *argument == '\0')
		send_message(s, message, &top);
	else
		wire_say(s->wire, "-ERR it has to be: TOP message lines");
}

void pop3_noop(struct pop3_session *s, const char *argument)
{
	if (!pop3_has_argument(s, argument, "NOOP"))
		wire_say(s->wire, "+OK");
}
