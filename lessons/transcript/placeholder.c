/*
 * placeholder: first the table of names, then the search for what each placeholder of a
 * line stands for, which is match(), and last what is to be sent for a line.
 */
#include "transcript/placeholder.h"
#include "transcript/reply.h"

#include <ctype.h>
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

struct placeholder_name *placeholder_of(struct placeholders *p, const char *text)
{
	size_t n = strcspn(text, "}") - 1;

	for (size_t i = 0; i < p->count; i++)
		if (strncmp(p->of[i].name, text + 1, n) == 0 && p->of[i].name[n] == '\0')
			return &p->of[i];
	return NULL;
}

bool placeholder_enter(struct placeholders *p, const char *text)
{
	if (placeholder_of(p, text) != NULL)
		return true;
	if (p->count == PLACEHOLDER_NAMES)
		return false;
	memcpy(p->of[p->count].name, text + 1, strcspn(text, "}") - 1);
	p->count++;
	return true;
}

void placeholder_forget(struct placeholders *p, size_t known)
{
	for (size_t i = 0; i < p->count; i++) {
		if (p->of[i].own == NULL || p->of[i].order <= known)
			continue;
		free(p->of[i].own);
		p->of[i].own = NULL;
		p->of[i].means = NULL;
	}
	p->known = known < p->known ? known : p->known;
}

/* The names that match() has tried have found their meaning. */
static void keep_meanings(struct placeholders *p)
{
	for (size_t i = 0; i < p->count; i++) {
		struct placeholder_name *name = &p->of[i];

		if (name->means == NULL || name->own != NULL)
			continue;
		name->own = strndup(name->means, name->n);
		if (name->own == NULL)
			err(EX_OSERR, "memory");
		name->means = name->own;
		name->line = p->line;
		name->order = ++p->known;
	}
}

static bool same(const struct placeholders *p, int unit, int other)
{
	if (p->any_case && unit < TEXT_CRLF && other < TEXT_CRLF)
		return tolower(unit) == tolower(other);
	return unit == other;
}

enum match {
	MATCH_NO,
	MATCH_YES,
	MATCH_NEVER,   /* nor would it, if an earlier {any} took more */
	MATCH_GIVEN_UP /* PLACEHOLDER_STEPS were taken */
};

/* A trial is over: something else was said than what was wanted. */
static enum match missed(struct placeholders *p, struct placeholder_miss here)
{
	if (here.alike >= p->miss.alike)
		p->miss = here;
	return MATCH_NO;
}

/*
 * Whether what is said goes on with what a name means; both move past it, or to the miss.
 */
static bool goes_on(struct placeholders *p, const struct placeholder_name *name,
	struct placeholder_miss *here)
{
	const char *said = here->said, *means = name->means;

	while (means < name->means + name->n) {
		here->wanted = means;
		here->said = said;
		p->steps++;
		if (!same(p, transcript_said_unit(&said), transcript_said_unit(&means)))
			return false;
		here->alike++;
	}
	here->said = said;
	return true;
}

static enum match match(
	struct placeholders *p, const char *text, struct placeholder_miss here);

/*
 * A placeholder, {any} or the {NAME} without a meaning, is followed by text. It takes
 * nothing, then a unit more each time that the rest does not match. Once {any} has tried
 * all there is, no {any} before it need try to take more, for the rest was looked for
 * wherever it could be; but a {NAME} need, for the rest may have to be like it.
 */
static enum match fill(
	struct placeholders *p, const char *text, struct placeholder_miss *here)
{
	struct placeholder_name *name = placeholder_of(p, here->hole);
	enum match rest;

	do {
		if (name != NULL) {
			name->means = here->begin;
			name->n = (size_t)(here->said - here->begin);
		}
		rest = match(p, text, *here);
		if (rest == MATCH_YES)
			return MATCH_YES;
		if (name != NULL)
			name->means = NULL;
		if (rest == MATCH_GIVEN_UP || (rest == MATCH_NEVER && name == NULL))
			return rest;
	} while (transcript_said_unit(&here->said) < TEXT_CRLF);
	return name != NULL ? MATCH_NO : MATCH_NEVER;
}

/*
 * Compares unit by unit, from here on, up to the first placeholder that has to be filled.
 */
static enum match match(
	struct placeholders *p, const char *text, struct placeholder_miss here)
{
	for (;;) {
		const char *said = here.said;
		const struct placeholder_name *name = NULL;
		int expected;

		here.wanted = text;
		expected = transcript_unit(&text);
		if (expected == TEXT_NAME)
			name = placeholder_of(p, here.wanted);
		if (p->steps++ >= PLACEHOLDER_STEPS)
			return MATCH_GIVEN_UP;
		if (name != NULL && name->means != NULL) {
			if (!goes_on(p, name, &here))
				return missed(p, here);
			continue;
		}
		if (expected == TEXT_ANY || expected == TEXT_NAME) {
			here.hole = here.wanted;
			here.begin = said;
			return fill(p, text, &here);
		}
		if (!same(p, transcript_said_unit(&said), expected))
			return missed(p, here);
		if (expected >= TEXT_CRLF)
			return MATCH_YES;
		here.said = said;
		here.alike++;
	}
}

bool placeholder_matches(struct placeholders *p, const char *text, const char *said)
{
	enum match found;

	p->steps = 0;
	p->miss = (struct placeholder_miss){.wanted = text, .said = said};
	found = match(p, text, p->miss);
	p->given_up = found == MATCH_GIVEN_UP;
	if (found == MATCH_YES)
		keep_meanings(p);
	return found == MATCH_YES;
}

size_t placeholder_code(const char *text, const char *said, char *code)
{
	int end = transcript_end(text);
	const char *from = text;
	size_t n;

	if (*text == '{' && strncmp(said, "HTTP/", 5) == 0 && strchr(text, ' ') != NULL)
		from = strchr(text, ' ') + 1;
	from = reply_code(from, &n);
	n = n < TRANSCRIPT_TEXT - 4 ? n : TRANSCRIPT_TEXT - 4;
	memcpy(code, from, n);
	code[n] = '\0';
	if (transcript_end(code) == TEXT_CRLF && end != TEXT_CRLF)
		memcpy(code + n, end == TEXT_LF ? "\\n" : "\\c", 3);
	return (size_t)(from - text);
}

bool placeholder_matches_code(struct placeholders *p, const char *text, const char *said)
{
	char expected[TRANSCRIPT_TEXT], got[TRANSCRIPT_TEXT];

	if (placeholder_matches(p, text, said))
		return true;
	if (strpbrk(text, "{\\") == NULL)
		return transcript_end(text) == transcript_end(said) &&
		       reply_same_code(text, said);
	placeholder_code(text, said, expected);
	placeholder_code(said, said, got);
	return placeholder_matches(p, expected, got);
}

long placeholder_octets(struct placeholders *p, const char *text, char *octets)
{
	const char *rest = NULL; /* of text, while the meaning of a name is read */
	size_t n = 0;

	while (n < TRANSCRIPT_TEXT - 1) {
		const char *placeholder = text;
		const struct placeholder_name *name;
		int unit = transcript_unit(&text);

		if (unit < TEXT_CRLF) {
			octets[n++] = (char)unit;
		} else if (rest != NULL) {
			text = rest;
			rest = NULL;
		} else if (unit == TEXT_NAME) {
			name = placeholder_of(p, placeholder);
			if (name->means == NULL)
				return -1;
			rest = text;
			text = name->means;
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
