/*
 * entity: a message taken apart (articles: B5, B10). An entity is a header and a body,
 * the message's own or those of a part (RFC 2045, 2.4). A multipart holds entities, and
 * a message/rfc822 holds one. The reader meets each once, in the order of the message.
 */
#ifndef ENTITY_H
#define ENTITY_H

#include "message/content-fields.h"
#include "message/header.h"
#include "message/multipart.h"

#include <stdbool.h>
#include <stdio.h>

enum {
	ENTITY_DEPTH = 50, /* the most entities in one another */
	ENTITY_ENCODED =
		3, /* the most messages in base64 in one another: each is copied */
	ENTITY_NUMBER = 512 /* the longest number, with a NUL */
};

/* How well an entity was shown, the best last. */
enum entity_shown {
	ENTITY_NOT_SHOWN,
	ENTITY_BLANK,	  /* a text without anything to see */
	ENTITY_AS_SOURCE, /* the source of a text, of an unknown kind or encoding */
	ENTITY_SHOWN
};

/* One entity, while its body is read. */
struct entity {
	unsigned depth;		       /* the message's own is 1 */
	char number[ENTITY_NUMBER];    /* the message is 1, its parts 1.1, 1.2, 1.2.1 */
	bool is_too_deep;	       /* it holds others, but is taken for data */
	bool is_in_message;	       /* it is in a message that is in the message */
	unsigned encoded;	       /* messages in base64 around it */
	char charset[CONTENT_CHARSET]; /* of fields that declare none */
	struct content content;
};

/* What the caller does with each entity; any function but body may be NULL. */
struct entity_reader {
	/* Gets each field of a message's own header, in UTF-8, and NULL at its end. */
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
	 * Takes back what was shown, because the message has a better form of it, or it
	 * is blank. To say so, write to out.
	 */
	void (*give_up)(
		struct entity_reader *reader, const struct entity *entity, bool is_blank);

	/* A multipart has ended without a part, or without its last delimiter. */
	void (*broken)(
		struct entity_reader *reader, const struct entity *entity, bool is_empty);

	bool chooses; /* show one form of a multipart/alternative; else all */
	void *caller; /* the caller's own */
	FILE *out;    /* where texts are shown: a copy, for a form that may be given up */
	struct multipart *message; /* what is read */
	int why;		   /* errno if it could not be read; else 0 */
};

/*
 * Reads a message from in to its end, and calls the functions of reader; the caller has
 * set those, chooses, caller and out, the rest is 0. Errors of in stay in it; if a
 * temporary file fails the program ends, with a line.
 */
void entity_read(struct entity_reader *reader, FILE *in);

#endif
