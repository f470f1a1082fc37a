/*
 * rule: the table of the rules, and how a line is checked. To add a rule, add a row; if
 * a line breaks several rules, the first is reported.
 */
#include "transcript/rule.h"
#include "wire/spoken.h"

#include <regex.h>
#include <stdio.h>
#include <string.h>

/* The RFC of a protocol. */
static const char *const rfcs[] = {
	[PROTOCOL_SMTP] = "5321", [PROTOCOL_POP3] = "1939", [PROTOCOL_HTTP] = "9112"};

struct rule {
	enum protocol protocol;
	const char *section; /* of its RFC */
	const char *words;
	int kind;	  /* of lines that it is about, an enum line_kind; or any */
	const char *of;	  /* of a command its verb, of a reply its place; NULL: all */
	const char *form; /* the line has it; both are regular expressions. NULL: */
	size_t limit; /* octets with CRLF; 0: no other command has to come before it */
};

#define ANY_KIND   -1
#define UNENDED	   SPOKEN("a line ends in CR LF, and neither of the two comes alone")
#define ENDED	   "^([^\\]|\\\\\\\\|\\\\x)*$" /* of all escapes it has \\ and \xNN */
#define BLANK	   "\\\\x20"		       /* as it is written at the end of a line */
#define YES_IS_250 "^after (HELO|EHLO|MAIL|RSET|NOOP|the message)"

/* clang-format off */
static const struct rule rules[] = {
	{PROTOCOL_SMTP, "2.3.8", UNENDED, ANY_KIND, NULL, ENDED, 0},
	{PROTOCOL_POP3, "3", UNENDED, ANY_KIND, NULL, ENDED, 0},
	{PROTOCOL_HTTP, "2.2", UNENDED, ANY_KIND, NULL, ENDED, 0},
	{PROTOCOL_SMTP, "4.5.3.1.4",
		SPOKEN("a command line has at most 512 octets with its CRLF"),
		LINE_COMMAND, NULL, NULL, 512},
	{PROTOCOL_SMTP, "4.5.3.1.5",
		SPOKEN("a reply line has at most 512 octets with its CRLF"),
		LINE_REPLY, NULL, NULL, 512},
	{PROTOCOL_SMTP, "4.5.3.1.6",
		SPOKEN("a text line has at most 1000 octets with its CRLF"),
		LINE_MESSAGE, NULL, NULL, 1000},
	{PROTOCOL_SMTP, "4.1.4",
		SPOKEN("HELO or EHLO comes first, then MAIL, RCPT, DATA in this order"),
		LINE_COMMAND, NULL, NULL, 0},
	{PROTOCOL_SMTP, "4.1.1.1",
		SPOKEN("HELO and EHLO name the host of the client"),
		LINE_COMMAND, "^(HELO|EHLO)", "^.... +[^ ]", 0},
	{PROTOCOL_SMTP, "4.1.1.2",
		SPOKEN("angle brackets right after the colon: MAIL FROM:<alice@crepes.fr>"),
		LINE_COMMAND, "^MAIL", "^MAIL FROM:<[^>]*>", 0},
	{PROTOCOL_SMTP, "4.1.1.3",
		SPOKEN("angle brackets right after the colon: RCPT TO:<bob@hamburger.edu>"),
		LINE_COMMAND, "^RCPT", "^RCPT TO:<[^>]+>", 0},
	{PROTOCOL_SMTP, "4.1.1.4",
		SPOKEN("DATA has no argument"),
		LINE_COMMAND, "^DATA", "^....( |" BLANK ")*$", 0},
	{PROTOCOL_SMTP, "4.1.1.5",
		SPOKEN("RSET has no argument"),
		LINE_COMMAND, "^RSET", "^....( |" BLANK ")*$", 0},
	{PROTOCOL_SMTP, "4.1.1.10",
		SPOKEN("QUIT has no argument"),
		LINE_COMMAND, "^QUIT", "^....( |" BLANK ")*$", 0},
	{PROTOCOL_SMTP, "4.1.1.4",
		SPOKEN("the message ends with a line that is a dot alone"),
		LINE_END, NULL, "^[.]$", 0},
	{PROTOCOL_SMTP, "4.5.2",
		SPOKEN("a line that begins with a dot gets another before it; "
		"a dot alone ends the message"),
		LINE_MESSAGE, NULL, "^([^.]|[.][.]|$)", 0},
	{PROTOCOL_SMTP, "4.2",
		SPOKEN("a reply is three digits, a blank (a hyphen where more lines follow) "
		"and text"),
		LINE_REPLY, NULL, "^[2-5][0-5][0-9]([ {\\-]|$)", 0},
	{PROTOCOL_SMTP, "4.3.2",
		SPOKEN("a server that is ready greets with 220"),
		LINE_REPLY, "^in the greeting", "^([45]|220)", 0},
	{PROTOCOL_SMTP, "4.3.2",
		SPOKEN("the reply that says yes is 250 here"),
		LINE_REPLY, YES_IS_250, "^([45]|250)", 0},
	{PROTOCOL_SMTP, "4.3.2",
		SPOKEN("the reply that says yes to RCPT is 250 or 251"),
		LINE_REPLY, "^after RCPT", "^([45]|25[01])", 0},
	{PROTOCOL_SMTP, "4.3.2",
		SPOKEN("the reply that says yes to DATA is 354; 250 comes after the message"),
		LINE_REPLY, "^after DATA", "^([45]|354)", 0},
	{PROTOCOL_SMTP, "4.3.2",
		SPOKEN("the reply to QUIT is 221"),
		LINE_REPLY, "^after QUIT", "^([45]|221)", 0},
	{PROTOCOL_POP3, "3",
		SPOKEN("a reply begins with +OK or -ERR, in capitals"),
		LINE_REPLY, NULL, "^([+]OK|-ERR)", 0},
	{PROTOCOL_HTTP, "3",
		SPOKEN("a request is a method, a target and a version, a blank between them"),
		LINE_COMMAND, NULL, "^[A-Z]+ [^ ]+ HTTP/[0-9][.][0-9]$", 0},
	{PROTOCOL_HTTP, "4",
		SPOKEN("an answer begins with a version, a blank and a status of three digits"),
		LINE_REPLY, NULL, "^HTTP/[0-9][.][0-9] [1-5][0-9][0-9]", 0},
};
/* clang-format on */

/* Whether a text has this form; case does not count in a command. */
static bool has_form(const char *text, const char *form, int kind)
{
	int flags = REG_EXTENDED | REG_NOSUB | (kind == LINE_COMMAND ? REG_ICASE : 0);
	regex_t regex;
	bool has;

	if (regcomp(&regex, form, flags) != 0)
		return true;
	has = regexec(&regex, text, 0, NULL, 0) == 0;
	regfree(&regex);
	return has;
}

/* The octets of a line, with the CRLF that it should have. */
static size_t octets_of(const char *text)
{
	size_t octets = 2;

	while (transcript_said_unit(&text) < TEXT_CRLF)
		octets++;
	return octets;
}

/* Whether a line breaks a rule in that place. */
static bool breaks(
	const struct rule *rule, const struct line *line, const struct line *place)
{
	char of[64];

	if (rule->kind != ANY_KIND && rule->kind != (int)place->kind)
		return false;
	if (place->kind == LINE_COMMAND)
		conversation_verb(line->text, of, sizeof of);
	else
		conversation_place(place, of, sizeof of);
	if (rule->of != NULL && !has_form(of, rule->of, rule->kind))
		return false;
	if (rule->form != NULL)
		return !has_form(line->text, rule->form, rule->kind);
	return rule->limit > 0 ? octets_of(line->text) > rule->limit : line->early;
}

bool rule_broken(enum protocol protocol, const struct line *said,
	const struct line *expected, char *words, size_t size)
{
	const struct line *place = expected != NULL ? expected : said;

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		const struct rule *rule = &rules[i];

		if (rule->protocol != protocol || !breaks(rule, said, place) ||
			(expected != NULL && breaks(rule, expected, place)))
			continue;
		snprintf(words, size, spoken("RFC %s, section %s: %s"), rfcs[protocol],
			rule->section, spoken(rule->words));
		return true;
	}
	return false;
}
