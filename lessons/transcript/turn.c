/* turn: see turn.h. */
#include "transcript/turn.h"
#include "transcript/reply.h"

#include <stddef.h>
#include <strings.h>

void turn_of_client(struct turn *t)
{
	if (t->message)
		t->owed = 1; /* for all of its lines */
	else
		t->owed++;
}

void turn_of_server(struct turn *t, const char *line)
{
	if (reply_is(line) && strcasecmp(line + 3 + (line[3] != '\0'), "PIPELINING") == 0)
		t->groups = true;
	if (reply_is(line) && line[3] == '-')
		return; /* more of it follows */
	if (t->owed > 0)
		t->owed--;
	t->message = reply_is(line) && line[0] == '3';
}

bool turn_goes_on(const struct turn *t, const char *command)
{
	static const char *const verbs[] = {"MAIL", "RCPT", "RSET"};

	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (strncasecmp(command, verbs[i], 4) == 0)
			return t->groups;
	return false;
}
