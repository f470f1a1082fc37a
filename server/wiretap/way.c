/* way: octets in a buffer, and of each piece the moment when it arrives. */
#include "wiretap/way.h"

#include <string.h>

char *way_room(struct way *w, size_t *n)
{
	if (w->start > 0) {
		memmove(w->span, w->span + w->start, w->end - w->start);
		w->end -= w->start;
		w->start = 0;
	}
	*n = w->pieces < WAY_PIECES ? sizeof w->span - w->end : 0;
	return w->span + w->end;
}

void way_sets_out(struct way *w, size_t n, long long now)
{
	w->piece[w->pieces].octets = n;
	w->piece[w->pieces].due = now + w->delay;
	w->pieces++;
	w->end += n;
}

size_t way_arrived(const struct way *w, long long now)
{
	size_t n = 0;

	for (size_t i = 0; i < w->pieces && w->piece[i].due <= now; i++)
		n += w->piece[i].octets;
	return n;
}

void way_given(struct way *w, size_t n)
{
	size_t whole = 0;

	w->start += n;
	while (whole < w->pieces && w->piece[whole].octets <= n) {
		n -= w->piece[whole].octets;
		whole++;
	}
	w->pieces -= whole;
	memmove(w->piece, w->piece + whole, w->pieces * sizeof *w->piece);
	if (w->pieces > 0)
		w->piece[0].octets -= n;
}

void way_clear(struct way *w)
{
	w->start = 0;
	w->end = 0;
	w->pieces = 0;
}

long long way_due(const struct way *w)
{
	return w->pieces > 0 ? w->piece[0].due : -1;
}
