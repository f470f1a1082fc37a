/* decide: see decide.h. */
#include "queue/decide.h"

enum outcome outcome_of(const char *code)
{
	if (code[0] == '2')
		return DELIVERED;
	return code[0] == '5' ? FAILED : WAITS;
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
		d.waiting += fates[i].outcome == WAITS;
		d.lost += fates[i].outcome == FAILED || fates[i].outcome == GIVEN_UP;
	}
	d.bounce = d.lost > 0 && e->envelope.from[0] != '\0';
	return d;
}
