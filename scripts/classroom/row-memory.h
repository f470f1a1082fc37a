/*
 * row-memory: the buffers of a call, exactly as large as its header promises.
 */
#ifndef ROW_MEMORY_H
#define ROW_MEMORY_H

#include <stddef.h>

/*
 * row_buffer returns n octets, each 0xA5, until row_give_back. The sanitizer reports an
 * access to the octet before them or after them. Without a sanitizer, a page that
 * cannot be touched follows, and row_give_back finds what was written before them.
 * row_copy returns a copy of octets in the same way.
 */
void *row_buffer(size_t n);
void *row_copy(const void *octets, size_t n);

/* Gives all of it back. */
void row_give_back(void);

#endif
