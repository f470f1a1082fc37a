/*
 * hex: the digits in which octets are written where they cannot stand for themselves:
 * \x0d in a transcript, =0D in quoted-printable, %0D in the name of a file.
 */
#ifndef HEX_H
#define HEX_H

/* What a hexadecimal digit of either case is worth, 0 to 15, or -1 for what is none. */
int hex_value(char c);

#endif
