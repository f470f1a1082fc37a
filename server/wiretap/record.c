/*
 * record: first the way to the file, or to standard output, which is one conversation's
 * at a time; then what is written to it. Begin with record_said.
 *
 *	$ wiretap -l localhost:2526 localhost:2525
 */
#include "wiretap/record.h"
#include "wire/log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* What was said is lost; errno says why. */
static void complain(struct record *r)
{
	log_error("conversation %lu is written down no further", r->number);
	r->lost = true;
	if (r->out != NULL)
		clearerr(r->out); /* the next conversation may have more luck */
	r->all->failed = true;
}

/* Copies a temporary file to another file, and closes it. */
static bool pour(FILE *from, FILE *to)
{
	char octets[16384];
	bool whole = true;
	size_t n = 1;

	rewind(from);
	while (whole && n > 0) {
		n = fread(octets, 1, sizeof octets, from);
		whole = fwrite(octets, 1, n, to) == n;
	}
	whole = !ferror(from) && fflush(to) == 0 && whole;
	fclose(from);
	return whole;
}

/* Writes the lines of a temporary file to standard output, and closes it. */
static bool pour_out(struct record *r, FILE *from)
{
	bool whole = true;

	rewind(from);
	while (whole && fgets(r->line, sizeof r->line, from) != NULL)
		whole = log_put(&r->all->output, r->line, strlen(r->line)) == 0;
	whole = whole && !ferror(from);
	fclose(from);
	return whole;
}

/*
 * Standard output is for whoever says something while nobody has it. What this one has
 * said before comes first.
 */
static void take_output(struct record *r)
{
	FILE *waiting = r->out;
	bool taken;

	pthread_mutex_lock(&r->all->lock);
	taken = r->all->taken;
	r->all->taken = true;
	pthread_mutex_unlock(&r->all->lock);
	if (taken)
		return;
	r->live = true;
	r->out = NULL;
	if (waiting != NULL && !pour_out(r, waiting))
		complain(r);
}

/* Gives it back, once those that have ended in the meantime are written. */
static void give_output(struct record *r)
{
	FILE *ended;

	do {
		pthread_mutex_lock(&r->all->lock);
		ended = r->all->ended;
		r->all->ended = NULL;
		r->all->taken = ended != NULL;
		pthread_mutex_unlock(&r->all->lock);
		if (ended != NULL && !pour_out(r, ended))
			complain(r);
	} while (ended != NULL);
}

/* Leaves what was said to the one who has standard output, if somebody has. */
static void leave_to_owner(struct record *r)
{
	struct records *all = r->all;
	bool taken, whole = true;

	pthread_mutex_lock(&all->lock);
	taken = all->taken;
	all->taken = true;
	if (all->ended == NULL)
		all->ended = r->out;
	else
		whole = pour(r->out, all->ended);
	pthread_mutex_unlock(&all->lock);
	if (!whole)
		complain(r);
	if (!taken)
		give_output(r);
}

/* Writes the line that is in r->line, n octets, and its LF. */
static void put_line(struct record *r, size_t n)
{
	bool whole;

	r->line[n] = '\n';
	if (r->live)
		whole = log_put(&r->all->output, r->line, n + 1) == 0;
	else
		whole = fwrite(r->line, 1, n + 1, r->out) == n + 1;
	if (!whole && !r->lost)
		complain(r);
}

static void put_first_line(struct record *r)
{
	r->begun = true;
	put_line(r, (size_t)snprintf(
			    r->line, sizeof r->line, "# conversation %lu", r->number));
}

/* Before something is written: where it can be read, or has to wait. */
static void find_output(struct record *r)
{
	if (r->lost)
		return;
	if (r->all->folder < 0 && !r->live)
		take_output(r);
	if (!r->live && r->out == NULL)
		r->out = tmpfile();
	if (!r->live && r->out == NULL)
		complain(r);
	else if (!r->begun)
		put_first_line(r);
}

static void flush(struct record *r)
{
	if (!r->lost && r->out != NULL && (fflush(r->out) != 0 || ferror(r->out)))
		complain(r);
}

static struct transcript_said *said_by(struct record *r, char who)
{
	return who == 'S' ? &r->server : &r->client;
}

/* Writes down what one side has said of a line; at_last: there will be no more of it. */
static void write_line(struct record *r, char who, bool at_last)
{
	struct transcript_said *said = said_by(r, who);
	bool ends = said->n > 0 && said->octets[said->n - 1] == '\n';
	char *text = r->line + 2;
	size_t n, seen;

	if (said->n == 0 || r->lost)
		return;
	/* What is to be left out of a line is known once all of it is there. */
	if (r->all->redacts && !at_last && !ends && said->n < sizeof said->octets)
		return;
	r->line[0] = who;
	r->line[1] = ':';
	n = transcript_text(said->octets, said->n, text);
	seen = r->all->redacts ? redact_seen(&r->redact, who, text, ends) : n;
	if (seen < n)
		seen += (size_t)snprintf(text + seen, sizeof r->line - 3 - seen, "%s%s",
			REDACTED, ends ? "" : "\\c");
	put_line(r, 2 + seen);
	said->n = 0;
}

void record_begin(struct record *r, struct records *all)
{
	char name[32];
	int file;

	r->all = all;
	do {
		r->number = atomic_fetch_add(&all->count, 1) + 1;
		if (all->folder < 0)
			return;
		snprintf(name, sizeof name, "%lu.txt", r->number);
		file = openat(
			all->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	} while (file < 0 && errno == EEXIST);
	if (file >= 0)
		r->out = fdopen(file, "w");
	if (r->out == NULL)
		complain(r);
	else
		put_first_line(r);
}

void record_said(struct record *r, char who, const char *octets, size_t n)
{
	struct transcript_said *said = said_by(r, who);
	bool whole;

	find_output(r);
	if (r->lost)
		return;
	write_line(r, who == 'S' ? 'C' : 'S', false);
	for (size_t i = 0; i < n;) {
		i += transcript_take(said, octets + i, n - i, &whole);
		if (whole)
			write_line(r, who, false);
	}
	flush(r);
}

void record_event(struct record *r, char who, const char *event)
{
	find_output(r);
	if (r->lost)
		return;
	write_line(r, who == 'S' ? 'C' : 'S', false);
	write_line(r, who, true);
	put_line(r, (size_t)snprintf(r->line, sizeof r->line, "!%c %s", who, event));
	flush(r);
}

void record_end(struct record *r)
{
	find_output(r);
	write_line(r, 'C', true);
	write_line(r, 'S', true);
	flush(r);
	if (r->live)
		give_output(r);
	else if (r->out != NULL && r->all->folder < 0)
		leave_to_owner(r);
	else if (r->out != NULL && fclose(r->out) != 0 && !r->lost)
		complain(r);
}
