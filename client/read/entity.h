/*
 * entity: a message taken apart (articles: B5, B10). An entity is a header and a body,
 * the message's own or those of a part (RFC 2045, 2.4). A multipart holds entities, and
 * a message/rfc822 holds one; each is met once, in its order, as the message is read.
 */
#ifndef ENTITY_H
#define ENTITY_H

#include "message/content-fields.h"
#include "message/header.h"
#include "message/multipart.h"

#include <stdbool.h>
#include <stdio.h>

enum {
	ENTITY_DEPTH = 50,  /* entities in one another at most */
	ENTITY_ENCODED = 3, /* messages in base64 in one another, each is copied */
	ENTITY_NUMBER = 512 /* octets of a number at most, with a NUL */
};

/* How well an entity was shown, the best last. */
enum entity_shown {
	ENTITY_NOT_SHOWN,
	ENTITY_BLANK,	  /* a text in which nothing can be seen */
	ENTITY_AS_SOURCE, /* the source of a text, of a kind or encoding not known */
	ENTITY_SHOWN
};

/* One entity, while its body is read. */
struct entity {
	unsigned depth;		    /* the message's own is 1 */
	char number[ENTITY_NUMBER]; /* the message is 1, its parts 1.1, 1.2, 1.2.1 */
	bool is_too_deep;   /* it holds others, that are not looked for: it is data */
	bool is_in_message; /* in one that is in the message */
	unsigned encoded;   /* such messages in base64 that it is in */
	char charset[CONTENT_CHARSET]; /* of what declares none */
	struct content content;
};

/* What the caller does with what it meets; any function but body may be NULL. */
struct entity_reader {
	/* Of a message's own header: each field, in UTF-8, and NULL at its end. */
	void (*field)(struct entity_reader *reader, const struct header_field *field);

	/* An entity that holds others begins: a multipart or a message/rfc822. */
	void (*begin)(struct entity_reader *reader, const struct entity *entity);

	/*
	 * Any other entity: message gives its body, to the end. Returns whether it was
	 * shown, as a text on out.
	 */
	enum entity_shown (*body)(
		struct entity_reader *reader, const struct entity *entity);

	/*
	 * What was shown is taken back, for there is a better form of the same, or it is
	 * blank. out is where this is said.
	 */
	void (*give_up)(
		struct entity_reader *reader, const struct entity *entity, bool is_blank);

	/* A multipart is over that had no part, or was not closed by a last delimiter. */
	void (*broken)(
		struct entity_reader *reader, const struct entity *entity, bool is_empty);

	bool chooses; /* of a multipart/alternative one form is shown, else all are */
	void *caller; /* the caller's own */
	FILE *out;    /* where texts are shown; in a form that may be given up, a copy */
	struct multipart *message; /* what is read */
	int why;		   /* errno, where that could not be read; else 0 */
};

/*
 * Reads a message from in to its end, and calls the functions of reader; the caller has
 * set those, chooses, caller and out, the rest is 0. Errors of in stay in it; where a
 * temporary file fails the program ends, with a line.
 */
void entity_read(struct entity_reader *reader, FILE *in);

#endif
