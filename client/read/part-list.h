#ifndef PART_LIST_H
#define PART_LIST_H

#include "read/entity.h"

/*
 * Makes of reader one that lists the message on standard output, an entity on each
 * line: number, type, encoding, charset, octets and name, in columns with blanks
 * between them, `-` for what there is not. Types are indented as they hold one another;
 * the octets are those of the part as a file, of what holds others there are none. The
 * name is all that is left of the line, and nothing of it commands a terminal.
 */
void part_list(struct entity_reader *reader);

#endif
