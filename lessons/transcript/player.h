/*
 * player: one side of a script, performed against a peer that is really there
 * (articles: A10). What both of them say is printed on standard output as it is
 * said; at the first departure from the script it ends.
 */
#ifndef PLAYER_H
#define PLAYER_H

#include "transcript/script.h"
#include "wire/wire.h"

/* What came from the peer. */
enum heard { HEARD_LINE, HEARD_CLOSE, HEARD_RESET, HEARD_NOTHING };

/* Set the first four, open the script; the rest is perform's own. */
struct player {
	char me, peer;	/* 'C' or 'S' */
	bool exact;	/* a reply is held to its words, not to its code alone */
	int limit;	/* milliseconds to wait for the peer's next line */
	size_t piece;	/* octets to write at a time, each to arrive alone; 0 for all */
	size_t put;	/* octets of a piece that are held already */
	bool reset;	/* we have reset the connection */
	bool in_reply;	/* what is expected was heard with the NNN- line before */
	bool again;	/* what is expected was heard by {lines} */
	bool more;	/* {lines} is the last step */
	bool answered;	/* something was heard since we said something */
	enum heard end; /* how the peer has ended; HEARD_LINE: it has not */
	struct script script;
	struct wire wire;
	struct transcript_said said;
	char heard[TRANSCRIPT_TEXT]; /* the last line, as a text */
	char octets[TRANSCRIPT_TEXT];
};

/*
 * Holds one conversation over a connection, which it closes, from the first step
 * of the script to the last. Returns what to exit with: 0, 1 after a departure,
 * 65 for a line that cannot be said; what it was is told on standard error.
 */
int play(struct player *p, int fd);

#endif
