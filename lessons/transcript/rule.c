/*
 * rule: the table of the rules, and how a line is held against it. To add one, add a
 * row; of several that a line breaks the first is told.
 */
#include "transcript/rule.h"
#include "transcript/transcript.h"

#include <ctype.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>

#define ANY_KIND     -1
#define LINE_LIMIT   512  /* octets of a command or a reply, with CRLF */
#define TEXT_LIMIT   1000 /* of a line of a message */
#define UNENDED	     "a line ends in CR LF, and neither of the two stands alone"
#define ANGLES	     "angle brackets right behind the colon: "
#define YES_IS_250   "^after (HELO|EHLO|MAIL|RSET|NOOP|the message)"
#define SMTP(number) "5321, section " number, PROTOCOL_SMTP
#define POP3(number) "1939, section " number, PROTOCOL_POP3
#define HTTP(number) "9112, section " number, PROTOCOL_HTTP

/* clang-format off */
static const struct rule rules[] = {
	{FAULT_END, SMTP("2.3.8"), ANY_KIND, NULL, NULL, UNENDED},
	{FAULT_END, POP3("3"), ANY_KIND, NULL, NULL, UNENDED},
	{FAULT_END, HTTP("2.2"), ANY_KIND, NULL, NULL, UNENDED},
	{FAULT_LONG, SMTP("4.5.3.1.4"), LINE_COMMAND, NULL, NULL,
		"a command line has at most 512 octets with its CRLF"},
	{FAULT_LONG, SMTP("4.5.3.1.5"), LINE_REPLY, NULL, NULL,
		"a reply line has at most 512 octets with its CRLF"},
	{FAULT_LONG, SMTP("4.5.3.1.6"), LINE_MESSAGE, NULL, NULL,
		"a text line has at most 1000 octets with its CRLF"},
	{FAULT_EARLY, SMTP("4.1.4"), LINE_COMMAND, NULL, NULL,
		"HELO or EHLO comes first, then MAIL, RCPT, DATA in this order"},
	{FAULT_FORM, SMTP("4.1.1.1"), LINE_COMMAND, "^(HELO|EHLO)", "^.... +[^ ]",
		"HELO and EHLO name the host of the client"},
	{FAULT_FORM, SMTP("4.1.1.2"), LINE_COMMAND, "^MAIL", "^MAIL FROM:<[^>]*>",
		ANGLES "MAIL FROM:<alice@crepes.fr>"},
	{FAULT_FORM, SMTP("4.1.1.3"), LINE_COMMAND, "^RCPT", "^RCPT TO:<[^>]+>",
		ANGLES "RCPT TO:<bob@hamburger.edu>"},
	{FAULT_FORM, SMTP("4.1.1.4"), LINE_COMMAND, "^DATA", "^DATA *$",
		"DATA has no argument"},
	{FAULT_FORM, SMTP("4.1.1.5"), LINE_COMMAND, "^RSET", "^RSET *$",
		"RSET has no argument"},
	{FAULT_FORM, SMTP("4.1.1.10"), LINE_COMMAND, "^QUIT", "^QUIT *$",
		"QUIT has no argument"},
	{FAULT_FORM, SMTP("4.1.1.4"), LINE_END, NULL, "^[.]$",
		"the message ends with a line that is a dot alone"},
	{FAULT_FORM, SMTP("4.5.2"), LINE_MESSAGE, NULL, "^([^.]|[.][.]|$)",
		"a line that begins with a dot gets another before it; "
		"a dot alone ends the message"},
	{FAULT_FORM, SMTP("4.2"), LINE_REPLY, NULL, "^[2-5][0-5][0-9]([ {-]|$)",
		"a reply is three digits, a blank (a hyphen where more lines follow) and text"},
	{FAULT_FORM, SMTP("4.3.2"), LINE_REPLY, "^in the greeting", "^([45]|220)",
		"a server that is ready greets with 220"},
	{FAULT_FORM, SMTP("4.3.2"), LINE_REPLY, YES_IS_250, "^([45]|250)",
		"the reply that says yes is 250 here"},
	{FAULT_FORM, SMTP("4.3.2"), LINE_REPLY, "^after RCPT", "^([45]|25[01])",
		"the reply that says yes to RCPT is 250 or 251"},
	{FAULT_FORM, SMTP("4.3.2"), LINE_REPLY, "^after DATA", "^([45]|354)",
		"the reply that says yes to DATA is 354; 250 comes after the message"},
	{FAULT_FORM, SMTP("4.3.2"), LINE_REPLY, "^after QUIT", "^([45]|221)",
		"the reply to QUIT is 221"},
	{FAULT_FORM, POP3("3"), LINE_REPLY, NULL, "^([+]OK|-ERR)",
		"a reply begins with +OK or -ERR, in capitals"},
	{FAULT_FORM, HTTP("3"), LINE_COMMAND, NULL,
		"^[A-Z]+ [^ ]+ HTTP/[0-9][.][0-9]$",
		"a request is a method, a target and a version, a blank between them"},
	{FAULT_FORM, HTTP("4"), LINE_REPLY, NULL,
		"^HTTP/[0-9][.][0-9] [1-5][0-9][0-9]",
		"an answer begins with a version, a blank and a status of three digits"},
};
/* clang-format on */

/* A line as the rules look at it. */
struct looked_at {
	int kind;
	bool early, has_cr;
	int end;
	size_t octets;		     /* with the line end that it should have */
	char of[64];		     /* its verb, or its place */
	char octet[TRANSCRIPT_TEXT]; /* what was said; what is not to be shown is a ? */
};

static void look_at(struct looked_at *l, const struct dialogue *d,
	const struct line *place, const struct line *line)
{
	const char *text = line->text;
	size_t n = 0;

	memset(l, 0, sizeof *l);
	l->kind = place->kind;
	l->early = line->early;
	l->end = transcript_end(text);
	l->octets = 2;
	while (*text != '\0' && n < sizeof l->octet - TRANSCRIPT_NAME - 2) {
		const char *from = text;
		int unit = transcript_unit(&text);

		if (unit >= TEXT_CRLF && unit <= TEXT_NO_END)
			break;
		l->octets++;
		l->has_cr = l->has_cr || unit == '\r';
		if (unit > TEXT_NO_END) { /* a placeholder, as it is written */
			memcpy(l->octet + n, from, (size_t)(text - from));
			n += (size_t)(text - from);
			continue;
		}
		if (unit < ' ' || unit == 0x7f)
			unit = '?';
		if (l->kind == LINE_COMMAND)
			unit = toupper(unit);
		l->octet[n++] = (char)unit;
	}
	if (l->kind == LINE_COMMAND)
		dialogue_verb(line->text, l->of, sizeof l->of);
	else
		dialogue_place(d, place, l->of, sizeof l->of);
}

/* Whether a text has this form. */
static bool has_form(const char *text, const char *form)
{
	regex_t regex;
	bool has;

	if (regcomp(&regex, form, REG_EXTENDED | REG_NOSUB) != 0)
		return true;
	has = regexec(&regex, text, 0, NULL, 0) == 0;
	regfree(&regex);
	return has;
}

static bool breaks(const struct looked_at *l, const struct rule *rule)
{
	if (rule->kind != ANY_KIND && rule->kind != l->kind)
		return false;
	if (rule->of != NULL && !has_form(l->of, rule->of))
		return false;
	switch (rule->fault) {
	case FAULT_END:
		return l->end != TEXT_CRLF || l->has_cr;
	case FAULT_LONG:
		return l->octets > (l->kind == LINE_MESSAGE ? TEXT_LIMIT : LINE_LIMIT);
	case FAULT_EARLY:
		return l->early;
	default:
		return !has_form(l->octet, rule->form);
	}
}

const struct rule *rule_broken(const struct dialogue *d, const struct line *place,
	const struct line *said, const struct line *expected)
{
	struct looked_at one, other;

	look_at(&one, d, place, said);
	if (expected != NULL)
		look_at(&other, d, place, expected);
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (rules[i].protocol == d->protocol && breaks(&one, &rules[i]) &&
			(expected == NULL || !breaks(&other, &rules[i])))
			return &rules[i];
	return NULL;
}
