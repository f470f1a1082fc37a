/*
 * field-value: how the value of a Content- field is spelled (articles: B11; RFC 2045,
 * 5.1): a token, then parameters, as in `text/plain; charset="gb2312" (Chinese)`. White
 * space and comments may be anywhere. A parameter by its name, in any letters, is
 * parameter.h's.
 */
#ifndef FIELD_VALUE_H
#define FIELD_VALUE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The token before the parameters, `image/jpeg`, in lower case and without comments,
 * into text of size octets. Printing ASCII may stand in it, but none of ()<>@,;:\"[]?=
 * and no blank. False where there is no such token or it does not fit.
 */
bool value_token(const char *value, char *text, size_t size);

/* The parameters of a value, one after the other, as they are written. */
struct value_parameters {
	char name[64];	   /* of the one in hand, cut */
	const char *start; /* of what follows its `=`, in the value */
	const char *rest;
};

/*
 * Begins; value_next goes to the next parameter, the first one first. False: no more. One
 * comes after a `;`, which may be missing before a name that mail has: text/html charset=x
 */
void value_parameters(struct value_parameters *parameters, const char *value);
bool value_next(struct value_parameters *parameters);

/* What begins at start, without its quotes, into text of size octets, cut. */
void value_copy(const char *start, char *text, size_t size);

/*
 * The same for the name of a file, which many write with blanks and parentheses in it, or
 * as several encoded-words, and without quotes: all as far as the `;`. But what follows
 * its suffix in parentheses is a comment. In quotes a backslash quotes itself and a quote.
 */
void value_words(const char *start, char *text, size_t size);

/* The parameter of that name, in any case, likewise. False where there is none. */
bool value_find(const char *value, const char *name, char *text, size_t size);
bool value_find_words(const char *value, const char *name, char *text, size_t size);

#endif
