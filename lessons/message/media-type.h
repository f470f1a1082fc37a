/*
 * media-type: `type/subtype`, what a part or a file is (articles: B7, B11-B14; RFC
 * 2046), and the suffix that a file name has for it.
 */
#ifndef MEDIA_TYPE_H
#define MEDIA_TYPE_H

#include <stdbool.h>
#include <stddef.h>

/* The type of a file by its name's suffix; application/octet-stream if unknown. */
const char *media_type_of(const char *file_name);

/* The suffix for a type in lower case, without the dot; `bin` if unknown. */
const char *media_type_suffix(const char *type);

/* Whether a type, in any case, is of this top-level type, such as `text`. */
bool media_type_is(const char *type, const char *top_level);

/*
 * Reads the type in the value of a Content-Type that others wrote, and copies it in
 * lower case, without its parameters, into type, of size octets. Returns false if the
 * value has no type: then the octets in type mean nothing.
 */
bool media_type_read(const char *value, char *type, size_t size);

/*
 * Whether the value of a Content-Type, to be written, is a type, with or without
 * parameters, that no reader could misread.
 */
bool media_type_is_clear(const char *value);

#endif
