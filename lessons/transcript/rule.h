/*
 * rule: the rules of SMTP, POP3 and HTTP that a line can break by itself, each with its
 * RFC and section (articles: A10).
 */
#ifndef RULE_H
#define RULE_H

#include "transcript/conversation.h"

/*
 * The first rule that the line said breaks, with its RFC and section, or NULL. The line
 * is judged as the kind of line that was expected: the same command, or a reply to it.
 * With expected NULL it is judged as what it is. If the expected line breaks a rule
 * too, that was meant, and does not count.
 */
const char *rule_broken(
	enum protocol protocol, const struct line *said, const struct line *expected);

#endif
