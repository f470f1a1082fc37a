/*
 * verb: what a line asks for (articles: A11; RFC 5321, 4.1.1; RFC 1939, 3; RFC 9110,
 * 9.1).
 *
 * A command of SMTP or POP3 and a request of HTTP begin alike: with a verb, then a
 * blank and what the verb is about. So each server is a table. A row has a verb and the
 * function that obeys it; the last row, whose verb is "", answers any other verb:
 *
 *	static const struct {
 *		const char *verb;
 *		void (*obey)(struct session *, const char *argument);
 *	} commands[] = {{"NOOP", noop}, {"QUIT", quit}, {"", unknown}};
 *
 *	commands[verb_row(commands, sizeof *commands, line, strncasecmp)].obey(s, argument);
 *
 * A server with two states, as POP3, has two tables.
 */
#ifndef VERB_H
#define VERB_H

#include <stddef.h>

/* strncasecmp for verbs in any case, strncmp where capitals count. */
typedef int verb_compare(const char *, const char *, size_t);

/*
 * The row of a table, counted from 0, whose verb the line begins with; if no other row
 * has it, the last row, whose verb is "". A row has size octets, and its verb comes
 * first in it.
 */
size_t verb_row(const void *table, size_t size, const char *line, verb_compare *compare);

/* What comes after the verb and one blank, or "" for nothing. Points into line. */
const char *verb_argument(const char *line);

#endif
