/*
 * charset-encode: text in UTF-8, as it is typed here, to the charset that a message is to
 * be in (articles: B12; RFC 2046, 4.1): any that iconv(3) knows, if it keeps the line
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
 * Converts text, from where it is to its end, and writes it to converted; charset is one
 * that charset_encode_wrong has let pass, source the name of the text in diagnostics. The
 * program ends with a line on standard error and status 65 where a line is not UTF-8 or
 * has a character that is not in charset, 74 where text cannot be read. Errors of
 * converted stay in converted.
 */
void charset_encode(FILE *converted, FILE *text, const char *source, const char *charset);

#endif
