/*
 * address-list: reads the addresses in a header field that a stranger wrote (articles:
 * B6; RFC 5322, 3.4).
 */
#ifndef ADDRESS_LIST_H
#define ADDRESS_LIST_H

#include "message/address.h"

/*
 * Reads the next usable address of a list. It knows every form that RFC 5322 allows,
 * with comments, quoted names, encoded-words, groups and routes, and wrong ones that
 * are common in mail: `<<a@b>>`, `a@b>`, `Name a@b`. A name that does not fit is cut.
 * Returns where the rest of the list begins, or NULL if the list has no other address.
 */
const char *address_next(const char *list, struct address *address);

#endif
