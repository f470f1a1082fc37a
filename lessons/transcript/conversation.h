/*
 * conversation: a transcript as a whole, to be compared. Each side has its lines in
 * their own order, so a conversation in which commands were pipelined is like one in
 * lock-step (articles: A10).
 */
#ifndef CONVERSATION_H
#define CONVERSATION_H

#include "transcript/dialogue.h"
#include "transcript/script.h"

/* What one side said. */
struct side {
	size_t count;
	struct line *lines;
	size_t room; /* for so many lines */
	struct line
		begun; /* a line that has not ended; its text is NULL where there is none */
	bool interrupted; /* the other side has said something since */
};

struct conversation {
	const char *file_name;
	struct side side[2]; /* CLIENT and SERVER */
	struct dialogue dialogue;
};

/* What is read. */
enum contents {
	CONTENTS_ALL,
	CONTENTS_CODES,	    /* commands and replies alone: of a reply its first line */
	CONTENTS_CODES_SAID /* the same, and the lines of a reply that break it */
};

/*
 * Reads all of a script that was opened. A line that the other side has interrupted is
 * put together. Begin with all zero; the protocol may be set. Returns false where
 * memory does not suffice.
 */
bool conversation_read(
	struct conversation *c, struct script *script, enum contents contents);

void conversation_free(struct conversation *c);

#endif
