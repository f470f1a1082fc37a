/*
 * address-literal: first the two kinds of addresses, then what is between the brackets.
 */
#include "smtp/address-literal.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define ADDRESS_TEXT 64 /* octets of an address that is written out, with a NUL */

/* Four numbers up to 255, of three digits at most, and three dots (Snum). */
static bool read_ipv4(const char *text, unsigned char address[ADDRESS_OCTETS])
{
	memset(address, 0, ADDRESS_OCTETS);
	memset(address + 10, 0xff, 2);
	for (size_t i = 0; i < 4; i++) {
		size_t digits = strspn(text, "0123456789");
		unsigned n = 0;

		if (digits == 0 || digits > 3 || text[digits] != (i < 3 ? '.' : '\0'))
			return false;
		for (size_t j = 0; j < digits; j++)
			n = n * 10 + (unsigned)(text[j] - '0');
		if (n > 255)
			return false;
		address[12 + i] = (unsigned char)n;
		text += digits + 1;
	}
	return true;
}

static bool read_ipv6(const char *text, unsigned char address[ADDRESS_OCTETS])
{
	return inet_pton(AF_INET6, text, address) == 1;
}

size_t address_literal(const char *text, unsigned char address[ADDRESS_OCTETS])
{
	static const char tag[] = "IPv6:";
	size_t tagged = strlen(tag), n = strcspn(text, "]");
	char inside[ADDRESS_TEXT];
	bool is_address;

	if (text[0] != '[' || text[n] != ']' || n > sizeof inside)
		return 0;
	memcpy(inside, text + 1, n - 1);
	inside[n - 1] = '\0';
	if (strncasecmp(inside, tag, tagged) == 0)
		is_address = read_ipv6(inside + tagged, address);
	else
		is_address = read_ipv4(inside, address);
	return is_address ? n + 1 : 0;
}

int address_numeric(const char *text, unsigned char address[ADDRESS_OCTETS])
{
	size_t n = strcspn(text, "%");
	char inside[ADDRESS_TEXT];

	if (n >= sizeof inside)
		return -1;
	memcpy(inside, text, n);
	inside[n] = '\0';
	return read_ipv4(inside, address) || read_ipv6(inside, address) ? 0 : -1;
}
