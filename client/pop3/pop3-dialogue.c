/*
 * pop3-dialogue: first how a client hears +OK and -ERR, and tells on stderr what comes
 * instead of them, but never the password; then how it logs in; then how it hears a list
 * of unique-ids, and goes through it. Begin with pop3_command.
 */
#include "pop3/pop3-dialogue.h"
#include "wire/sha256.h"
#include "wire/spool.h"
#include "wire/utf8.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What the server was asked last: a verb, or nothing yet. */
static const char *asked(const struct pop3_dialogue *d)
{
	return *d->verb != '\0' ? d->verb : "greeting";
}

void pop3_tell(const struct pop3_dialogue *d, const char *what)
{
	fprintf(stderr, "pop3-fetch: %s: %s: %s: ", d->peer, asked(d), what);
	if (d->password != NULL && strstr(d->line, d->password) != NULL)
		fputs("(it repeats the password)", stderr);
	else
		utf8_show_line(stderr, d->line, strlen(d->line));
	putc('\n', stderr);
}

enum pop3_reply pop3_strange(const struct pop3_dialogue *d, const char *what)
{
	pop3_tell(d, what);
	return POP3_STRANGE;
}

enum pop3_reply pop3_lost(const struct pop3_dialogue *d, enum wire_got got)
{
	warnx("%s: %s: %s", d->peer, asked(d), wire_why(got));
	return POP3_LOST;
}

/* One line of at most WIRE_LINE octets, be it ended by a bare LF. */
static enum pop3_reply hear_line(struct pop3_dialogue *d)
{
	size_t n;
	enum wire_got got = wire_line(&d->wire, d->line, sizeof d->line, &n);

	switch (got) {
	case WIRE_GOT:
	case WIRE_BARE_LF:
		return POP3_OK;
	case WIRE_NUL:
	case WIRE_TOO_LONG:
		return pop3_strange(d, wire_why(got));
	default:
		return pop3_lost(d, got);
	}
}

/* Hears one line of a reply, its first. */
static enum pop3_reply hear(struct pop3_dialogue *d)
{
	enum pop3_reply heard = hear_line(d);
	const char *line = d->line;

	if (heard != POP3_OK)
		return heard;
	if (strncmp(line, "+OK", 3) == 0 && (line[3] == ' ' || line[3] == '\0'))
		return POP3_OK;
	if (strncmp(line, "-ERR", 4) == 0 && (line[4] == ' ' || line[4] == '\0'))
		return POP3_ERR;
	return pop3_strange(d, "not a reply of POP3");
}

enum pop3_reply pop3_command(struct pop3_dialogue *d, const char *format, ...)
{
	va_list arguments;

	/* Of the command only the verb is kept, to be told: PASS has more than that. */
	snprintf(d->verb, sizeof d->verb, "%.*s", (int)strcspn(format, " "), format);
	va_start(arguments, format);
	wire_vsay(&d->wire, format, arguments);
	va_end(arguments);
	return hear(d);
}

/* Whether -ERR is for now (RFC 2449, 8.1; RFC 3206); any other is for good. */
static bool is_for_now(const char *line)
{
	static const char *const codes[] = {"[IN-USE]", "[LOGIN-DELAY]", "[SYS/TEMP]"};
	const char *code = line + strcspn(line, "[");

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (strncasecmp(code, codes[i], strlen(codes[i])) == 0)
			return true;
	return false;
}

int pop3_log_in(struct pop3_dialogue *d, const char *user, const char *password)
{
	enum pop3_reply reply = hear(d);
	bool greeted = reply == POP3_OK;

	if (reply == POP3_OK)
		reply = pop3_command(d, "USER %s", user);
	d->password = *password != '\0' ? password : NULL;
	if (reply == POP3_OK)
		reply = pop3_command(d, "PASS %s", password);
	if (reply != POP3_ERR)
		return reply;
	pop3_tell(d, "refused");
	wire_say(&d->wire, "QUIT");
	/* Who is not even greeted may come another time. */
	return greeted && !is_for_now(d->line) ? EX_UNAVAILABLE : EX_TEMPFAIL;
}

bool pop3_number(const char **at, unsigned long *n)
{
	char *end;

	if (**at < '0' || **at > '9') /* nor a sign or a blank, which strtoul takes */
		return false;
	*n = strtoul(*at, &end, 10);
	*at = end;
	return *n <= UIDL_LIST_MOST;
}

/* The first 16 digits of its SHA-256: two unique-ids hardly ever have them in common. */
static uint64_t hash_of(const char *uidl)
{
	char hex[SHA256_HEX];

	sha256(uidl, strlen(uidl), hex);
	hex[16] = '\0';
	return strtoull(hex, NULL, 16);
}

static int by_size(const void *one, const void *other)
{
	const uint64_t *a = one, *b = other;

	return (*a > *b) - (*a < *b);
}

enum pop3_reply uidl_list_hear(struct uidl_list *l, struct pop3_dialogue *d)
{
	unsigned long number, last = 0;
	enum pop3_reply heard;

	l->lines = spool_new();
	for (heard = hear_line(d); heard == POP3_OK && strcmp(d->line, ".") != 0;
		heard = hear_line(d)) {
		const char *at = d->line;

		if (l->count == UIDL_LIST_MOST)
			return pop3_strange(d, "a list without end");
		if (!pop3_number(&at, &number) || number <= last || *at != ' ' ||
			at[1] == '\0')
			return pop3_strange(d, "not a number and a unique-id");
		last = number;
		l->hashes[l->count] = hash_of(at + 1);
		l->count++;
		fprintf(l->lines, "%s\n", d->line);
	}
	spool_turn(l->lines);
	qsort(l->hashes, l->count, sizeof *l->hashes, by_size);
	return heard;
}

bool uidl_list_next(struct uidl_list *l)
{
	const char *at = l->line;
	const uint64_t *found;
	uint64_t hash;

	if (fgets(l->line, sizeof l->line, l->lines) == NULL) {
		if (ferror(l->lines))
			err(EX_IOERR, "temporary file");
		return false;
	}
	l->line[strcspn(l->line, "\n")] = '\0';
	pop3_number(&at, &l->number);
	l->uidl = at + 1;
	hash = hash_of(l->uidl);
	found = bsearch(&hash, l->hashes, l->count, sizeof hash, by_size);
	l->twice = (found > l->hashes && found[-1] == hash) ||
		   (found + 1 < l->hashes + l->count && found[1] == hash);
	return true;
}
