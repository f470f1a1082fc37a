/*
 * canonical: changes text from the form of our files to the form in which it travels,
 * and back (RFC 2045, 6.6; RFC 2046, 4.1.1).
 *
 *     printf 'ketchup\r\n' | build/mime-encode | tail -n 1 | od -c
 */
#include "message/canonical.h"

size_t to_canonical(bool *cr, const char *octets, size_t length, char *to)
{
	size_t used = 0;

	for (size_t i = 0; i < length; i++) {
		if (octets[i] == '\n' && !*cr)
			to[used++] = '\r';
		to[used++] = octets[i];
		*cr = octets[i] == '\r';
	}
	return used;
}

size_t from_canonical(bool *cr, const char *octets, size_t length, char *to)
{
	size_t used = 0;

	for (size_t i = 0; i < length; i++) {
		if (*cr && octets[i] != '\n')
			to[used++] = '\r';
		*cr = octets[i] == '\r';
		if (!*cr)
			to[used++] = octets[i];
	}
	return used;
}
