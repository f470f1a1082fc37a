/*
 * parameter: finds one parameter of a Content- field by its name, or writes one; its
 * value may have any letters and any length: filename=, name=, charset= (articles: B11;
 * RFC 2231). content-fields.h lists those that are read.
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
 * Writes name=value into text of size octets with a NUL: quoted if value is ASCII and
 * short, else extended, in sections with a blank between them: name*0*=UTF-8''...;
 * name*1*=... (3 and 4; if value is not UTF-8 it names no charset). Returns false if it
 * does not fit.
 */
bool parameter_encode(const char *name, const char *value, char *text, size_t size);

/*
 * Finds a parameter, extended or not, in the value of a Content- field, and puts it,
 * its sections joined and decoded, into text, of size octets with a NUL, cut if it does
 * not fit. If it names no charset, encoded-words in it are decoded: many mailers put
 * them there. Returns false if there is no such parameter. The result can be any
 * octets. parameter_find_file does the same for the name of a file, which may have
 * several words.
 */
bool parameter_find(const char *field, const char *name, char *text, size_t size);
bool parameter_find_file(const char *field, const char *name, char *text, size_t size);

#endif
