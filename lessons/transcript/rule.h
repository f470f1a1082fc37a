/*
 * rule: the rules of SMTP, POP3 and HTTP that a line can break by itself, each with its
 * RFC and section (articles: A10).
 */
#ifndef RULE_H
#define RULE_H

#include "transcript/conversation.h"

/*
 * Whether the line said breaks a rule: the first one is written to words, of size octets,
 * with its RFC and section, for a person. The line is judged as the kind of line that was expected: the same command, or a reply to it.
 * With expected NULL it is judged as what it is. If the expected line breaks a rule
 * too, that was meant, and does not count.
 */
bool rule_broken(enum protocol protocol, const struct line *said,
	const struct line *expected, char *words, size_t size);

#endif
