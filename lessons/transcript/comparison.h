/*
 * comparison: a conversation that was expected against one that was said (articles: A10).
 * Each side is compared in its own order.
 */
#ifndef COMPARISON_H
#define COMPARISON_H

#include "transcript/conversation.h"

struct comparison {
	bool codes;		      /* commands and reply codes alone count */
	struct conversation expected; /* read with CONTENTS_CODES, if they do, */
	struct conversation actual;   /* and with CONTENTS_CODES_SAID */
	struct placeholders *names;   /* of the script that was expected */

	/* the first difference */
	int side;		 /* CLIENT or SERVER */
	const struct line *line; /* what was expected; NULL: nothing more */
	const struct line *said; /* what was said instead; NULL: nothing more */
	const char *unpaired;	 /* why there is one of them alone, or NULL */
};

/*
 * Whether what was said is like what was expected. Where it is not, tells the first
 * difference; with names->given_up, a longer search could have found that there is none.
 */
bool comparison_alike(struct comparison *c);

#endif
