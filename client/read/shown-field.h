#ifndef SHOWN_FIELD_H
#define SHOWN_FIELD_H

#include "message/header.h"

/*
 * Shows a field on a line, if it is one that a reader wants to see, its encoded-words
 * decoded (RFC 2047); nothing of it commands a terminal. Returns whether it is.
 * Errors of the stream stay in the stream.
 */
bool shown_field(FILE *out, const struct header_field *field);

#endif
