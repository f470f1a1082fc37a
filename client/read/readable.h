#ifndef READABLE_H
#define READABLE_H

#include <stddef.h>

/*
 * Writes what a field of a stranger's header says to people into text, of size octets
 * with a NUL: in UTF-8, its encoded-words decoded (RFC 2047), with a blank for each
 * control octet, line ends among them, and `?` for what is not UTF-8; cut behind a
 * whole character where it does not fit, and after READABLE_ROOM octets anyway.
 */
void readable(const char *value, char *text, size_t size);

enum { READABLE_ROOM = 8192 };

#endif
