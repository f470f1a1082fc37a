/*
 * entity-header: the header of a message or a part: what its Content- fields say, and its
 * other fields for whoever shows them (articles: B6, B10). A header should be ASCII (RFC
 * 5322, 2.2), and many are not: in which charset their octets are is known at the end of
 * the header alone, so until then the fields wait.
 */
#ifndef ENTITY_HEADER_H
#define ENTITY_HEADER_H

#include "message/content-fields.h"
#include "message/header.h"
#include "message/multipart.h"

#include <stdbool.h>

/* Gets each field of the header, in UTF-8. caller is the caller's own. */
typedef void entity_field(void *caller, const struct header_field *field);

struct entity_header {
	bool is_message;     /* of a message, not of a part */
	bool is_in_digest;   /* of a part of a multipart/digest */
	entity_field *field; /* or NULL: nobody asks */
	void *caller;
	char charset[CONTENT_CHARSET]; /* of what declares none; empty: windows-1252 */
};

/*
 * Reads a header to its end, into content, which is concluded. header is set by the
 * caller, with the charset of what holds this entity; charset becomes that which is named
 * here, or in a multipart first. Where a temporary file fails the program ends, with a
 * line; errors of the message stay in its stream.
 */
void entity_header_read(
	struct multipart *message, struct entity_header *header, struct content *content);

#endif
