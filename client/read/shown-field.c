/*
 * What a reader sees of a header. Passage B6: From, To and Subject are for people;
 * the other fields are for programs. RFC 5322, 3.6; RFC 2047.
 *
 *     printf 'X-Mailer: x\nSubject: =?iso-8859-1?Q?Cr=EApes=3F?=\n\nhi\n' |
 *     build/mime-decode      Subject: Crêpes?
 */
#include "read/shown-field.h"

#include "message/encoded-word.h"
#include "wire/utf8.h"

bool shown_field(FILE *out, const struct header_field *field)
{
	static const char *const names[] = {
		"From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date"};
	char text[HEADER_FIELD * 4]; /* in UTF-8, words are longer */
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *value = header_value(field, names[i]);
		if (value == NULL)
			continue;
		size_t length = field->length - (size_t)(value - field->text);
		length = encoded_word_decode(value, length, '\0', text, sizeof text);
		fprintf(out, "%s: ", names[i]);
		for (size_t at = 0; at < length; at++)
			if (text[at] == '\t')
				text[at] = ' '; /* a fold may have left it */
		utf8_show_line(out, text, length);
		putc('\n', out);
		return true;
	}
	return false;
}
