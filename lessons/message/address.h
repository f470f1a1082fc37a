/*
 * address: an address as the header has it, `alice@crepes.fr`, or with the name that
 * people read, `Alice <alice@crepes.fr>` (articles: B6; RFC 5322, 3.4). Here an address
 * that somebody typed is read, and written into a header.
 */
#ifndef ADDRESS_H
#define ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

enum {
	ADDRESS_NAME = 512,   /* octets of a name with its NUL */
	ADDRESS_LOCAL = 64,   /* longest local part, RFC 5321, 4.5.3.1.1 */
	ADDRESS_DOMAIN = 255, /* longest domain, 4.5.3.1.2 */
	ADDRESS_ROOM = ADDRESS_LOCAL + ADDRESS_DOMAIN + 2
};

struct address {
	char name[ADDRESS_NAME];    /* in UTF-8, without controls; may be empty */
	char mailbox[ADDRESS_ROOM]; /* local-part@domain, in printing ASCII */
	bool has_unread;	    /* name has encoded-words that could not be decoded */
};

/*
 * Reads one address that somebody typed. Its name may be quoted; otherwise it is taken
 * letter by letter. Returns NULL, or what is wrong, in words.
 */
const char *address_typed(struct address *address, const char *text);

/*
 * Adds the address to the value of a field, which has size octets with a NUL. A comma
 * comes before it if it is not the first. column is where on its line the value begins.
 * A name of atoms is written as it is, a name with specials is quoted, any other
 * becomes encoded-words (RFC 2047, 5 (3)). Returns false, and leaves the field as it
 * was, if it does not fit.
 */
bool address_add(const struct address *address, size_t column, char *field, size_t size);

#endif
