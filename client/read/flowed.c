/*
 * flowed: the marks before and after the text of a line say what the line means (RFC
 * 3676, 4). Begin at the end, with flowed_take.
 *
 *     printf 'Content-Type: text/plain; format=flowed\n\nDo you like \nketchup?\n' |
 *     build/mime-decode      Do you like ketchup?
 */
#include "read/flowed.h"

#include <string.h>

/* It comes before a signature, and no paragraph goes on with it, or after it (4.3). */
static const char signature[] = "-- ";

void flowed_start(struct flowed *flowed, bool deletes_blank)
{
	*flowed = (struct flowed){.deletes_blank = deletes_blank};
}

static void put(struct flowed *flowed, char octet)
{
	size_t length = strlen(flowed->shown);

	if (length + 1 < sizeof flowed->shown) {
		flowed->shown[length] = octet;
		flowed->shown[length + 1] = '\0';
	}
}

/* Begins what the present line shows: on a line of its own, unless it continues one. */
static void begin_line(struct flowed *flowed, bool may_go_on, bool is_empty)
{
	bool is_same = flowed->quotes == flowed->quotes_before;

	flowed->is_begun = true;
	if (flowed->goes_on && is_same && may_go_on)
		return;
	if (flowed->goes_on)
		put(flowed, '\n');
	for (unsigned i = 0; i < flowed->quotes; i++)
		put(flowed, '>');
	if (flowed->quotes > 0 && !is_empty)
		put(flowed, ' ');
}

/* Puts an octet of the text; the last blank of a line is held. */
static void put_text(struct flowed *flowed, char octet)
{
	if (flowed->holds_blank)
		put(flowed, ' ');
	flowed->holds_blank = octet == ' ';
	if (octet != ' ')
		put(flowed, octet);
}

/* What was held is no signature. */
static void release(struct flowed *flowed)
{
	bool is_empty = flowed->begin[0] == '\0';

	begin_line(flowed, !is_empty, is_empty);
	for (const char *at = flowed->begin; *at != '\0'; at++)
		put_text(flowed, *at);
	flowed->begin[0] = '\0';
}

static void end_line(struct flowed *flowed)
{
	const bool is_signature = strcmp(flowed->begin, signature) == 0;

	if (is_signature) {
		begin_line(flowed, false, false);
		for (const char *at = signature; *at != '\0'; at++)
			put(flowed, *at);
	} else if (!flowed->is_begun) {
		release(flowed);
	}
	flowed->goes_on = flowed->holds_blank;
	if (flowed->goes_on && !flowed->deletes_blank)
		put(flowed, ' ');
	if (!flowed->goes_on)
		put(flowed, '\n');
	flowed->quotes_before = flowed->quotes;
	flowed->quotes = 0;
	flowed->begin[0] = '\0';
	flowed->is_begun = flowed->holds_blank = false;
	flowed->place = FLOWED_AT_QUOTES;
}

/* Takes an octet of a line's text: `-- ` is held until more is known. */
static void take_text(struct flowed *flowed, char octet)
{
	size_t length = strlen(flowed->begin);

	if (flowed->is_begun) {
		put_text(flowed, octet);
		return;
	}
	flowed->begin[length] = octet;
	flowed->begin[length + 1] = '\0';
	if (signature[length] != octet)
		release(flowed);
}

const char *flowed_take(struct flowed *flowed, char octet)
{
	flowed->shown[0] = '\0';
	if (octet == '\n') {
		end_line(flowed);
		return flowed->shown;
	}
	switch (flowed->place) {
	case FLOWED_AT_QUOTES: /* >> */
		if (octet == '>') {
			if (flowed->quotes < FLOWED_QUOTES)
				flowed->quotes++;
			break;
		}
		flowed->place = FLOWED_IN_TEXT;
		/* A blank here was put there, so that the text begins with no `>` (4.4). */
		if (octet != ' ')
			take_text(flowed, octet);
		break;
	case FLOWED_IN_TEXT:
		take_text(flowed, octet);
		break;
	}
	return flowed->shown;
}

const char *flowed_end(struct flowed *flowed)
{
	flowed->shown[0] = '\0';
	if (flowed->place != FLOWED_AT_QUOTES || flowed->quotes > 0)
		end_line(flowed);
	if (flowed->goes_on)
		put(flowed, '\n');
	flowed->goes_on = false;
	return flowed->shown;
}
