/*
 * comparison: compares the conversation that was expected with the one that was said
 * (articles: A10). Each side is compared in its own order.
 */
#ifndef COMPARISON_H
#define COMPARISON_H

#include "transcript/conversation.h"

struct comparison {
	bool codes;	 /* compare only commands and reply codes; both were read so */
	bool unfinished; /* more may still be said: further lines are not a difference */
	struct conversation expected, actual;
	struct placeholders *names; /* of the expected script */

	size_t taken; /* how many lines of the server were alike, if all was */

	/* the first difference */
	int side;		 /* CLIENT or SERVER */
	const struct line *line; /* what was expected; NULL: nothing more */
	const struct line *said; /* what was said instead; NULL: nothing more */
	bool is_paired;		 /* the two lines differ; else there is one alone */
	size_t at;		 /* octets of the text of said before the difference */
	char words[160];	 /* what is wrong there */
};

/*
 * Whether what was said is like what was expected. If it is not, finds the first
 * difference. With names->given_up, a longer search might have found that they are
 * alike.
 */
bool comparison_alike(struct comparison *c);

#endif
