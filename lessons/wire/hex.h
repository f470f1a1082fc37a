/*
 * hex: the digits in which octets are written that cannot be shown as they are: \x0d in
 * a transcript, =0D in quoted-printable, %0D in the name of a file.
 */
#ifndef HEX_H
#define HEX_H

/*
 * The value of a hexadecimal digit in either case, 0 to 15; -1 for any other character.
 */
static inline int hex_value(char c)
{
	/* A digit's value plus 1, so that what is no digit, 0 here, becomes -1. */
	/* clang-format off */
	static const signed char values[256] = {
		['0'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
		['A'] = 11, 12, 13, 14, 15, 16,
		['a'] = 11, 12, 13, 14, 15, 16,
	};
	/* clang-format on */

	return values[(unsigned char)c] - 1;
}

/*
 * The octet that the first two digits of a text are, 0 to 255; -1 if they are not
 * digits.
 */
static inline int hex_octet(const char *digits)
{
	int high = hex_value(digits[0]);
	int low = high < 0 ? -1 : hex_value(digits[1]);

	return low < 0 ? -1 : high << 4 | low;
}

#endif
