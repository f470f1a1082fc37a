#ifndef PART_ENCODING_H
#define PART_ENCODING_H

#include "write/part.h"

/*
 * The transfer encoding of a part that is written: by what was asked for, or by what a
 * survey of its data has found.
 */

/* Whether its type is one that holds parts or a message: never encoded as a whole. */
bool part_is_composite(const struct part *part);

/*
 * Decides part->encoding, once type, is_text and survey are known; a message that nothing
 * can carry as one becomes data. Returns 0, or 65 once it has said on standard error
 * why the data cannot be in the encoding that was asked for.
 */
int part_encoding(struct part *part);

#endif
