/*
 * parameter: one parameter of a Content- field by its name, in any letters and of any
 * length: filename=, name=, charset= (articles: B11; RFC 2231). Which of them are read
 * is told in content-fields.h.
 */
#ifndef PARAMETER_H
#define PARAMETER_H

#include <stdbool.h>
#include <stddef.h>

enum {
	PARAMETER_VALUE = 60, /* octets of a value in one section */
	PARAMETER_ROOM = 2048 /* octets that a file name of 255 can become */
};

/*
 * Writes name=value into text of size octets with a NUL: quoted where value is
 * ASCII and short, else extended, in sections with a blank between them:
 * name*0*=UTF-8''...; name*1*=... (3 and 4; no charset is named where value is not
 * UTF-8). Returns false where it does not fit.
 */
bool parameter_encode(const char *name, const char *value, char *text, size_t size);

/*
 * Finds a parameter, extended or not, in the value of a Content- field, and puts
 * it, its sections joined and decoded, into text of size octets with a NUL, cut
 * where it does not fit. Where it names no charset the encoded-words are decoded that
 * many mailers put there. Returns false where there is none. The octets can be any.
 * parameter_find_file does so for the name of a file, which may be of several words.
 */
bool parameter_find(const char *field, const char *name, char *text, size_t size);
bool parameter_find_file(const char *field, const char *name, char *text, size_t size);

#endif
