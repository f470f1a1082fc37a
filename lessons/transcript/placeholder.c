/* placeholder: see placeholder.h. */
#include "transcript/placeholder.h"

#include <stdlib.h>
#include <string.h>

#define TRIES 100000 /* to match one line */

/* The entry of the {NAME} that text begins with; p->count where there is none. */
static size_t entry(const struct placeholders *p, const char *text)
{
	size_t n = strcspn(text, "}") - 1, i = 0;

	while (i < p->count &&
		(strncmp(p->of[i].name, text + 1, n) != 0 || p->of[i].name[n] != '\0'))
		i++;
	return i;
}

bool placeholder_enter(struct placeholders *p, const char *text)
{
	size_t i = entry(p, text);

	if (i == PLACEHOLDER_NAMES)
		return false;
	if (i == p->count) {
		memcpy(p->of[i].name, text + 1, strcspn(text, "}") - 1);
		p->count++;
	}
	return true;
}

void placeholder_forget(struct placeholders *p)
{
	for (size_t i = 0; i < p->count; i++) {
		free(p->of[i].means);
		p->of[i].means = NULL;
	}
}

/* Whether two texts are alike as far as means goes; *said moves behind that. */
static bool begins(const char **said, const char *means)
{
	while (*means != '\0')
		if (transcript_unit(said) != transcript_unit(&means))
			return false;
	return true;
}

/* Whether the {NAME} that placeholder begins with stands in text once more. */
static bool recurs(const char *placeholder, const char *text)
{
	size_t n = strcspn(placeholder, "}") + 1;

	for (const char *at = text; transcript_unit(&text) != TEXT_CRLF; at = text)
		if (*at == '{' && strncmp(at, placeholder, n) == 0)
			return true;
	return false;
}

/*
 * Compares unit by unit. A placeholder takes as little as it can, then a unit more
 * each time the rest does not match. Where a later one has tried all there is, an
 * earlier one need not try again, unless the later had to be like it: NEVER ends
 * them all. A peer that makes this too long a search has not said what is expected.
 */
static enum match {
	NO,
	YES,
	NEVER
} match(struct placeholders *p, const char *text, const char *said)
{
	for (;;) {
		const char *placeholder = text, *begin = said;
		int expected = transcript_unit(&text);
		char **means = expected == TEXT_NAME ? &p->of[entry(p, placeholder)].means
						     : NULL;
		bool more;

		if (means != NULL && *means != NULL) {
			if (!begins(&said, *means))
				return NO;
			continue;
		}
		more = means != NULL && recurs(placeholder, text);
		while (expected == TEXT_ANY || expected == TEXT_NAME) {
			enum match rest;

			if (++p->tries > TRIES)
				return NEVER;
			if (means != NULL &&
				(*means = strndup(begin, (size_t)(said - begin))) == NULL)
				return NEVER;
			rest = match(p, text, said);
			if (rest == YES)
				return YES;
			if (means != NULL) {
				free(*means);
				*means = NULL;
			}
			if (rest == NEVER && !more)
				return NEVER;
			if (transcript_unit(&said) >= TEXT_CRLF)
				return more ? NO : NEVER;
		}
		if (transcript_unit(&said) != expected)
			return NO;
		if (expected >= TEXT_CRLF)
			return YES;
	}
}

bool placeholder_matches(struct placeholders *p, const char *text, const char *said)
{
	p->tries = 0;
	return match(p, text, said) == YES;
}

long placeholder_octets(struct placeholders *p, const char *text, char *octets)
{
	const char *rest = NULL; /* of text, while the meaning of a name is read */
	size_t n = 0;

	while (n < TRANSCRIPT_TEXT - 1) {
		const char *placeholder = text;
		int unit = transcript_unit(&text);

		if (unit < TEXT_CRLF) {
			octets[n++] = (char)unit;
		} else if (rest != NULL) {
			text = rest;
			rest = NULL;
		} else if (unit == TEXT_NAME &&
			   p->of[entry(p, placeholder)].means != NULL) {
			rest = text;
			text = p->of[entry(p, placeholder)].means;
		} else if (unit > TEXT_NO_END) {
			return -1;
		} else {
			if (unit == TEXT_CRLF)
				octets[n++] = '\r';
			if (unit != TEXT_NO_END)
				octets[n++] = '\n';
			return (long)n;
		}
	}
	return -1;
}
