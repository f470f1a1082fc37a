/*
 * entity-header: the header of a message or a part: what its Content- fields say, and
 * its other fields, to be shown (articles: B6, B10). A header should be ASCII (RFC
 * 5322, 2.2), and many are not. Their charset is known only at the end of the header,
 * so the fields wait until then.
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
	entity_field *field; /* or NULL, if the fields are not needed */
	void *caller;
	char charset
		[CONTENT_CHARSET]; /* of fields that declare none; empty: windows-1252 */
};

/*
 * Reads a header to its end, into content, and concludes that. The caller sets header,
 * with the charset of the entity around this one; charset becomes the one that this
 * header names, or that of the first part of a multipart. If a temporary file fails the
 * program ends, with a line; errors of the message stay in its stream.
 */
void entity_header_read(
	struct multipart *message, struct entity_header *header, struct content *content);

#endif
