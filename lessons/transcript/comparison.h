/*
 * comparison: a conversation that was expected against one that was said (articles: A10).
 * Each side is compared in its own order.
 */
#ifndef COMPARISON_H
#define COMPARISON_H

#include "transcript/conversation.h"

struct comparison {
	bool codes;	 /* commands and reply codes alone count, and both were read so */
	bool unfinished; /* more may be said: what goes beyond is no difference */
	struct conversation expected, actual;
	struct placeholders *names; /* of the script that was expected */

	size_t taken; /* how many lines of the server were alike, where all was */

	/* the first difference */
	int side;		 /* CLIENT or SERVER */
	const struct line *line; /* what was expected; NULL: nothing more */
	const struct line *said; /* what was said instead; NULL: nothing more */
	bool is_paired;		 /* the two lines differ; else there is one alone */
	size_t at;		 /* octets of the text of said that come before that */
	char words[96];		 /* what is wrong there */
};

/*
 * Whether what was said is like what was expected; where it is not, finds the first
 * difference. With names->given_up, a longer search could have found that there is none.
 */
bool comparison_alike(struct comparison *c);

#endif
