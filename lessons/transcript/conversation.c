/*
 * conversation: a transcript is read line by line; what belongs together is put
 * together, and goes to its side. Begin at conversation_read.
 */
#include "transcript/conversation.h"
#include "transcript/reply.h"

#include <stdlib.h>
#include <string.h>

/*
 * Whether a line is read where only commands and codes count. Each line of a reply has
 * its code (RFC 5321, 4.2.1); one that was said and has not counts.
 */
static bool counts(
	const struct dialogue *d, const struct line *line, enum contents contents)
{
	if (contents == CONTENTS_ALL)
		return true;
	if (line->kind == LINE_HEADER || line->kind == LINE_MESSAGE)
		return false;
	if (line->kind != LINE_MORE)
		return true;
	if (contents == CONTENTS_CODES || line->lines || d->protocol == PROTOCOL_HTTP ||
		d->protocol == PROTOCOL_POP3)
		return false;
	return !reply_same_code(d->reply, line->text) ||
	       transcript_end(d->reply) != transcript_end(line->text);
}

/* The line that a side has begun is whole; or what there is of it, is all. */
static bool end_line(struct conversation *c, int who, enum contents contents)
{
	struct side *side = &c->side[who];
	struct line line = side->begun, *lines;
	bool ok;

	if (line.text == NULL)
		return true;
	side->begun.text = NULL;
	ok = dialogue_follow(&c->dialogue, who, &line);
	if (!ok || !counts(&c->dialogue, &line, contents)) {
		free(line.text);
		return ok;
	}
	if (side->count == side->room) {
		size_t room = 2 * side->room + 16;

		lines = realloc(side->lines, room * sizeof *lines);
		if (lines == NULL) {
			free(line.text);
			return false;
		}
		side->lines = lines;
		side->room = room;
	}
	side->lines[side->count++] = line;
	return true;
}

/* Takes what the script has just read. */
static bool take(
	struct conversation *c, const struct script *script, enum contents contents)
{
	bool is_event = script->step != STEP_SAID && script->step != STEP_LINES;
	int who = script->who == 'S' ? SERVER : CLIENT;
	struct side *side = &c->side[who];
	struct line line = {.number = script->line, .lines = script->step == STEP_LINES};
	char *joined = NULL;

	line.kind = is_event ? LINE_EVENT : LINE_COMMAND;
	line.text = strdup(script->text);
	if (line.text == NULL)
		return false;
	if (side->begun.text != NULL && side->interrupted && !is_event && !line.lines)
		joined = transcript_join(side->begun.text, line.text);
	if (joined != NULL) {
		free(side->begun.text);
		free(line.text);
		side->begun.text = joined;
	} else {
		if (!end_line(c, who, contents)) {
			free(line.text);
			return false;
		}
		side->begun = line;
	}
	side->interrupted = false;
	c->side[who == SERVER ? CLIENT : SERVER].interrupted = true;
	if (is_event || transcript_end(side->begun.text) != TEXT_NO_END)
		return end_line(c, who, contents);
	return true;
}

bool conversation_read(
	struct conversation *c, struct script *script, enum contents contents)
{
	bool ok = true;

	c->file_name = script->file_name;
	for (script_next(script); ok && script->step != STEP_END; script_next(script))
		if (script->step != STEP_WAIT)
			ok = take(c, script, contents);
	return ok && end_line(c, CLIENT, contents) && end_line(c, SERVER, contents);
}

void conversation_free(struct conversation *c)
{
	for (int who = CLIENT; who <= SERVER; who++) {
		for (size_t i = 0; i < c->side[who].count; i++)
			free(c->side[who].lines[i].text);
		free(c->side[who].lines);
		free(c->side[who].begun.text);
	}
	dialogue_free(&c->dialogue);
}
