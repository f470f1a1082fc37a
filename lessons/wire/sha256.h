/*
 * sha256: a short name for octets of any length: 64 hexadecimal digits that no two
 * texts ever had in common (FIPS 180-4). If the name of a message cannot be the name of
 * a file, its digits can.
 */
#ifndef SHA256_H
#define SHA256_H

#include <stddef.h>
#include <stdint.h>

#define SHA256_HEX 65 /* the digits, with a NUL */

/* The fields are sha256's own. */
struct sha256 {
	uint32_t state[8];
	uint64_t octets; /* so far */
	unsigned char block[64];
};

/* Begin, take the octets in pieces of any size, end: the digits are in lower case. */
void sha256_begin(struct sha256 *s);
void sha256_take(struct sha256 *s, const void *octets, size_t n);
void sha256_end(struct sha256 *s, char hex[SHA256_HEX]);

/* All three steps, for octets that are in memory. */
void sha256(const void *octets, size_t n, char hex[SHA256_HEX]);

#endif
