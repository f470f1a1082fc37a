/*
 * player: performs one side of a script against a real peer (articles: A10). It writes
 * down what both sides say, as a transcript, and ends at the first departure from the
 * script. One program may hold many conversations.
 */
#ifndef PLAYER_H
#define PLAYER_H

#include "transcript/pieces.h"
#include "transcript/script.h"
#include "transcript/turn.h"
#include "wire/wire.h"

/* How far the script is, compared with what was heard. */
enum player_state {
	PLAYER_UNHEARD, /* nothing was heard since we said something, or at all */
	PLAYER_HEARD,	/* a line was heard, and compared with its step */
	PLAYER_AHEAD, /* the last line heard ended {lines}: it belongs to the next step */
	PLAYER_IN_REPLY,   /* a reply was heard to its end; its other steps are done */
	PLAYER_LAST_LINES, /* {lines} is the last step: all that may come is expected */
	PLAYER_RESET	   /* we have reset the connection: nothing more can come */
};

/* What came from the peer. */
enum heard { HEARD_LINE, HEARD_CLOSE, HEARD_RESET, HEARD_NOTHING };

/* Begin with all zero, set what is in the first part, and open the script. */
struct player {
	char me, peer; /* 'C' or 'S' */
	bool exact;    /* the words of a reply count, not its code alone */
	int limit;     /* milliseconds to wait for the peer's next line */
	bool in_step;  /* a peer that does not wait for its turn is a departure too */
	struct pieces pieces; /* how what we say is cut; the caller sets its size */
	FILE *out;	      /* receives the transcript, */
	FILE *err;	      /* and this one a line about a departure, */
	const char *program;  /* which begins with this name */
	struct script script;

	enum player_state state; /* from here on the fields are the player's own */
	enum heard end;		 /* how the peer has ended; HEARD_LINE: it has not */
	struct turn turn;	 /* how many replies the server owes */
	bool after_lines;	 /* the last step of the peer was {lines} */
	struct wire wire;
	struct transcript_said said;
	char heard[TRANSCRIPT_TEXT]; /* the last line, as a text */
	char octets[TRANSCRIPT_TEXT];
};

/*
 * Holds one conversation over a connection, from the first step of the script to the
 * last, and closes the connection. Returns an exit status: 0; 1 after a departure; 65
 * for a line that cannot be said. It explains 1 and 65 on err. SIGPIPE has to be
 * ignored.
 */
int play(struct player *p, int fd);

#endif
