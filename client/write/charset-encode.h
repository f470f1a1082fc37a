/*
 * charset-encode: converts text in UTF-8, as it is typed here, to the charset of a
 * message (articles: B12; RFC 2046, 4.1): any that iconv(3) knows, if it keeps the line
 * ends of mail, the octets 13 and 10 (4.1.1).
 */
#ifndef CHARSET_ENCODE_H
#define CHARSET_ENCODE_H

#include <stdio.h>

/*
 * Whether text in mail can be in a charset of that name. Returns NULL, or what is
 * wrong, in words.
 */
const char *charset_encode_wrong(const char *charset);

/*
 * Converts the rest of text, and writes it to converted. charset is one that
 * charset_encode_wrong accepts, source the name of the text in diagnostics. The program
 * ends with a line on standard error: with status 65 if a line is not UTF-8 or has a
 * character that charset has not, with 74 if text cannot be read. Errors of converted
 * stay in converted.
 */
void charset_encode(FILE *converted, FILE *text, const char *source, const char *charset);

#endif
