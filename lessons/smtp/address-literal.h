/*
 * address-literal: a host named by its address, in place of a name that DNS would have
 * to know (RFC 5321, 4.1.3): [127.0.0.1], [IPv6:::1]. A host must accept mail for such
 * a name of its own (RFC 1123, 5.2.17).
 */
#ifndef ADDRESS_LITERAL_H
#define ADDRESS_LITERAL_H

#include <stddef.h>

#define ADDRESS_OCTETS 16 /* of an address; IPv4 is written as ::ffff:127.0.0.1 */

/*
 * Reads the literal at text into address[]. Returns how many octets of text it has,
 * with its brackets; 0 if text does not begin with one.
 */
size_t address_literal(const char *text, unsigned char address[ADDRESS_OCTETS]);

/*
 * The same for an address as getnameinfo(3) writes it, without brackets; what comes
 * after a % is the interface, which it ignores. Returns 0, or -1 if text is not an
 * address.
 */
int address_numeric(const char *text, unsigned char address[ADDRESS_OCTETS]);

#endif
