/*
 * transaction: the sender and the recipients of a message (articles: A11, A12; RFC
 * 5321, 3.3 and 4.1.1). Begin with transaction_mail and transaction_rcpt: each rule is
 * a guard; what is left is the work. Declared in smtp-session.h.
 */
#include "mailbox/rcpt-reply.h"
#include "smtp/address-literal.h"
#include "smtp/smtp-session.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

void transaction_bad_argument(struct session *s, const char *form)
{
	wire_say(s->wire, "501 it has to be: %s", form);
}

void transaction_out_of_order(struct session *s, const char *first)
{
	wire_say(s->wire, "503 not yet: %s first", first);
}

void transaction_reset(struct session *s)
{
	s->at = NO_SENDER;
	s->goal.count = 0;
	envelope_free(&s->goal.elsewhere);
}

size_t transaction_recipients(const struct session *s)
{
	return s->goal.count + s->goal.elsewhere.count;
}

/* Who the client is. Begins anew, as each message of the article does (4.1.4). */
static bool introduce(struct session *s, const char *name, bool extended)
{
	if (!domain_is(name)) {
		transaction_bad_argument(
			s, extended ? "EHLO your.host.name" : "HELO your.host.name");
		return false;
	}
	snprintf(s->helo, sizeof s->helo, "%s", name);
	s->extended = extended;
	transaction_reset(s);
	return true;
}

void transaction_helo(struct session *s, const char *argument)
{
	if (introduce(s, argument, false))
		wire_say(s->wire, "250 Hello %s, pleased to meet you", s->helo);
}

void transaction_ehlo(struct session *s, const char *argument)
{
	if (!introduce(s, argument, true))
		return;
	wire_say(s->wire, "250-%s Hello %s, pleased to meet you", s->config->name,
		s->helo);
	wire_say(s->wire, "250-SIZE %ju", s->config->size);
	if (!s->config->seven_bits)
		wire_say(s->wire, "250-8BITMIME");
	wire_say(s->wire, "250 PIPELINING");
}

/* One parameter of MAIL (RFC 1870, RFC 6152). Returns whether it is welcome. */
static bool mail_parameter(struct session *s, const char *text, size_t n)
{
	bool size = strncasecmp(text, "SIZE=", 5) == 0;
	bool body = strncasecmp(text, "BODY=", 5) == 0;
	uintmax_t octets;

	if (!size && !body) {
		wire_say(s->wire, "555 a parameter that is not known here");
		return false;
	}
	if (body && s->config->seven_bits) {
		wire_say(s->wire, "555 BODY is not known here: no 8BITMIME");
		return false;
	}
	if ((n == 9 && strncasecmp(text, "BODY=7BIT", n) == 0) ||
		(n == 13 && strncasecmp(text, "BODY=8BITMIME", n) == 0))
		return true;
	if (body || n == 5 || strspn(text + 5, "0123456789") != n - 5) {
		transaction_bad_argument(s, "SIZE=octets, BODY=7BIT or BODY=8BITMIME");
		return false;
	}
	octets = strtoumax(text + 5, NULL, 10); /* one that is too large is the largest */
	if (octets > s->config->size) {
		wire_say(s->wire, "552 too large: at most %ju octets", s->config->size);
		return false;
	}
	return true;
}

void transaction_mail(struct session *s, const char *argument)
{
	const char *at = strncasecmp(argument, "FROM:", 5) == 0 ? argument + 5 : "";
	struct path from;

	if (s->helo[0] == '\0') {
		transaction_out_of_order(s, "HELO");
		return;
	}
	if (s->at != NO_SENDER) {
		wire_say(s->wire, "503 there is a sender already: RSET forgets it");
		return;
	}
	if (!path_read(&at, &from) ||
		(from.address[0] != '\0' && from.domain[0] == '\0') ||
		(*at != '\0' && *at != ' ')) {
		transaction_bad_argument(s, "MAIL FROM:<you@your.domain>");
		return;
	}
	at += strspn(at, " ");
	while (*at != '\0') {
		size_t n = strcspn(at, " ");

		if (!mail_parameter(s, at, n))
			return;
		at += n;
		at += strspn(at, " ");
	}
	memcpy(s->goal.elsewhere.from, from.address, sizeof from.address);
	s->at = NO_RECIPIENT;
	wire_say(s->wire, "250 %s ... Sender OK", from.address[0] ? from.address : "<>");
}

/* One more mailbox, if it is not among them yet. Returns false where there is no room. */
static bool add_user(struct session *s, const char user[MAILDIR_USER])
{
	size_t i = 0;

	while (i < s->goal.count && strcmp(s->goal.users[i], user) != 0)
		i++;
	if (i < s->goal.count)
		return true;
	if (transaction_recipients(s) == RECIPIENTS)
		return false;
	memcpy(s->goal.users[s->goal.count], user, MAILDIR_USER);
	s->goal.count++;
	return true;
}

/*
 * Whether the client is on this machine. A pipe or a terminal has no peer; but neither
 * has the socket of a peer that is gone already, and that could have been anybody.
 */
static bool is_on_this_machine(const struct wire *w)
{
	struct stat in;

	if (w->peer[0] == '\0')
		return fstat(w->in, &in) == 0 && !S_ISSOCK(in.st_mode);
	return strncmp(w->peer, "127.", 4) == 0 || strcmp(w->peer, "::1") == 0 ||
	       strncmp(w->peer, "::ffff:127.", 11) == 0;
}

static bool is_among(const struct envelope *e, const char *address)
{
	size_t i = 0;

	while (i < e->count && strcmp(e->to[i], address) != 0)
		i++;
	return i < e->count;
}

static void recipient_ok(struct session *s, const struct path *to, const char *reply)
{
	memcpy(s->last, to->address, sizeof s->last);
	if (reply != NULL)
		wire_say(s->wire, "%s", reply);
	else
		wire_say(s->wire, "250 %s ... Recipient OK", to->address);
}

/* A recipient in another domain: we carry mail there for this machine's people alone. */
static void rcpt_elsewhere(struct session *s, const struct path *to)
{
	bool known = is_among(&s->goal.elsewhere, to->address);

	if (s->goal.queue == NULL || !is_on_this_machine(s->wire)) {
		wire_say(s->wire, "550 %s ... not here: no relaying", to->address);
	} else if (!known && transaction_recipients(s) == RECIPIENTS) {
		wire_say(s->wire, "452 too many recipients: %d at once", RECIPIENTS);
	} else if (!known && envelope_add(&s->goal.elsewhere, to->address) < 0) {
		wire_say(s->wire, "452 no room for it now, try again later");
	} else {
		recipient_ok(s, to, NULL);
	}
}

/* A recipient of ours, whose mailbox may have a reply of its own for him. */
static void rcpt_here(struct session *s, const struct path *to)
{
	char user[MAILDIR_USER], reply[RCPT_REPLY];
	bool demanded;

	if (!maildir_user(s->config->mail, to->local, user)) {
		wire_say(s->wire, "550 %s ... no such user", to->address);
		return;
	}
	demanded = rcpt_reply(s->config->mail, user, reply);
	if (demanded && reply[0] != '2') {
		wire_say(s->wire, "%s", reply);
		s->over = strncmp(reply, "421", 3) == 0; /* it says that we close */
	} else if (maildir_ready(s->config->mail, user) < 0) {
		wire_say(s->wire, "452 %s ... no room for it now, try again later",
			to->address);
	} else if (!add_user(s, user)) {
		wire_say(s->wire, "452 too many recipients: %d at once", RECIPIENTS);
	} else {
		recipient_ok(s, to, demanded ? reply : NULL);
	}
}

/*
 * Whether a domain is us: our name, or the literal of our name, if that is one, or of the
 * address that the connection came to (RFC 1123, 5.2.17).
 */
static bool is_here(const struct session *s, const char *domain)
{
	unsigned char said[ADDRESS_OCTETS], ours[ADDRESS_OCTETS];

	if (strcasecmp(domain, s->config->name) == 0)
		return true;
	if (address_literal(domain, said) == 0)
		return false;
	if (address_literal(s->config->name, ours) > 0 &&
		memcmp(said, ours, sizeof ours) == 0)
		return true;
	return address_numeric(s->wire->here, ours) == 0 &&
	       memcmp(said, ours, sizeof ours) == 0;
}

void transaction_rcpt(struct session *s, const char *argument)
{
	const char *at = strncasecmp(argument, "TO:", 3) == 0 ? argument + 3 : "";
	struct path to;

	if (s->at == NO_SENDER) {
		transaction_out_of_order(s, "MAIL FROM");
		return;
	}
	s->at = RCPT_SAID;
	if (!path_read_rooted(&at, &to) || to.address[0] == '\0' ||
		(to.domain[0] == '\0' && strcasecmp(to.local, "postmaster") != 0) ||
		(to.rooted && !is_here(s, to.domain)) || (*at != '\0' && *at != ' '))
		transaction_bad_argument(s, "RCPT TO:<somebody@some.domain>");
	else if (*at != '\0')
		wire_say(s->wire, "555 a parameter that is not known here");
	else if (to.domain[0] == '\0' || is_here(s, to.domain))
		rcpt_here(s, &to);
	else
		rcpt_elsewhere(s, &to);
}
