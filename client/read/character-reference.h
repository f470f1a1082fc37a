/*
 * A character reference of HTML: &eacute;, &#233; and &#xe9; are one character, written in
 * ASCII. WHATWG HTML, 13.1.4, 13.2.5.80.
 */
#ifndef CHARACTER_REFERENCE_H
#define CHARACTER_REFERENCE_H

#include <stdbool.h>

#define REFERENCE_TEXT 5 /* the longest character in UTF-8, with the NUL */

/*
 * Writes in UTF-8 the character that a reference stands for; the reference is without
 * its `;`, as &eacute. Numbers from 128 to 159 mean windows-1252, as in every browser.
 * Returns false, with text undefined, for anything else: an unknown name, 0, or past
 * U+10FFFF.
 */
bool character_reference(const char *reference, char text[REFERENCE_TEXT]);

#endif
