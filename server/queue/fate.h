/*
 * fate: what became of a recipient of an entry (articles: A4; RFC 5321, 4.2.1): the first
 * digit of a reply decides, and where there was none it is tried again.
 */
#ifndef FATE_H
#define FATE_H

#include <stddef.h>

#define FATE_TEXT 400 /* octets of a reply's words that are kept, with a NUL */

enum outcome {
	WAITS,	   /* to be tried again */
	DELIVERED, /* 2xx */
	FAILED,	   /* 5xx, or there is no route */
	GIVEN_UP   /* it waited for too long */
};

struct fate {
	enum outcome outcome;
	char code[4];	      /* of the reply; "---" where there was none */
	char text[FATE_TEXT]; /* its words, or why there is none: safe to show */
};

#endif
