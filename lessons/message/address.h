/*
 * address: an address as the header has it, `alice@crepes.fr`, or with the name that
 * people read, `Alice <alice@crepes.fr>` (articles: B6; RFC 5322, 3.4): as it is typed,
 * and as it is written.
 */
#ifndef ADDRESS_H
#define ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

enum {
	ADDRESS_NAME = 512,   /* octets of a name with its NUL */
	ADDRESS_LOCAL = 64,   /* octets of a local part at most, RFC 5321, 4.5.3.1.1 */
	ADDRESS_DOMAIN = 255, /* octets of a domain at most, 4.5.3.1.2 */
	ADDRESS_ROOM = ADDRESS_LOCAL + ADDRESS_DOMAIN + 2
};

struct address {
	char name[ADDRESS_NAME];    /* in UTF-8, without controls; empty: none */
	char mailbox[ADDRESS_ROOM]; /* local-part@domain, in printing ASCII */
	bool has_unread; /* name has words of a stranger that could not be decoded */
};

/*
 * Reads the one address that somebody typed; its name may be quoted, or else is what it
 * looks like. Returns NULL, or what is wrong, in words.
 */
const char *address_typed(struct address *address, const char *text);

/*
 * Adds the address to the value of a field, of size octets with a NUL, after a comma
 * where it is not the first; column is where on its line the value begins. The name is
 * written as it is where it is of atoms, quoted where it has specials, and else as
 * encoded-words (RFC 2047, 5 (3)). False, and the field as it was, where it does not fit.
 */
bool address_add(const struct address *address, size_t column, char *field, size_t size);

#endif
