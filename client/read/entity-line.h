/*
 * entity-line: the line that names an entity, printed before the entity is shown
 * (articles: B10).
 */
#ifndef ENTITY_LINE_H
#define ENTITY_LINE_H

#include "message/charset.h"
#include "read/entity.h"

#include <stdio.h>

/*
 * Prints what an entity is, and by what rule it is treated: `1.2 text/plain, 7bit`,
 * with its number if it is in another entity. charset is that of a text which is shown,
 * else NULL. The line is in bold letters if standard output is a terminal that has
 * them, unless NO_COLOR is set. Errors of out stay in it.
 */
void entity_say(FILE *out, const struct entity *entity, const struct charset *charset);

#endif
