/*
 * player: one side of a script, performed against a peer that is really there
 * (articles: A10). What both of them say is written down as it is said, a transcript; at
 * the first departure from the script it ends. One program may hold many conversations.
 */
#ifndef PLAYER_H
#define PLAYER_H

#include "transcript/pieces.h"
#include "transcript/script.h"
#include "transcript/turn.h"
#include "wire/wire.h"

/* Where the script and what was heard stand to each other. */
enum player_state {
	PLAYER_UNHEARD,	   /* nothing was heard since we said something, or at all */
	PLAYER_HEARD,	   /* a line was heard, and held against its step */
	PLAYER_AHEAD,	   /* {lines} has ended with the line of the next step */
	PLAYER_IN_REPLY,   /* a reply was heard to its end; its other steps are done */
	PLAYER_LAST_LINES, /* {lines} is the last step: all that may come is expected */
	PLAYER_RESET	   /* we have reset the connection: nothing more can come */
};

/* What came from the peer. */
enum heard { HEARD_LINE, HEARD_CLOSE, HEARD_RESET, HEARD_NOTHING };

/* Begin with all zero, set what is in the first part, and open the script. */
struct player {
	char me, peer;	      /* 'C' or 'S' */
	bool exact;	      /* a reply is held to its words, not to its code alone */
	int limit;	      /* milliseconds to wait for the peer's next line */
	bool in_step;	      /* a peer that does not wait for its turn departs, too */
	struct pieces pieces; /* its size is how what we say is cut */
	FILE *out;	      /* where what is said is written, as a transcript, */
	FILE *err;	      /* and where a departure is told, */
	const char *program;  /* by a line that begins with this name */
	struct script script;

	enum player_state state; /* from here on it is the player's own */
	enum heard end;		 /* how the peer has ended; HEARD_LINE: it has not */
	struct turn turn;	 /* how many replies are owed */
	bool after_lines;	 /* the last step of the peer was {lines} */
	struct wire wire;
	struct transcript_said said;
	char heard[TRANSCRIPT_TEXT]; /* the last line, as a text */
	char octets[TRANSCRIPT_TEXT];
};

/*
 * Holds one conversation over a connection, which it closes, from the first step
 * of the script to the last. Returns its verdict, a status to exit with: 0, 1 after a
 * departure, 65 for a line that cannot be said; what it was is told on err. SIGPIPE
 * has to be ignored.
 */
int play(struct player *p, int fd);

#endif
