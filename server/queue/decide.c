/* decide: first what one reply means, then what a whole entry comes to. */
#include "queue/decide.h"

enum outcome outcome_of(const char *code)
{
	if (code[0] == '2')
		return DELIVERED;
	if (code[0] == '5')
		return FAILED;
	return WAITS;
}

struct decision decide(const struct terms *t, const struct queue_entry *e,
	struct fate *fates, time_t now)
{
	long long end = (long long)e->born + t->give_up;
	long long next = (long long)now + t->retry;
	struct decision d = {.due = (time_t)(next < end ? next : end)};

	for (size_t i = 0; i < e->envelope.count; i++) {
		if (fates[i].outcome == WAITS && now >= end)
			fates[i].outcome = GIVEN_UP;
		if (fates[i].outcome == WAITS)
			d.waiting++;
		else if (fates[i].outcome != DELIVERED)
			d.lost++;
	}
	d.bounce = d.lost > 0 && e->envelope.from[0] != '\0';
	return d;
}
