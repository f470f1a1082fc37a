/* reply: see reply.h. */
#include "reply.h"

#include <string.h>

/* A code of three digits, the status of HTTP, else the first word: *n octets. */
const char *reply_code(const char *text, size_t *n)
{
	if (strncmp(text, "HTTP/", 5) == 0 && strchr(text, ' ') != NULL)
		text = strchr(text, ' ') + 1;
	*n = strcspn(text, " ");
	if (strspn(text, "0123456789") == 3 && text[3] == '-')
		*n = 3;
	return text;
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

/* What the difference means, in words. */
const char *reply_meaning(const char *expected, const char *got)
{
	static const char *const by_digit[] = {"", "", "done", "it waits for more",
		"not now: try again later", "refused for good"};
	size_t n, m, end = strlen(got);
	const char *code = reply_code(got, &n), *other = reply_code(expected, &m);

	if (end >= 2 && strcmp(got + end - 2, "\\n") == 0)
		return "the line ends in a bare LF, not in CRLF (RFC 5321, 2.3.8)";
	if (end >= 2 && strcmp(got + end - 2, "\\c") == 0)
		return "the line has no end";
	if (n == m && memcmp(code, other, n) == 0)
		return "the code is right, the words are not";
	if (strncmp(code, "421", 3) == 0)
		return "the server closes the conversation";
	if (strspn(code, "0123456789") == 3 && code[0] >= '2' && code[0] <= '5')
		return by_digit[code[0] - '0'];
	return "something else was said";
}
