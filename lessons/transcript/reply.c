/* reply: see reply.h. */
#include "transcript/reply.h"
#include "transcript/transcript.h"

#include <string.h>

#define WORD 60 /* octets of a word that a person is told */

const char *reply_code(const char *text, size_t *n)
{
	if (strncmp(text, "HTTP/", 5) == 0 && strchr(text, ' ') != NULL)
		text = strchr(text, ' ') + 1;
	*n = strcspn(text, " \\"); /* a line of one word may end in \x20, \n or \c */
	if (*n == 0)
		*n = strcspn(text, " ");
	if (strspn(text, "0123456789") == 3 && text[3] == '-')
		*n = 3;
	return text;
}

const char *reply_word(const char *text, int *n)
{
	size_t length;
	const char *word = reply_code(text, &length);

	if (length == 0) {
		word = "an empty line";
		length = strlen(word);
	}
	for (length = length < WORD ? length : WORD; (word[length] & 0xc0) == 0x80;)
		length--; /* do not cut a character in two */
	*n = (int)length;
	return word;
}

bool reply_is(const char *text)
{
	return strspn(text, "0123456789") == 3 &&
	       (text[3] == '\0' || strchr(" -", text[3]));
}

bool reply_goes_on(const char *text)
{
	return strspn(text, "0123456789") == 3 && text[3] == '-';
}

bool reply_same_code(const char *expected, const char *got)
{
	size_t n, m;
	const char *code = reply_code(expected, &n), *other = reply_code(got, &m);

	return n == m && memcmp(code, other, n) == 0;
}

/* What the difference means, in words. */
const char *reply_meaning(const char *expected, const char *got)
{
	/* RFC 5321, 4.2.1, and what the same digit is in HTTP (RFC 9110, 15). */
	static const char *const by_digit[][2] = {{"done", "done"},
		{"it waits for more", "it is to be had elsewhere"},
		{"not now: try again later", "the request cannot be served"},
		{"refused for good", "the server has failed"}};
	bool web = strncmp(got, "HTTP/", 5) == 0;
	size_t n;
	const char *code = reply_code(got, &n);
	int end = transcript_end(got);

	if (end != transcript_end(expected))
		return end == TEXT_LF	    ? "the line ends in a bare LF, not in CRLF "
					      "(RFC 5321, 2.3.8)"
		       : end == TEXT_NO_END ? "the line has no end"
					    : "the line ends in CRLF";
	if (reply_same_code(expected, got))
		return reply_is(code) ? "the code is right, the words are not"
				      : "the first word is right, the rest is not";
	if (strncmp(code, "421", 3) == 0 && !web)
		return "the server closes the conversation";
	if (reply_is(code) && code[0] >= '2' && code[0] <= '5')
		return by_digit[code[0] - '2'][web];
	return n == 4 && memcmp(code, "-ERR", 4) == 0 ? "refused"
						      : "something else was said";
}
