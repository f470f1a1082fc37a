/*
 * rule: the rules of SMTP, POP3 and HTTP that a line can break by itself, each with its
 * RFC and section (articles: A10).
 */
#ifndef RULE_H
#define RULE_H

#include "transcript/conversation.h"

/*
 * The first rule that a line breaks which was said, with its RFC and section, or NULL. It
 * is taken for what was expected, a command or a reply to this one; with expected NULL,
 * for what it is. A rule that the expected one breaks too was meant to be broken.
 */
const char *rule_broken(
	enum protocol protocol, const struct line *said, const struct line *expected);

#endif
