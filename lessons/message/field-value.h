/*
 * field-value: how the value of a Content- field is spelled (articles: B11; RFC 2045,
 * 5.1): a token, then parameters, as in `text/plain; charset="gb2312" (Chinese)`. White
 * space and comments may be anywhere. parameter.h finds a parameter by its name and
 * decodes it.
 */
#ifndef FIELD_VALUE_H
#define FIELD_VALUE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Copies the token before the parameters, such as `image/jpeg`, in lower case and
 * without comments, into text, of size octets. A token is printing ASCII without blanks
 * and without ()<>@,;:\"[]?= Returns false if there is no such token or it does not
 * fit.
 */
bool value_token(const char *value, char *text, size_t size);

/* The parameters of a value, one after the other, as they are written. */
struct value_parameters {
	char name[64];	   /* of the present one, cut */
	const char *start; /* in the value, after its `=` */
	const char *rest;
};

/*
 * value_parameters begins; value_next goes to the next parameter, at first to the first
 * one, and returns false after the last. A parameter comes after a `;`, which may be
 * missing before a well-known name: text/html charset=x
 */
void value_parameters(struct value_parameters *parameters, const char *value);
bool value_next(struct value_parameters *parameters);

/*
 * Copies the value at start, without its quotes, into text, of size octets, cut if it
 * does not fit.
 */
void value_copy(const char *start, char *text, size_t size);

/*
 * The same for the name of a file. Many mailers write it without quotes, though it has
 * blanks and parentheses, or is several encoded-words; so the name goes on up to the
 * `;`. But parentheses after its suffix are a comment. In quotes a backslash quotes
 * itself and a quote.
 */
void value_words(const char *start, char *text, size_t size);

/*
 * Copies the value of the parameter with that name, in any case, in the same two ways.
 * Returns false if there is no such parameter.
 */
bool value_find(const char *value, const char *name, char *text, size_t size);
bool value_find_words(const char *value, const char *name, char *text, size_t size);

#endif
