/*
 * address-list: the addresses in a field of a stranger's header (articles: B6; RFC 5322,
 * 3.4).
 */
#ifndef ADDRESS_LIST_H
#define ADDRESS_LIST_H

#include "message/address.h"

/*
 * Reads the next address that can be used from the field of a stranger's header, in any
 * form that RFC 5322 allows, with comments, quoted names, encoded-words, groups and
 * routes, and in those that people find in their mail: `<<a@b>>`, `a@b>`, `Name a@b`. Its
 * name is cut where it does not fit. Returns where the rest of the list begins, or NULL
 * where there is no other address.
 */
const char *address_next(const char *list, struct address *address);

#endif
