#ifndef ADDRESS_H
#define ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Addresses as the header has them (RFC 5322, 3.4): `alice@crepes.fr`, or with the
 * name that people read, `Alice <alice@crepes.fr>`.
 */

enum {
	ADDRESS_NAME = 512,   /* octets of a name with its NUL */
	ADDRESS_LOCAL = 64,   /* octets of a local part at most, RFC 5321, 4.5.3.1.1 */
	ADDRESS_DOMAIN = 255, /* octets of a domain at most, 4.5.3.1.2 */
	ADDRESS_ROOM = ADDRESS_LOCAL + ADDRESS_DOMAIN + 2
};

struct address {
	char name[ADDRESS_NAME];    /* in UTF-8, without controls; empty: none */
	char mailbox[ADDRESS_ROOM]; /* local-part@domain, in printing ASCII */
};

/*
 * Reads the one address that somebody typed; its name may be quoted, and else stands
 * for itself. Returns NULL, or what is wrong, in words.
 */
const char *address_typed(struct address *address, const char *text);

/*
 * Takes a mailbox, local-part@domain, of length octets, which may be any. Returns NULL,
 * or what is wrong, in words.
 */
const char *address_mailbox(struct address *address, const char *text, size_t length);

/*
 * Adds the address to the value of a field, of size octets with a NUL, behind a comma
 * where it is not the first; column is where on its line the value begins. The name is
 * written as it is where it is of atoms, quoted where it has specials, and else as
 * encoded-words (RFC 2047, 5 (3)). False, and the field as it was, where it does not fit.
 */
bool address_add(const struct address *address, size_t column, char *field, size_t size);

#endif
