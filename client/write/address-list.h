#ifndef ADDRESS_LIST_H
#define ADDRESS_LIST_H

#include "message/address.h"

#include <stddef.h>

/*
 * The addresses in a field of a stranger's header (RFC 5322, 3.4): in any form that it
 * allows, with comments, quoted names, encoded-words, groups and routes.
 */

/*
 * Reads the next address that can be used, from list on: one whose mailbox is well
 * formed; its name is readable, and cut where it does not fit. Returns where the rest of
 * the list begins, or NULL where there is no other address.
 */
const char *address_next(const char *list, struct address *address);

/*
 * Writes all of them as the value of a field, of size octets with a NUL; column is where
 * on its line it begins. Empty where there are none, or they do not fit.
 */
void address_list(const char *list, size_t column, char *field, size_t size);

#endif
