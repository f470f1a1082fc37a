/*
 * content-fields: reads the header of a part: the type, charset=, boundary=, name= and
 * format= in Content-Type, then Content-Transfer-Encoding, and filename= in
 * Content-Disposition (articles: B7, B10, B11; RFC 2045, 5 and 6; RFC 2183). Strangers
 * wrote them, and any of them may be missing.
 */
#ifndef CONTENT_FIELDS_H
#define CONTENT_FIELDS_H

#include "message/header.h"
#include "message/parameter.h"
#include "message/transfer-encoding.h"

#include <stdbool.h>

enum {
	CONTENT_TYPE = 128,  /* octets of a type with a NUL */
	CONTENT_CHARSET = 64 /* the same of the name of a charset */
};

/* What a part is for its reader. */
enum content_kind {
	CONTENT_DATA,	   /* octets */
	CONTENT_TEXT,	   /* lines, whose ends are LF in our files */
	CONTENT_TEXT_FILE, /* the same, but to be saved as a file, not shown */
	CONTENT_MULTIPART, /* with a boundary that can be read */
	CONTENT_MESSAGE	   /* message/rfc822, or global (6532): a message is its body */
};

/* Begins as {0}. The tokens are in lower case and of printing ASCII. */
struct content {
	char type[CONTENT_TYPE];       /* type/subtype */
	char charset[CONTENT_CHARSET]; /* cut; any octets; may be empty */
	char encoding[64];	       /* of the transfer */
	char disposition[64];
	char name[PARAMETER_ROOM];	/* the file name, any octets; may be empty */
	char type_name[PARAMETER_ROOM]; /* the same from Content-Type, the old way */
	char boundary[PARAMETER_ROOM];	/* of a multipart; cut; may be empty */
	enum transfer_encoding transfer;
	enum content_kind kind;
	bool is_flowed, deletes_blank; /* format=flowed, delsp=yes (RFC 3676) */
	bool is_undivided;	       /* a multipart whose boundary never comes */
};

/*
 * Takes a field of the header. If a field comes twice, the first that can be read
 * counts.
 */
void content_take(struct content *content, const struct header_field *field);

/*
 * To be called at the end of the header. Fills in the default for fields that are
 * missing or unreadable, text/plain in 7bit (RFC 2045, 5.2 and 6.1), and what depends
 * on them. In a multipart/digest a part without a type is a message (RFC 2046, 5.1.5).
 */
void content_conclude(struct content *content, bool is_in_digest);

/* Makes a multipart one text: to be called once its boundary was not found. */
void content_undivided(struct content *content);

#endif
