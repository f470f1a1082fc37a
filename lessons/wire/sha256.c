/*
 * sha256: a short name for octets of any length (FIPS 180-4). Begin with sha256_take,
 * which cuts them into blocks; mix is section 6.2, with its names of one letter.
 */
#include "wire/sha256.h"

#include <stdio.h>
#include <string.h>

static uint32_t rotated(uint32_t x, int n)
{
	return x >> n | x << (32 - n);
}

/* The octets of a block, and 48 words more that are mixed from them. */
static void schedule(const unsigned char *block, uint32_t w[64])
{
	for (size_t t = 0; t < 16; t++)
		w[t] = (uint32_t)block[4 * t] << 24 | (uint32_t)block[4 * t + 1] << 16 |
		       (uint32_t)block[4 * t + 2] << 8 | block[4 * t + 3];
	for (size_t t = 16; t < 64; t++) {
		uint32_t x = w[t - 15], y = w[t - 2];

		w[t] = (rotated(y, 17) ^ rotated(y, 19) ^ y >> 10) + w[t - 7] +
		       (rotated(x, 7) ^ rotated(x, 18) ^ x >> 3) + w[t - 16];
	}
}

static void mix(uint32_t state[8], const unsigned char *block)
{
	static const uint32_t k[64] = {0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5,
		0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
		0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
		0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
		0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
		0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138,
		0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
		0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624,
		0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
		0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f,
		0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};
	uint32_t w[64], v[8]; /* v is a to h */

	schedule(block, w);
	memcpy(v, state, sizeof v);
	for (size_t t = 0; t < 64; t++) {
		uint32_t e = v[4], a = v[0], t1, t2;

		t1 = v[7] + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) +
		     ((e & v[5]) ^ (~e & v[6])) + k[t] + w[t];
		t2 = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) +
		     ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));
		memmove(v + 1, v, 7 * sizeof *v);
		v[4] += t1;
		v[0] = t1 + t2;
	}
	for (size_t i = 0; i < 8; i++)
		state[i] += v[i];
}

void sha256_begin(struct sha256 *s)
{
	static const uint32_t first[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
		0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

	memcpy(s->state, first, sizeof first);
	s->octets = 0;
}

void sha256_take(struct sha256 *s, const void *octets, size_t n)
{
	const unsigned char *at = octets;

	while (n > 0) {
		size_t held = s->octets % sizeof s->block, room = sizeof s->block - held;
		size_t fits = n < room ? n : room;

		memcpy(s->block + held, at, fits);
		s->octets += fits;
		at += fits;
		n -= fits;
		if (fits == room)
			mix(s->state, s->block);
	}
}

void sha256_end(struct sha256 *s, char hex[SHA256_HEX])
{
	static const unsigned char padding[64] = {0x80};
	uint64_t bits = s->octets * 8;
	size_t held = s->octets % 64;
	unsigned char length[8];

	for (size_t i = 0; i < 8; i++)
		length[i] = (unsigned char)(bits >> (56 - 8 * i));
	sha256_take(s, padding, held < 56 ? 56 - held : 120 - held);
	sha256_take(s, length, sizeof length);
	for (size_t i = 0; i < 8; i++)
		snprintf(hex + 8 * i, 9, "%08lx", (unsigned long)s->state[i]);
}

void sha256(const void *octets, size_t n, char hex[SHA256_HEX])
{
	struct sha256 s;

	sha256_begin(&s);
	sha256_take(&s, octets, n);
	sha256_end(&s, hex);
}
