#ifndef CHARSET_ENCODE_H
#define CHARSET_ENCODE_H

#include <stdio.h>

/*
 * Text in UTF-8, as it is typed here, to the charset that a message is to be in
 * (RFC 2046, 4.1.2; passage B12): any that iconv(3) knows, if it keeps the line ends
 * of mail, the octets 13 and 10 (4.1.1).
 */

/*
 * Whether text in mail can be in a charset of that name. Returns NULL, or what is
 * wrong, in words.
 */
const char *charset_encode_wrong(const char *charset);

/*
 * Converts text, from where it stands to its end, and writes it to converted; charset
 * is one that charset_encode_wrong has let pass, source the name of the text in diagnostics.
 * Returns 0, or an exit status of <sysexits.h> once it has said on standard error what
 * is wrong: 65 where a line is not UTF-8 or holds a character that charset has not, 74
 * where text cannot be read. Errors of converted stay in converted.
 */
int charset_encode(FILE *converted, FILE *text, const char *source, const char *charset);

#endif
