/*
 * content-fields: what is read of a part's header: of Content-Type the type, charset=,
 * boundary=, name= and format=; Content-Transfer-Encoding; of Content-Disposition filename=
 * (articles: B7, B10, B11; RFC 2045, 5 and 6; RFC 2183). Strangers wrote it, and none
 * need be there.
 */
#ifndef CONTENT_FIELDS_H
#define CONTENT_FIELDS_H

#include "message/header.h"
#include "message/parameter.h"
#include "message/transfer-encoding.h"

#include <stdbool.h>

enum {
	CONTENT_TYPE = 128,  /* octets of a type with a NUL */
	CONTENT_CHARSET = 64 /* octets of the name of a charset, likewise */
};

/* What a part is for who reads it. */
enum content_kind {
	CONTENT_DATA,	   /* octets */
	CONTENT_TEXT,	   /* lines, whose ends are LF in our files */
	CONTENT_TEXT_FILE, /* such lines, but meant to be a file, not to be shown */
	CONTENT_MULTIPART, /* and its boundary can be read */
	CONTENT_MESSAGE	   /* message/rfc822, or global (6532): a message is its body */
};

/* Begins as {0}. The tokens are in lower case and of printing ASCII. */
struct content {
	char type[CONTENT_TYPE];       /* type/subtype */
	char charset[CONTENT_CHARSET]; /* cut; any octets; empty: none */
	char encoding[64];	       /* of the transfer */
	char disposition[64];
	char name[PARAMETER_ROOM];	/* the file name, any octets; empty: none */
	char type_name[PARAMETER_ROOM]; /* the same, in Content-Type, of old */
	char boundary[PARAMETER_ROOM];	/* of a multipart; cut; empty: none */
	enum transfer_encoding transfer;
	enum content_kind kind;
	bool is_flowed, deletes_blank; /* format=flowed, delsp=yes (RFC 3676) */
	bool is_undivided;	       /* a multipart in which its boundary is nowhere */
};

/* Takes a field of the header. Of two of a name the first that can be read
 * counts. */
void content_take(struct content *content, const struct header_field *field);

/*
 * At the end of the header: fills in what is meant where fields are missing or
 * unreadable, text/plain in 7bit (RFC 2045, 5.2 and 6.1), and what follows. In a
 * multipart/digest a part without a type is a message (RFC 2046, 5.1.5).
 */
void content_conclude(struct content *content, bool is_in_digest);

/* A multipart in which its boundary was looked for in vain is one text. */
void content_undivided(struct content *content);

#endif
