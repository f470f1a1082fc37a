/*
 * row-memory: the buffers of a call, exactly as large as its header promises.
 */
#ifndef ROW_MEMORY_H
#define ROW_MEMORY_H

#include <stddef.h>

/*
 * Memory of n octets, each 0xA5, until row_give_back: the sanitizer tells the first octet
 * before it and the first one after it. Without one a page that cannot be touched
 * follows, and what was written before it is found when it is given back. row_copy has
 * these octets in it.
 */
void *row_buffer(size_t n);
void *row_copy(const void *octets, size_t n);

/* Gives all of it back. */
void row_give_back(void);

#endif
