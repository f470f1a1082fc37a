/*
 * rows-11: what a reply means, and what an entry comes to: born, now, retry and give_up
 * in seconds, the sender, and the outcome of each recipient.
 *
 *	outcome_of("250")				DELIVERED
 *	decide(0, 60, 1800, 9000, "alice@crepes.fr", WAITS, FAILED)
 *		outcome still WAITS, outcome FAILED, waiting=1 lost=1 bounce=true due=1860
 *
 * When it is due is told where anybody waits.
 */
#include "classroom/rows.h"
#include "queue/decide.h"

#include <string.h>

static const char *const outcomes[] = {"WAITS", "DELIVERED", "FAILED", "GIVEN_UP", NULL};

static void say_outcome(const struct row *r, enum outcome outcome)
{
	if ((unsigned)outcome > GIVEN_UP)
		fprintf(r->answer, "no outcome: %d", (int)outcome);
	else
		fputs(outcomes[outcome], r->answer);
}

static void outcome(const struct row *r)
{
	const struct row_argument *code = row_octets(r, 0);

	say_outcome(r, outcome_of(row_copy(code->octets, code->length + 1)));
}

/* So many recipients, from the sixth argument on, whose replies are known no more. */
static struct fate *fates_of(const struct row *r, size_t count)
{
	struct fate *fates = row_buffer(count * sizeof *fates);

	for (size_t i = 0; i < count; i++) {
		fates[i].outcome = (enum outcome)row_word(r, 5 + i, outcomes);
		memcpy(fates[i].code, "---", sizeof fates[i].code);
		fates[i].text[0] = '\0';
	}
	return fates;
}

/*
 * Whether the outcome of a recipient is now another one is what a student forgets first.
 */
static void say_fate(const struct row *r, size_t i, enum outcome outcome)
{
	enum outcome before = (enum outcome)row_word(r, 5 + i, outcomes);

	if (outcome != before)
		fputs("outcome now ", r->answer);
	else
		fputs(before == WAITS ? "outcome still " : "outcome ", r->answer);
	say_outcome(r, outcome);
	fputs(", ", r->answer);
}

static void entry(const struct row *r)
{
	struct queue_entry *e = row_buffer(sizeof *e);
	struct terms t = {.queue = "queue", .name = "crepes.fr", .give_up_said = "4d"};
	time_t now = (time_t)row_number(r, 1);
	struct fate *fates;
	struct decision d;

	e->born = (time_t)row_number(r, 0);
	t.retry = (long long)row_number(r, 2);
	t.give_up = (long long)row_number(r, 3);
	snprintf(e->envelope.from, sizeof e->envelope.from, "%s",
		row_octets(r, 4)->octets);
	e->envelope.count = r->count - 5;
	e->envelope.to = row_buffer(e->envelope.count * sizeof *e->envelope.to);
	for (size_t i = 0; i < e->envelope.count; i++)
		e->envelope.to[i] = row_copy("bob@hamburger.edu", 18);
	fates = fates_of(r, e->envelope.count);
	d = decide(&t, e, fates, now);
	for (size_t i = 0; i < e->envelope.count; i++)
		say_fate(r, i, fates[i].outcome);
	fprintf(r->answer, "waiting=%zu lost=%zu bounce=%s", d.waiting, d.lost,
		d.bounce ? "true" : "false");
	if (d.waiting > 0)
		fprintf(r->answer, " due=%lld", (long long)d.due);
}

const struct row_function row_functions[] = {
	{"outcome_of", outcome, "enum outcome outcome = outcome_of($1);\n"},
	{"decide", entry,
		"struct terms t = {.retry = $3, .give_up = $4};\n"
		"enum outcome outcomes[] = {$6+};\n"
		"size_t count = sizeof outcomes / sizeof *outcomes;\n"
		"struct queue_entry e = {\n"
		"\t.born = $1, .envelope = {.from = $5, .count = count}};\n"
		"struct fate fates[sizeof outcomes / sizeof *outcomes] = {{0}};\n"
		"for (size_t i = 0; i < count; i++)\n"
		"\tfates[i].outcome = outcomes[i];\n"
		"struct decision d = decide(&t, &e, fates, $2);\n"},
	{0}};
