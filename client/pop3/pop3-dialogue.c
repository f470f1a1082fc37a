/*
 * pop3-dialogue: first the client reads +OK and -ERR, and reports anything else on
 * stderr, but never the password; then it logs in; then it reads a list of unique-ids,
 * and goes through it. Begin with pop3_command.
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

enum pop3_reply pop3_bare_lf(const struct pop3_dialogue *d)
{
	warnx("%s: %s: its lines end in LF, not in CRLF", d->peer, asked(d));
	return POP3_STRANGE;
}

/* What to make of something that is no line. */
static enum pop3_reply no_line(const struct pop3_dialogue *d, enum wire_got got)
{
	switch (got) {
	case WIRE_BARE_LF:
		return pop3_bare_lf(d);
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
	size_t n;
	enum wire_got got;
	const char *line = d->line;

	wire_start_clock(&d->wire);
	got = wire_piece_line(&d->wire, d->line, sizeof d->line, &n);
	if (got != WIRE_GOT)
		return no_line(d, got);
	if (strncmp(line, "+OK", 3) == 0 && (line[3] == ' ' || line[3] == '\0'))
		return POP3_OK;
	if (strncmp(line, "-ERR", 4) == 0 && (line[4] == ' ' || line[4] == '\0'))
		return POP3_ERR;
	return pop3_strange(d, "not a reply of POP3");
}

bool pop3_out_of_step(struct pop3_dialogue *d)
{
	bool early = wire_has_come(&d->wire);

	if (early)
		warnx("%s: %s: out of step: a reply came before its command", d->peer,
			d->verb);
	return early;
}

enum pop3_reply pop3_command(struct pop3_dialogue *d, const char *format, ...)
{
	va_list arguments;

	/* Of the command only the verb is kept, to be told: PASS has more than that. */
	snprintf(d->verb, sizeof d->verb, "%.*s", (int)strcspn(format, " "), format);
	if (pop3_out_of_step(d))
		return POP3_LOST;
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
	/* A refusal in place of the greeting is for now. */
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

/*
 * Whether the numbers of a list have this one already; from here on they have it. A bit
 * for each.
 */
static bool is_marked(unsigned char *numbers, unsigned long number)
{
	unsigned char bit = (unsigned char)(1 << number % 8);
	bool was = (numbers[number / 8] & bit) != 0;

	numbers[number / 8] |= bit;
	return was;
}

/* A line that says of no message what it is called: the first of them is told. */
static void pass_over(struct uidl_list *l, const struct pop3_dialogue *d, const char *why)
{
	if (!l->damaged)
		pop3_tell(d, why);
	l->damaged = true;
}

/* Takes a line of the list in: `1 abc`. One without a unique-id is `1`, or `1 `. */
static void take_line(struct uidl_list *l, struct pop3_dialogue *d)
{
	const char *at = d->line;
	unsigned long number;

	if (!pop3_number(&at, &number) || number == 0 || (*at != ' ' && *at != '\0')) {
		pass_over(l, d, "not a number and a unique-id");
		return;
	}
	if (is_marked(l->numbers, number))
		is_marked(l->again, number);
	if (*at == ' ')
		at++;
	l->hashes[l->count] = hash_of(at);
	l->count++;
	fprintf(l->lines, "%lu %s\n", number, at);
}

enum pop3_reply uidl_list_hear(struct uidl_list *l, struct pop3_dialogue *d)
{
	enum wire_got got;
	size_t n, lines = 0;

	l->lines = spool_new();
	for (;;) {
		got = wire_piece_line(&d->wire, d->line, sizeof d->line, &n);
		if (got == WIRE_BARE_LF)
			got = WIRE_GOT; /* replies have shown that others end in CRLF */
		if (got == WIRE_GOT && strcmp(d->line, ".") == 0)
			break;
		if (lines == UIDL_LIST_MOST)
			return pop3_strange(d, "a list without end");
		lines++;
		if (got == WIRE_GOT)
			take_line(l, d);
		else if (got == WIRE_NUL || got == WIRE_TOO_LONG)
			pass_over(l, d, wire_why(got));
		else
			return no_line(d, got);
	}
	spool_turn(l->lines);
	qsort(l->hashes, l->count, sizeof *l->hashes, by_size);
	return POP3_OK;
}

bool uidl_list_next(struct uidl_list *l)
{
	const char *at = l->line;
	const uint64_t *found;
	uint64_t hash;
	bool twice;

	if (fgets(l->line, sizeof l->line, l->lines) == NULL) {
		if (ferror(l->lines))
			err(EX_IOERR, "temporary file");
		return false;
	}
	l->line[strcspn(l->line, "\n")] = '\0';
	pop3_number(&at, &l->number);
	at++;
	hash = hash_of(at);
	found = bsearch(&hash, l->hashes, l->count, sizeof hash, by_size);
	twice = (found > l->hashes && found[-1] == hash) ||
		(found + 1 < l->hashes + l->count && found[1] == hash) ||
		(l->again[l->number / 8] & 1 << l->number % 8) != 0;
	l->nameless = *at == '\0';
	l->uidl = twice || l->nameless ? NULL : at;
	return true;
}
