/*
 * A character reference of HTML: &eacute;, &#233; and &#xe9; are one character, written in
 * ASCII. WHATWG HTML, 13.1.4, 13.2.5.80.
 */
#ifndef CHARACTER_REFERENCE_H
#define CHARACTER_REFERENCE_H

#include <stdbool.h>

#define REFERENCE_TEXT 5 /* octets of a character in UTF-8 at most, with the NUL */

/*
 * Writes the character that a reference without its `;` stands for, as &eacute, in UTF-8.
 * Numbers from 128 to 159 mean windows-1252, as in every browser. Returns false, and
 * nothing in text counts, where it is none: an unknown name, 0, or past U+10FFFF.
 */
bool character_reference(const char *reference, char text[REFERENCE_TEXT]);

#endif
