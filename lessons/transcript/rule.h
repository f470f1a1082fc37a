/*
 * rule: the rules of SMTP, POP3 and HTTP that a line can break by itself, each with its
 * RFC and section (articles: A10).
 */
#ifndef RULE_H
#define RULE_H

#include "transcript/dialogue.h"

/* How a line breaks a rule. */
enum fault {
	FAULT_END,   /* it does not end in CRLF, or has a CR of its own */
	FAULT_LONG,  /* it has more octets than the limit */
	FAULT_EARLY, /* another command has to come before it */
	FAULT_FORM   /* it does not have the form */
};

struct rule {
	enum fault fault;
	const char *section; /* of which RFC */
	enum protocol protocol;
	int kind;	   /* of lines that it is about, an enum line_kind; -1: of all */
	const char *of;	   /* of a command its verb, of a reply its place; NULL: all */
	const char *form;  /* of FAULT_FORM; both are regular expressions */
	const char *words; /* the rule */
};

/*
 * The first rule that a line breaks which was said, or NULL. place says what it should
 * have been: the line that was expected, or where none was, the line itself. A rule
 * that the expected one breaks too, if it is not NULL, was meant to be broken.
 */
const struct rule *rule_broken(const struct dialogue *d, const struct line *place,
	const struct line *said, const struct line *expected);

#endif
