/*
 * uidl-list: first how the list is heard, a line for each message, then how it is gone through.
 */
#include "pop3/uidl-list.h"
#include "wire/sha256.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* The first 16 digits of its SHA-256: two unique-ids hardly ever have them in common. */
static uint64_t hash_of(const char *uidl)
{
	char hex[SHA256_HEX];

	sha256(uidl, strlen(uidl), hex);
	hex[16] = '\0';
	return strtoull(hex, NULL, 16);
}

static int by_size(const void *one, const void *other)
{
	uint64_t a, b;

	memcpy(&a, one, sizeof a);
	memcpy(&b, other, sizeof b);
	return (a > b) - (a < b);
}

static int keep(struct uidl_list *l, const char *line, const char *uidl)
{
	if (l->count == l->room) {
		size_t room = l->room > 0 ? 2 * l->room : 64;
		uint64_t *more = realloc(l->hashes, room * sizeof *more);

		if (more == NULL)
			return -1;
		l->hashes = more;
		l->room = room;
	}
	l->hashes[l->count++] = hash_of(uidl);
	return fprintf(l->lines, "%s\n", line) < 0 ? -1 : 0;
}

int uidl_list_hear(struct uidl_list *l, struct pop3_dialogue *d)
{
	unsigned long number, last = 0;
	bool end;

	l->lines = tmpfile();
	while (l->lines != NULL) {
		enum pop3_reply heard = pop3_listed(d, &end);
		const char *at = d->line;

		if (heard != POP3_OK)
			return pop3_status(heard);
		if (end)
			break;
		if (l->count == UIDL_LIST_MOST)
			return pop3_status(pop3_strange(d, "a list without end"));
		if (!pop3_number(&at, UIDL_LIST_MOST, &number) || number <= last ||
			*at != ' ' || at[1] == '\0')
			return pop3_status(
				pop3_strange(d, "not a number and a unique-id"));
		last = number;
		if (keep(l, d->line, at + 1) < 0)
			break;
	}
	if (l->lines == NULL || !end || fflush(l->lines) != 0 || ferror(l->lines)) {
		warn("the list of messages cannot be kept");
		return EX_IOERR;
	}
	rewind(l->lines);
	if (l->count > 0)
		qsort(l->hashes, l->count, sizeof *l->hashes, by_size);
	return EX_OK;
}

int uidl_list_next(
	struct uidl_list *l, unsigned long *number, char uidl[WIRE_LINE], bool *twice)
{
	char line[WIRE_LINE + 1]; /* 999 octets if a bare LF ended it, then LF and NUL */
	const char *at = line;
	const uint64_t *found;
	uint64_t hash;

	if (fgets(line, sizeof line, l->lines) == NULL)
		return ferror(l->lines) ? -1 : 0;
	line[strlen(line) - 1] = '\0';
	pop3_number(&at, UIDL_LIST_MOST, number);
	snprintf(uidl, WIRE_LINE, "%s", at + 1);
	hash = hash_of(uidl);
	found = bsearch(&hash, l->hashes, l->count, sizeof hash, by_size);
	*twice = found == NULL || (found > l->hashes && found[-1] == hash) ||
		 (found + 1 < l->hashes + l->count && found[1] == hash);
	return 1;
}

void uidl_list_free(struct uidl_list *l)
{
	if (l->lines != NULL)
		fclose(l->lines);
	free(l->hashes);
}
