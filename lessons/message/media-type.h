#ifndef MEDIA_TYPE_H
#define MEDIA_TYPE_H

#include <stdbool.h>

/*
 * Media types, `type/subtype`, and the suffixes of file names that stand for
 * them (passages B11 to B14).
 */

/* The type of a file by its name's suffix; application/octet-stream if unknown. */
const char *media_type_of(const char *file_name);

/* The suffix for a type in lower case, without the dot; `bin` if unknown. */
const char *media_type_suffix(const char *type);

/* Whether a type, in any case, is of this top-level type, such as `text`. */
bool media_type_is(const char *type, const char *top_level);

#endif
