#ifndef ENTITY_H
#define ENTITY_H

#include "message/content-fields.h"
#include "message/header.h"
#include "message/multipart.h"

#include <stdbool.h>
#include <stdio.h>

/*
 * A message taken apart: an entity is a header and a body, the message's own or those of
 * a part (RFC 2045, 2.4). A multipart holds entities, and a message/rfc822 holds one;
 * they are met in the order in which they stand, each once, as the message is read.
 */

enum {
	ENTITY_DEPTH = 50,  /* entities in one another at most */
	ENTITY_ENCODED = 3, /* messages in base64 in one another, each is copied */
	ENTITY_NUMBER = 512 /* octets of a number at most, with a NUL */
};

/* What was done with an entity, from the least to the best. */
enum entity_shown {
	ENTITY_NOT_SHOWN,
	ENTITY_SHOWN_AS_TEXT, /* text of a kind that is not known: its source is shown */
	ENTITY_SHOWN
};

/* One entity, while its body is read. */
struct entity {
	unsigned depth;		    /* the message's own is 1 */
	char number[ENTITY_NUMBER]; /* the message is 1, its parts 1.1, 1.2, 1.2.1 */
	bool is_too_deep; /* it holds others, that are not looked for: it is data */
	struct content content;
};

struct entity_reader {
	void *caller; /* the caller's own */
	FILE *out;    /* where shown text goes: the caller begins with standard output */

	/* A multipart or a message/rfc822 begins. May be NULL. */
	void (*begin)(struct entity_reader *reader, const struct entity *entity);

	/* A field of a message's header, not of a part's; NULL at its end. May be NULL. */
	void (*field)(struct entity_reader *reader, const struct header_field *field);

	/* Any other entity; its body is what message gives next, to the end. */
	enum entity_shown (*body)(
		struct entity_reader *reader, const struct entity *entity);

	/*
	 * In a multipart/alternative, an entity is given up for a later one: what it
	 * wrote to out is dropped. Where this is NULL every alternative is as good.
	 */
	void (*give_up)(struct entity_reader *reader, const struct entity *entity);

	/*
	 * A multipart ended without its last delimiter, or had no part at all, for its
	 * delimiter never came. May be NULL.
	 */
	void (*broken)(
		struct entity_reader *reader, const struct entity *entity, bool is_empty);

	int why; /* errno, where the message could not be read; else 0 */

	unsigned
		encoded; /* messages in base64 that we are in: entity.c's, and the next */
	struct multipart *message;	  /* what is read */
	struct header_field header_field; /* the last field that was read */
};

/*
 * Reads a message from in to its end, and calls the functions of reader, whose functions
 * and out the caller has set. Returns the best of what the entities came to. Errors of
 * in stay in it; where memory or temporary files fail the program ends, with a line.
 */
enum entity_shown entity_read(struct entity_reader *reader, FILE *in);

/*
 * Says what an entity is, as content_say does, with its number before it where it is
 * in another one.
 */
void entity_say(FILE *out, const struct entity *entity, const struct charset *charset);

/* How well a reader sees a text of this content: its source, or as it is meant. */
enum entity_shown entity_text_shown(const struct content *content);

#endif
