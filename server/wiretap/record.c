/*
 * record: first the way to the file, or to standard output, which is one conversation's at a
 * time; then what is written to it. Begin with record_said.
 *
 *	$ wiretap -l localhost:2526 localhost:2525
 */
#include "wiretap/record.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#define SLACK 64 /* octets for what stands around the text of a line, and for an event */

/* What was said is lost; errno says why. */
static void complain(struct records *all, unsigned long number)
{
	warn("conversation %lu is written down no further", number);
	pthread_mutex_lock(&all->lock);
	all->failed = true;
	pthread_mutex_unlock(&all->lock);
}

static bool write_all(int file, const char *octets, size_t n)
{
	while (n > 0) {
		ssize_t written = write(file, octets, n);

		if (written < 0 && errno != EINTR)
			return false;
		if (written > 0) {
			octets += written;
			n -= (size_t)written;
		}
	}
	return true;
}

/* Copies a temporary file to another file, and closes it. */
static bool pour(FILE *from, int to)
{
	char octets[16384];
	bool whole = lseek(fileno(from), 0, SEEK_SET) == 0;
	ssize_t n = 1;

	while (whole && n != 0) {
		n = read(fileno(from), octets, sizeof octets);
		whole = n < 0 ? errno == EINTR : write_all(to, octets, (size_t)n);
	}
	fclose(from);
	return whole;
}

/*
 * Standard output is for whoever says something while nobody has it. What this one has
 * said before comes first. Returns whether it could be written.
 */
static bool take_output(struct record *r)
{
	FILE *waiting = r->waiting;
	bool taken;

	pthread_mutex_lock(&r->all->lock);
	taken = r->all->taken;
	r->all->taken = true;
	pthread_mutex_unlock(&r->all->lock);
	if (taken)
		return true;
	r->file = STDOUT_FILENO;
	r->waiting = NULL;
	return waiting == NULL || pour(waiting, STDOUT_FILENO);
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
		if (ended != NULL && !pour(ended, STDOUT_FILENO))
			complain(r->all, r->number);
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
		all->ended = r->waiting;
	else
		whole = pour(r->waiting, fileno(all->ended));
	pthread_mutex_unlock(&all->lock);
	if (!whole)
		complain(all, r->number);
	if (!taken)
		give_output(r);
}

/* Writes what is held to where it can be read, or has to wait. */
static void write_held(struct record *r)
{
	bool whole;

	if (r->held == 0 || r->lost)
		return;
	whole = r->file >= 0 || take_output(r);
	if (whole && r->file < 0 && r->waiting == NULL) {
		r->waiting = tmpfile();
		whole = r->waiting != NULL;
	}
	if (whole)
		whole = write_all(
			r->file >= 0 ? r->file : fileno(r->waiting), r->text, r->held);
	r->held = 0;
	if (!whole) {
		complain(r->all, r->number);
		r->lost = true;
	}
}

__attribute__((format(printf, 2, 3))) static void hold(
	struct record *r, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	r->held += (size_t)vsnprintf(
		r->text + r->held, sizeof r->text - r->held, format, arguments);
	va_end(arguments);
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
	char *text;
	size_t n, seen;

	if (said->n == 0 || r->lost)
		return;
	if (r->all->redacts && !at_last && !ends && said->n < sizeof said->octets &&
		redact_waits(&r->redact, who, said->octets, said->n))
		return;
	if (sizeof r->text - r->held < TRANSCRIPT_TEXT + SLACK)
		write_held(r);
	hold(r, "%c:", who);
	text = r->text + r->held;
	n = transcript_text(said->octets, said->n, text);
	seen = r->all->redacts ? redact_seen(&r->redact, who, text, ends) : n;
	r->held += seen;
	if (seen < n)
		hold(r, "%s%s", REDACTED, ends ? "" : "\\c");
	hold(r, "\n");
	said->n = 0;
}

void record_begin(struct record *r, struct records *all)
{
	char name[32];
	bool is_new = false;

	r->all = all;
	r->file = -1;
	while (!is_new) {
		pthread_mutex_lock(&all->lock);
		all->count++;
		r->number = all->count;
		pthread_mutex_unlock(&all->lock);
		snprintf(name, sizeof name, "%lu.txt", r->number);
		if (all->folder >= 0)
			r->file = openat(all->folder, name,
				O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		is_new = all->folder < 0 || r->file >= 0 || errno != EEXIST;
	}
	hold(r, "# conversation %lu\n", r->number);
	if (all->folder >= 0 && r->file < 0) {
		complain(all, r->number);
		r->lost = true;
	}
}

void record_said(struct record *r, char who, const char *octets, size_t n)
{
	struct transcript_said *said = said_by(r, who);
	bool whole;

	if (r->lost)
		return;
	write_line(r, who == 'S' ? 'C' : 'S', false);
	for (size_t i = 0; i < n;) {
		i += transcript_take(said, octets + i, n - i, &whole);
		if (whole)
			write_line(r, who, false);
	}
	write_held(r);
}

void record_event(struct record *r, char who, const char *event)
{
	write_line(r, who == 'S' ? 'C' : 'S', false);
	write_line(r, who, true);
	hold(r, "!%c %s\n", who, event);
	write_held(r);
}

void record_end(struct record *r)
{
	write_line(r, 'C', true);
	write_line(r, 'S', true);
	write_held(r);
	if (r->file == STDOUT_FILENO)
		give_output(r);
	else if (r->waiting != NULL)
		leave_to_owner(r);
	else if (r->file >= 0 && close(r->file) != 0)
		complain(r->all, r->number);
}
