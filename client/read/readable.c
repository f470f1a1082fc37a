/*
 * The words of a header, made fit to be written into another one: what is decoded can
 * be anything, and a line end in it would begin a field that nobody wrote. Passage B6;
 * RFC 2047, 6.
 *
 *     printf 'From: b@x\nSubject: =?utf-8?q?hi=0D=0ABcc:_x?=\n\n' >build/m
 *     build/mime-encode -r build/m </dev/null      Subject: Re: hi  Bcc: x
 */
#include "read/readable.h"

#include "message/encoded-word.h"
#include "wire/utf8.h"

#include <string.h>

void readable(const char *value, char *text, size_t size)
{
	char decoded[READABLE_ROOM];
	size_t length =
		encoded_word_decode(value, strlen(value), '?', decoded, sizeof decoded);
	utf8_copy(decoded, length, ' ', '?', text, size);
}
